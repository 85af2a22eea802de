import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import type { Evaluation, ModelClass } from '../../records/model.ts';
import { classColour } from '../../ui/class-colour.ts';
import { photoCount, wholeNumber } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { styleMap } from '../../ui/style-map.ts';

/** With more classes than this, the column headers are rotated, because the columns are narrow. */
const MANY = 3;

/**
 * A confusion matrix of the test photos: rows are true classes, columns are predicted classes. A
 * cell is a link to its photos.
 */
@customElement('pp-confusion-matrix')
export class ConfusionMatrix extends LitElement {
  @property({ attribute: false }) accessor classes: readonly ModelClass[] = [];
  @property({ attribute: false }) accessor test: Evaluation | undefined;
  /** Gives the address of a cell's photos. */
  @property({ attribute: false }) accessor hrefOfCell: (truth: number, answer: number) => string =
    () => '';
  /** The cell whose photos are shown. */
  @property({ attribute: false }) accessor open:
    | readonly [truth: number, answer: number]
    | undefined;

  /** Moves the focus to a cell, for example when its photos are closed. */
  focusCell(truth: number, answer: number): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-cell="${truth}-${answer}"]`)?.focus();
  }

  override render() {
    if (!this.test) return nothing;
    return html`<table ?data-many=${this.classes.length > MANY}>
      <caption class="visually-hidden">
        ${msg('Test photos by what they show and what the model said')}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${this.classes.map(
            ({ name }) => html`<th scope="col"><span>${saidWords(name)}</span></th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${this.classes.map(
          ({ name }, truth) =>
            html`<tr>
              <th scope="row">${isWords(name)}</th>
              ${this.classes.map((said, answer) => this.#cell(truth, answer, name, said.name))}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #cell(truth: number, answer: number, is: string, said: string) {
    const count = this.test?.confusion[truth]?.[answer] ?? 0;
    const palette = this.classes[truth]?.palette ?? 0;
    const right = truth === answer;
    return html`<td
      class=${!right && count > 0 ? 'mistake' : ''}
      style=${styleMap(
        right ? { background: classColour(palette, '-soft'), color: classColour(palette) } : {},
      )}
    >
      ${
        count === 0
          ? wholeNumber(count)
          : html`<a
              data-cell="${truth}-${answer}"
              href=${this.hrefOfCell(truth, answer)}
              aria-current=${this.open?.[0] === truth && this.open[1] === answer}
              aria-label=${cellWords(count, is, said)}
              >${wholeNumber(count)}</a
            >`
      }
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
        font-size: 0.875rem;
        font-weight: 400;
        text-align: start;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      td {
        height: 48px;
        padding: 0;
        border-radius: 14px;
        background: var(--paper);
        font-size: 1.125rem;
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
      tbody th {
        /* Longer in some languages than its place. */
        text-wrap: balance;
        white-space: normal;
      }
      /* Eight columns fit a phone: narrow cells, and their names stand upright above them. */
      [data-many] {
        border-spacing: 3px;
      }
      [data-many] td {
        height: 44px;
        border-radius: 9px;
        font-size: 0.8125rem;
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
        font-size: 0.8125rem;
      }
      [data-many] tr > :first-child {
        width: 74px;
      }
      .mistake {
        box-shadow: inset 0 0 0 2px var(--wrong);
      }
      a {
        display: grid;
        place-items: center;
        height: 48px;
        border-radius: inherit;
        color: inherit;
        text-decoration-color: color-mix(in srgb, currentcolor 35%, transparent);
        text-underline-offset: 4px;
      }
      a[aria-current='true'] {
        box-shadow: inset 0 0 0 3px var(--press);
      }
      [data-many] a {
        height: 44px;
      }
    `,
  ];
}

function isWords(name: string): string {
  return msg(str`is ${name}`, { desc: 'row of a table: photos of this class' });
}

function saidWords(name: string): string {
  return msg(str`said ${name}`, {
    desc: 'column of a table: the model took photos for this class',
  });
}

function cellWords(count: number, truth: string, answer: string): string {
  const photos = photoCount(count);
  return msg(str`Show ${photos}: is ${truth}, said ${answer}`, {
    desc: 'the class that photos are of, and the one that the model took them for',
  });
}
