import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import type { Evaluation } from '../../records/model.ts';
import { percent, wholeNumber } from '../../ui/phrases.ts';
import { moreStyles } from './more-styles.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import './reliability-diagram.ts';
import { calibrationSentence } from './test-sentences.ts';

/** The calibration of a model: a sentence, a reliability diagram and a table of its bins. */
@customElement('pp-calibration-card')
export class CalibrationCard extends LitElement {
  @property({ attribute: false }) accessor test: Evaluation | undefined;

  override render() {
    const { test } = this;
    if (!test || test.count === 0) return nothing;
    const bins = test.reliability.filter(({ count }) => count > 0);
    return html`<div class="card" data-calibration>
      <h2>${msg('How honest its percentages are')}</h2>
      ${
        bins.length === 0
          ? html`<p class="quiet">
              ${msg('Not kept: an earlier version of the app trained this model. Train again to see it.')}
            </p>`
          : html`<p class="quiet">${calibrationSentence(test)}</p>
              <pp-reliability-diagram .bins=${bins}></pp-reliability-diagram>
              <details>
                <summary>${msg('The figures')}</summary>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">${msg('It said')}</th>
                      <th scope="col">${msg('It was right')}</th>
                      <th scope="col">${msg('Photos')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${bins.map(
                      ({ confidence = 0, accuracy = 0, count }) =>
                        html`<tr>
                          <td>${percent(confidence)}</td>
                          <td>${percent(accuracy)}</td>
                          <td>${wholeNumber(count)}</td>
                        </tr>`,
                    )}
                  </tbody>
                </table>
              </details>`
      }
    </div>`;
  }

  static override styles = [
    sharedStyles,
    moreStyles,
    css`
      p {
        margin: 4px 0 12px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 0.875rem;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 6px 0;
        border-top: 1px solid var(--line);
        text-align: start;
      }
      th {
        color: var(--quiet);
        font-weight: 400;
      }
    `,
  ];
}
