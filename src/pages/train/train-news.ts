import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import type { EngineStatus } from '../../records/engine.ts';
import { knowsAllClasses } from '../../models/present-classes.ts';
import type { ModelRecord } from '../../records/model.ts';
import '../../ui/problem-card.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { cancelledSentence, newPhotosSentence, unreadableSentence } from './train-sentences.ts';
import type { TrainingSet } from '../../photos/training-set.ts';
import type { TrainingRun } from '../../session/training-run.ts';

/**
 * The messages above the result: how the last training ended, why the engine does not start, and why
 * to train again.
 *
 * Events: `train`, `start-engine`.
 */
@customElement('pp-train-news')
export class TrainNews extends LitElement {
  // The run is always the same object, so Lit cannot detect its changes.
  @property({ attribute: false, hasChanged: () => true }) accessor run: TrainingRun | undefined;
  @property({ attribute: false }) accessor status: EngineStatus | undefined;
  @property({ attribute: false }) accessor model: ModelRecord | undefined;
  /** Whether the stopped training can be resumed, which another card offers. */
  @property({ type: Boolean }) accessor resumable = false;
  @property({ attribute: false }) accessor set: TrainingSet | undefined;
  /** Number of photos that are in none of the model's splits. */
  @property({ type: Number }) accessor newPhotos = 0;

  override render() {
    if (!this.run || !this.status) return nothing;
    const { state, problem } = this.run;
    const { modelProblem, unreadablePhotos, phase, problem: engineProblem } = this.status;
    return html`
      ${
        state === 'failed' && problem
          ? html`<pp-problem-card
              heading=${msg('The training stopped')}
              .problem=${problem}
              .action=${this.resumable ? '' : msg('Try again')}
              @retry=${() => this.dispatchEvent(new Event('train'))}
            ></pp-problem-card>`
          : nothing
      }
      ${state === 'cancelled' ? this.#hint(cancelledSentence(this.model?.name)) : nothing}
      ${modelProblem ? this.#hint(modelProblem.message, 'wrong') : nothing}
      ${
        unreadablePhotos.length > 0
          ? this.#hint(unreadableSentence(unreadablePhotos.length), 'wrong')
          : nothing
      }
      ${
        phase === 'failed'
          ? html`<pp-problem-card
              heading=${msg('Training is not possible yet')}
              .problem=${engineProblem ?? { message: msg('The learning engine does not start.') }}
              @retry=${() => this.dispatchEvent(new Event('start-engine'))}
            ></pp-problem-card>`
          : nothing
      }
      ${this.#whyTrainAgain()}
    `;
  }

  #whyTrainAgain() {
    const { model, set, newPhotos } = this;
    // Before the first training, a separate card tells what is missing.
    if (!model || !set) return nothing;
    if (newPhotos > 0) return this.#hint(newPhotosSentence(newPhotos));
    if (!knowsAllClasses(model.classes, set.learned)) {
      return this.#hint(msg('Your classes have changed since then. Train again to learn them.'));
    }
    return nothing;
  }

  #hint(text: string, tone: 'plain' | 'wrong' = 'plain') {
    return html`<p class="hint" data-tone=${tone} role="status">${text}</p>`;
  }

  static override styles = [
    sharedStyles,
    css`
      :host {
        max-width: 720px;
      }
      pp-problem-card,
      .hint {
        margin-bottom: 12px;
      }
      .hint {
        padding: 14px 20px;
        border-radius: 20px;
        background: var(--press-soft);
      }
      .hint[data-tone='wrong'] {
        background: var(--card);
        box-shadow: inset 0 0 0 1px var(--wrong);
        color: var(--wrong);
      }
    `,
  ];
}
