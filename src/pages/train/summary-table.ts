import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import { wholeNumber } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import type { ModelSummaries } from '../../records/summary.ts';

type Summary = ModelSummaries['base'];

/** Layers, shapes and parameters of a model, as Keras's `summary()` prints them. */
@customElement('pp-summary-table')
export class SummaryTable extends LitElement {
  @property({ attribute: false }) accessor summary!: Summary;
  @property() accessor heading = '';

  override render() {
    const { rows } = this.summary;
    return html`<h3 id="heading">${this.heading}</h3>
      <div class="scroll" role="region" aria-labelledby="heading" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">${msg('Layer (type)')}</th>
              <th scope="col">${msg('Output shape')}</th>
              <th scope="col" class="number">
                ${msg('Param #', { desc: 'number of parameters, in a narrow column' })}
              </th>
              <th scope="col">${msg('Connected to')}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ layer, outputShape, parameters, connectedTo }) =>
                html`<tr>
                  <td translate="no" dir="ltr">${layer}</td>
                  <td translate="no" dir="ltr">${outputShape}</td>
                  <td class="number">${wholeNumber(parameters)}</td>
                  <td translate="no" dir="ltr">${connectedTo.join(', ')}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="quiet">${layersSentence(rows.length)} ${parametersSentence(this.summary)}</p>`;
  }

  static override styles = [
    sharedStyles,
    css`
      h3 {
        margin: 0 0 8px;
        font-size: 0.9375rem;
      }
      .scroll {
        max-height: 320px;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: 12px;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        font-size: 0.8125rem;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 6px 8px;
        border-bottom: 1px solid var(--line);
        text-align: start;
        white-space: nowrap;
      }
      /* On a phone, the shapes and the counts remain visible. */
      td:first-child {
        min-width: 116px;
        overflow-wrap: anywhere;
        white-space: normal;
      }
      thead th {
        position: sticky;
        top: 0;
        background: var(--card);
        color: var(--quiet);
      }
      .number {
        text-align: end;
      }
      p {
        margin-top: 8px;
      }
    `,
  ];
}

function layersSentence(count: number): string {
  const n = wholeNumber(count);
  return plural(count, { one: msg(str`${n} layer.`), other: msg(str`${n} layers.`) });
}

function parametersSentence(summary: Summary): string {
  const total = wholeNumber(summary.total);
  const trainable = wholeNumber(summary.trainable);
  const frozen = wholeNumber(summary.nonTrainable);
  return msg(str`Parameters: ${total} in all, ${trainable} trainable, ${frozen} not.`);
}
