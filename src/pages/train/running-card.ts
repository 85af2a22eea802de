import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TrainProgress } from '../../learning/service.ts';
import { icon } from '../../ui/icons.ts';
import { percent } from '../../ui/phrases.ts';
import '../../ui/progress-bar.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { planSentence, stageSentence } from './train-sentences.ts';

/** A running training in words and numbers. Sends `cancel`. */
@customElement('pp-running-card')
export class RunningCard extends LitElement {
  @property({ attribute: false }) progress: TrainProgress | undefined;
  @property({ type: Boolean }) cancelling = false;

  override render() {
    const { progress } = this;
    const share = progress?.progress ?? 0;
    return html`<div class="card">
      <div class="line">
        <h2>${progress ? stageSentence(progress) : 'Getting ready'}</h2>
        <span class="quiet">${percent(share)}</span>
      </div>
      <pp-progress-bar label="Training" .value=${share}></pp-progress-bar>
      <p class="quiet">
        ${progress ? planSentence(progress.counts) : ''} You can look at your photos meanwhile.
      </p>
      <button data-action="cancel" ?disabled=${this.cancelling} @click=${this.#onCancel}>
        ${icon('stop')} ${this.cancelling ? 'Stopping…' : 'Cancel'}
      </button>
      <p class="visually-hidden" role="status">${progress?.stage ?? ''}</p>
    </div>`;
  }

  readonly #onCancel = () => {
    this.dispatchEvent(new Event('cancel'));
  };

  static override styles = [
    sharedStyles,
    css`
      .card {
        display: grid;
        gap: 12px;
      }
      .line {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: 12px;
      }
      .line,
      h2 {
        font-variant-numeric: tabular-nums;
      }
      button {
        min-height: 52px;
      }
    `,
  ];
}
