import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Evaluation, ModelClass } from '../../models/record.ts';
import { classColour } from '../../ui/class-colour.ts';
import { inSentence } from '../../ui/class-words.ts';
import { wholeNumber } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { styleMap } from '../../ui/style-map.ts';

/** From more classes than this on the columns are too narrow for words that lie. */
const MANY = 3;

/** What each kind of test photo was taken for: right answers on the diagonal, mistakes beside it. */
@customElement('pp-confusion-matrix')
export class ConfusionMatrix extends LitElement {
  @property({ attribute: false }) classes: readonly ModelClass[] = [];
  @property({ attribute: false }) test: Evaluation | undefined;

  override render() {
    if (!this.test) return nothing;
    return html`<div class="card">
      <table ?data-many=${this.classes.length > MANY}>
        <caption class="visually-hidden">
          Test photos by what they show and what the model said
        </caption>
        <thead>
          <tr>
            <td></td>
            ${this.classes.map(
              ({ name }) => html`<th scope="col"><span>said ${inSentence(name)}</span></th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${this.classes.map(
            ({ name }, truth) =>
              html`<tr>
                <th scope="row">is ${inSentence(name)}</th>
                ${this.classes.map((_, answer) => this.#cell(truth, answer))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #cell(truth: number, answer: number) {
    const count = this.test?.confusion[truth]?.[answer] ?? 0;
    const palette = this.classes[truth]?.palette ?? 0;
    const right = truth === answer;
    return html`<td
      class=${!right && count > 0 ? 'mistake' : ''}
      style=${styleMap(
        right ? { background: classColour(palette, '-soft'), color: classColour(palette) } : {},
      )}
    >
      ${wholeNumber(count)}
    </td>`;
  }

  static override styles = [
    sharedStyles,
    css`
      table {
        width: 100%;
        border-spacing: 6px;
        table-layout: fixed;
      }
      th {
        overflow: hidden;
        color: var(--quiet);
        font-size: 14px;
        font-weight: 400;
        text-align: left;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      td {
        height: 48px;
        border-radius: 14px;
        background: var(--paper);
        font-size: 18px;
        font-weight: 700;
        text-align: center;
      }
      thead td {
        height: auto;
        background: none;
      }
      tr > :first-child {
        width: 64px;
      }
      /* Eight columns fit a phone: narrow cells, and their names stand upright above them. */
      [data-many] {
        border-spacing: 3px;
      }
      [data-many] td {
        height: 32px;
        padding: 0;
        border-radius: 9px;
        font-size: 13px;
      }
      [data-many] thead th {
        height: 104px;
        padding: 0 0 4px;
        vertical-align: bottom;
      }
      [data-many] thead span {
        display: block;
        max-height: 100px;
        margin: 0 auto;
        overflow: hidden;
        line-height: 1.2;
        text-overflow: ellipsis;
        writing-mode: vertical-rl;
        transform: rotate(180deg);
      }
      [data-many] th {
        font-size: 13px;
      }
      [data-many] tr > :first-child {
        width: 74px;
      }
      .mistake {
        box-shadow: inset 0 0 0 2px var(--wrong);
      }
      .card {
        padding: 14px;
      }
    `,
  ];
}
