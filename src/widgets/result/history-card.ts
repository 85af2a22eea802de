import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { intlTag } from '../../i18n/language.ts';
import { msg } from '../../i18n/msg.ts';
import type { EpochMetrics } from '../../records/model.ts';
import { accuracyRange, lossRange } from '../../ui/chart-scale.ts';
import './epoch-table.ts';
import '../../ui/line-chart.ts';
import { percent } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { curveDescription } from './result-sentences.ts';

const lossFormat = new Intl.NumberFormat(intlTag(), { maximumSignificantDigits: 2 });

/** Charts of accuracy and loss over the epochs: one at a time, or both while a training runs. */
@customElement('pp-history-card')
export class HistoryCard extends LitElement {
  @property({ attribute: false }) accessor history: readonly EpochMetrics[] = [];
  /** Number of planned epochs, while the training runs. */
  @property({ type: Number }) accessor epochs = 0;
  /** The last epoch of training the head, if fine-tuning follows. */
  @property({ type: Number }) accessor fineTuneFrom: number | undefined;
  /** Whether to show both charts. */
  @property({ type: Boolean }) accessor both = false;
  @state() private accessor metric: 'accuracy' | 'loss' = 'accuracy';

  override render() {
    return html`<div class="card">
      ${
        this.both
          ? html`<h2>${msg('Accuracy')}</h2>
              ${this.#accuracy()}
              <h2>${msg('Loss')}</h2>
              ${this.#loss()}`
          : html`<h2 class="visually-hidden">${msg('How it learned')}</h2>
              <div class="switch" role="group" aria-label=${msg('Curve')}>
                ${this.#choice('accuracy', msg('Accuracy'))} ${this.#choice('loss', msg('Loss'))}
              </div>
              ${this.metric === 'accuracy' ? this.#accuracy() : this.#loss()}`
      }
      <pp-epoch-table .history=${this.history} .fineTuneFrom=${this.fineTuneFrom}></pp-epoch-table>
    </div>`;
  }

  #choice(metric: 'accuracy' | 'loss', name: string) {
    return html`<button
      aria-pressed=${this.metric === metric}
      @click=${() => (this.metric = metric)}
    >
      ${name}
    </button>`;
  }

  #accuracy() {
    const training = this.history.map(({ accuracy }) => accuracy);
    const validation = this.history.map(({ validationAccuracy }) => validationAccuracy);
    return this.#chart(training, validation, accuracyRange([...training, ...validation]), percent);
  }

  #loss() {
    const training = this.history.map(({ loss }) => loss);
    const validation = this.history.map(({ validationLoss }) => validationLoss);
    return this.#chart(training, validation, lossRange([...training, ...validation]), (value) =>
      lossFormat.format(value),
    );
  }

  #chart(
    training: readonly number[],
    validation: readonly (number | undefined)[],
    range: { low: number; high: number },
    format: (value: number) => string,
  ) {
    const hasValidation = validation.some((value) => value !== undefined);
    return html`<pp-line-chart
      .series=${[
        {
          label: msg('training', {
            id: 'training-curve',
            desc: 'curve: on the photos that it trains with',
          }),
          colour: 'var(--quiet)',
          values: training,
          dashed: true,
        },
        ...(hasValidation
          ? [{ label: msg('validation'), colour: 'var(--press)', values: validation }]
          : []),
      ]}
      .range=${range}
      .steps=${this.epochs}
      .mark=${this.fineTuneFrom ? { step: this.fineTuneFrom, label: msg('fine-tuning') } : undefined}
      .format=${format}
      .description=${curveDescription(this.history, this.fineTuneFrom)}
    ></pp-line-chart>`;
  }

  static override styles = [
    sharedStyles,
    css`
      .switch {
        display: flex;
        margin-block-start: -12px;
        margin-inline-start: -12px;
      }
      .switch button {
        padding: 0 12px;
        border: 0;
        background: none;
        color: var(--quiet);
        font-size: 1.125rem;
      }
      .switch [aria-pressed='true'] {
        color: var(--ink);
      }
      .switch [aria-pressed='false'] {
        font-size: 0.9375rem;
        text-decoration: underline;
        text-decoration-color: var(--line);
        text-underline-offset: 5px;
      }
      pp-epoch-table {
        margin-top: 8px;
      }
      pp-line-chart + h2 {
        margin-top: 20px;
      }
    `,
  ];
}
