import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Evaluation } from '../../records/model.ts';
import '../../ui/ring.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { resultSentences, splitSentence } from './result-sentences.ts';

/** A model's accuracy on its test photos, with its confidence interval. The slot is for links. */
@customElement('pp-result-card')
export class ResultCard extends LitElement {
  @property({ attribute: false }) accessor test: Evaluation | undefined;
  /** Number of its test photos that an imported data set keeps for testing. */
  @property({ attribute: false }) accessor fromSet: number | undefined;
  /** A further sentence about the training. */
  @property() accessor note: string | undefined;

  override render() {
    const { title, sentence } = resultSentences(this.test);
    const accuracy =
      this.test && this.test.count > 0 ? this.test.correct / this.test.count : undefined;
    return html`<div class="card">
      <pp-ring .fraction=${accuracy}></pp-ring>
      <div>
        <h2>${title}</h2>
        <p class="quiet">${sentence}</p>
        ${
          this.test && this.fromSet
            ? html`<p class="quiet" data-split>${splitSentence(this.test, this.fromSet)}</p>`
            : nothing
        }
        ${this.note ? html`<p class="quiet" data-note>${this.note}</p>` : nothing}
        <slot></slot>
      </div>
    </div>`;
  }

  static override styles = [
    sharedStyles,
    css`
      .card {
        display: flex;
        align-items: center;
        gap: 18px;
      }
      p {
        margin-top: 2px;
      }
      ::slotted(*) {
        margin-top: 12px;
      }
    `,
  ];
}
