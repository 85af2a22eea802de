import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { msg } from '../../../i18n/msg.ts';
import { presentClasses } from '../../../models/present-classes.ts';
import type { ClassRecord } from '../../../records/class.ts';
import { classColour } from '../../../ui/class-colour.ts';
import { percent } from '../../../ui/phrases.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import type { AnswerRow } from './answer-rows.ts';
import './blob-image.ts';

/** Rows that are rendered at first, and that a tap adds. */
const BATCH = 100;

/** One row for each picture: what it shows, its name and the answer. */
@customElement('pp-answer-table')
export class AnswerTable extends LitElement {
  @property({ attribute: false }) accessor rows: readonly AnswerRow[] = [];
  /** The library's classes. */
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  @state() private accessor most = BATCH;

  override render() {
    return html`<ul>
        ${repeat(
          this.rows.slice(0, this.most),
          ({ picture }) => picture,
          (row) => this.#row(row),
        )}
      </ul>
      ${
        this.rows.length > this.most
          ? html`<button data-action="more-rows" @click=${() => (this.most += BATCH)}>
              ${msg('Show more')}
            </button>`
          : nothing
      }`;
  }

  #row({ picture, thumbnail, top, probability, sure }: AnswerRow) {
    const { name, palette } = presentClasses([top], this.classes)[0] ?? top;
    const chance = percent(probability);
    return html`<li data-answer=${sure ? top.id : 'not-sure'}>
      <pp-blob-image .image=${thumbnail}></pp-blob-image>
      <span class="name"><bdi>${picture.name}</bdi></span>
      <span class="answer">
        <strong style=${styleMap({ color: sure ? classColour(palette) : undefined })}>
          ${sure ? name : msg('Not sure')}
        </strong>
        <span class="quiet">${sure ? chance : html`${name} ${chance}`}</span>
      </span>
    </li>`;
  }

  static override styles = [
    sharedStyles,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 56px minmax(0, 1fr) auto;
        align-items: center;
        gap: 12px;
        min-height: 72px;
        border-block-end: 1px solid var(--line);
        content-visibility: auto;
        contain-intrinsic-height: auto 72px;
      }
      .name {
        overflow: hidden;
        font-size: 0.875rem;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .answer {
        display: grid;
        justify-items: end;
        font-variant-numeric: tabular-nums;
      }
      .answer .quiet {
        font-size: 0.875rem;
      }
      button {
        width: 100%;
        margin-block-start: 12px;
      }
    `,
  ];
}
