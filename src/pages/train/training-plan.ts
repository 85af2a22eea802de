import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { EngineStatus } from '../../records/engine.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import './engine-progress.ts';
import { planSentence, plannedStages, timeSentence } from './train-sentences.ts';
import type { TrainingSet } from '../../photos/training-set.ts';
import { trainingWarnings } from './training-warnings.ts';
import type { TrainingEstimate, TrainOptions } from '../../records/training.ts';

/** What the next training does, its estimated time, and warnings about the training set. */
@customElement('pp-training-plan')
export class TrainingPlan extends LitElement {
  @property({ attribute: false }) accessor set: TrainingSet | undefined;
  /** Undefined until the engine has computed it; `none` if it cannot. */
  @property({ attribute: false }) accessor estimate: TrainingEstimate | 'none' | undefined;
  @property({ attribute: false }) accessor options: TrainOptions | undefined;
  /** The engine, whose start is shown where the estimate will stand. */
  @property({ attribute: false }) accessor status: EngineStatus | undefined;

  override render() {
    if (!this.set || !this.options) return nothing;
    return html`
      <p>${planSentence(this.set.counts)}</p>
      ${this.#stages()}
      ${trainingWarnings(this.set, this.options).map(
        (warning) => html`<p class="warning" data-warning>${warning}</p>`,
      )}
    `;
  }

  /** Until it is known, its place is kept: a button below that moves would miss the finger. */
  #stages() {
    const { estimate } = this;
    if (estimate === 'none' || this.status?.phase === 'failed') return nothing;
    if (!estimate) {
      return html`<div class="awaited">
        <pp-engine-progress .status=${this.status}></pp-engine-progress>
      </div>`;
    }
    return html`<ol>
        ${plannedStages(estimate).map(
          ({ what, time }) => html`<li><span>${what}</span> <span>${time}</span></li>`,
        )}
      </ol>
      <p class="time" data-seconds=${estimate.seconds}>${timeSentence(estimate)}</p>`;
  }

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        gap: 10px;
      }
      ol {
        display: grid;
        border-top: 1px solid var(--line);
        font-size: 0.875rem;
        font-variant-numeric: tabular-nums;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 2px 16px;
        padding: 8px 0;
        border-bottom: 1px solid var(--line);
      }
      li span:last-child {
        color: var(--quiet);
      }
      /* One stage and, as on a phone, two lines of time. */
      .awaited {
        min-height: calc(3.75rem + 27px);
      }
      .time {
        color: var(--quiet);
        font-size: 0.875rem;
      }
      .warning {
        padding: 12px 16px;
        border-radius: 16px;
        background: var(--press-soft);
        font-size: 0.875rem;
      }
    `,
  ];
}
