import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import { classColour } from '../../../ui/class-colour.ts';
import { icon } from '../../../ui/icons.ts';
import { wholeNumber } from '../../../ui/phrases.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import { markedUp } from '../../../ui/marked-up.ts';
import type { ClassRecord } from '../../../records/class.ts';

/**
 * The actions for the selected photos.
 *
 * Events: `select-all`, `select-none`, `export`, `delete`, `end`; `move` with the ClassRecord in `detail`.
 */
@customElement('pp-selection-bar')
export class SelectionBar extends LitElement {
  /** Number of selected photos. */
  @property({ type: Number }) accessor count = 0;
  /** Number of photos that are shown and can be selected. */
  @property({ type: Number }) accessor total = 0;
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];

  override render() {
    const all = this.count === this.total;
    return html`<div class="bar" role="group" aria-label=${msg('Selected photos')} data-selection>
      <div class="row">
        <button
          class="round"
          aria-label=${msg('End the selection')}
          @click=${() => this.#send('end')}
        >
          ${icon('close')}
        </button>
        <p role="status">
          ${markedUp(
            (number) => selectedSentence(this.count, number),
            html`<strong>${wholeNumber(this.count)}</strong>`,
          )}
        </p>
        <button
          class="flat"
          data-action="select-all"
          @click=${() => this.#send(all ? 'select-none' : 'select-all')}
        >
          ${all ? msg('Select none') : msg('Select all')}
        </button>
        <button
          class="round"
          aria-label=${msg('Export the selected photos')}
          data-action="export-selected"
          ?disabled=${this.count === 0}
          @click=${() => this.#send('export')}
        >
          ${icon('share')}
        </button>
        <button
          class="round"
          aria-label=${msg('Delete the selected photos')}
          data-action="delete-selected"
          ?disabled=${this.count === 0}
          @click=${() => this.#send('delete')}
        >
          ${icon('delete')}
        </button>
      </div>
      <div class="row labels" role="group" aria-label=${msg('Move to')}>
        <span class="quiet" aria-hidden="true">${msg('Move to')}</span>
        ${this.classes.map(
          (label) =>
            html`<button
              data-move=${label.id}
              ?disabled=${this.count === 0}
              style=${styleMap({
                background: classColour(label.palette, '-soft'),
                color: classColour(label.palette),
              })}
              @click=${() => this.dispatchEvent(new CustomEvent('move', { detail: label }))}
            >
              ${label.name}
            </button>`,
        )}
      </div>
    </div>`;
  }

  #send(type: string): void {
    this.dispatchEvent(new Event(type));
  }

  static override styles = [
    sharedStyles,
    css`
      .bar {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 4px;
        padding: 6px 6px 10px;
        border: 1px solid var(--line);
        border-radius: var(--radius-wide);
        background: var(--card);
        box-shadow: 0 8px 28px rgb(0 0 0 / 0.28);
      }
      .row {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      .row p {
        flex: 1;
        padding-inline-start: 4px;
        font-variant-numeric: tabular-nums;
      }
      .round,
      .flat {
        border-color: transparent;
        background: transparent;
      }
      .flat {
        padding-inline: 12px;
        color: var(--press);
      }
      .labels {
        gap: 8px;
        padding: 0 8px;
        overflow-x: auto;
        scrollbar-width: none;
      }
      .labels .quiet {
        flex: none;
      }
      .labels button {
        flex: 1 0 auto;
        border-color: transparent;
      }
      @media (prefers-reduced-motion: no-preference) {
        .bar {
          animation: rise 0.16s ease-out;
        }
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(12px);
        }
      }
    `,
  ];
}

function selectedSentence(count: number, number: string): string {
  return plural(count, {
    one: msg(str`${number} selected`, { id: 'selected-one', desc: '1 photo' }),
    other: msg(str`${number} selected`, { desc: 'photos' }),
  });
}
