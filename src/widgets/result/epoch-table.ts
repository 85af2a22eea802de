import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { intlTag } from '../../i18n/language.ts';
import { msg } from '../../i18n/msg.ts';
import type { EpochMetrics } from '../../records/model.ts';
import { icon } from '../../ui/icons.ts';
import { percent, wholeNumber } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

const lossFormat = new Intl.NumberFormat(intlTag(), {
  minimumFractionDigits: 3,
  maximumFractionDigits: 3,
});

/** The metrics of each epoch as a table, which screen readers can read too. */
@customElement('pp-epoch-table')
export class EpochTable extends LitElement {
  @property({ attribute: false }) accessor history: readonly EpochMetrics[] = [];
  /** The last epoch of training the head, if fine-tuning follows. */
  @property({ type: Number }) accessor fineTuneFrom: number | undefined;
  // The table is rendered only while it is open, to save work after each epoch.
  @state() private accessor open = false;

  override render() {
    return html`<details
      @toggle=${(event: Event) => (this.open = (event.target as HTMLDetailsElement).open)}
    >
      <summary>${msg('As figures')} ${icon('back')}</summary>
      ${this.open ? this.#table() : ''}
    </details>`;
  }

  #table() {
    return html`<div
      class="scroll"
      role="region"
      aria-label=${msg('Figures of each epoch')}
      tabindex="0"
    >
      <table>
        <thead>
          <tr>
            <td></td>
            <th scope="colgroup" colspan="2">${msg('Accuracy')}</th>
            <th scope="colgroup" colspan="2">${msg('Loss')}</th>
          </tr>
          <tr>
            <th scope="col">${msg('Epoch')}</th>
            <th scope="col">
              ${msg('Training', { id: 'training-figures', desc: 'column: figures on the photos that it trains with' })}
            </th>
            <th scope="col">${msg('Validation')}</th>
            <th scope="col">
              ${msg('Training', { id: 'training-figures', desc: 'column: figures on the photos that it trains with' })}
            </th>
            <th scope="col">${msg('Validation')}</th>
          </tr>
        </thead>
        <tbody>
          ${this.history.map(
            ({ epoch, accuracy, loss, validationAccuracy, validationLoss }) =>
              html`<tr class=${epoch - 1 === this.fineTuneFrom ? 'first-tuned' : ''}>
                <th scope="row">
                  ${wholeNumber(epoch)}${
                    this.fineTuneFrom !== undefined && epoch > this.fineTuneFrom
                      ? html`<span class="visually-hidden"> ${msg('fine-tuning')}</span>`
                      : ''
                  }
                </th>
                <td>${percent(accuracy)}</td>
                <td>${validationAccuracy === undefined ? '–' : percent(validationAccuracy)}</td>
                <td>${lossFormat.format(loss)}</td>
                <td>${validationLoss === undefined ? '–' : lossFormat.format(validationLoss)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  static override styles = [
    sharedStyles,
    css`
      summary {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        min-height: var(--target);
        list-style: none;
        font-weight: 600;
        font-size: 0.875rem;
        cursor: pointer;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary svg {
        width: 18px;
        height: 18px;
        color: var(--quiet);
        transform: rotate(-90deg);
      }
      [open] summary svg {
        transform: rotate(90deg);
      }
      .scroll {
        max-height: 300px;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: 12px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 0.75rem;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        /* Five columns on a phone leave no space for more padding. */
        padding: 6px 4px;
        text-align: end;
      }
      thead {
        position: sticky;
        inset-block-start: 0;
        background: var(--card);
      }
      thead th {
        color: var(--quiet);
      }
      tbody tr {
        border-top: 1px solid var(--line);
      }
      .first-tuned {
        border-top: 2px dashed var(--quiet);
      }
    `,
  ];
}
