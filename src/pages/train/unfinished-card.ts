import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { learning } from '../../session/learning.ts';
import { msg } from '../../i18n/msg.ts';
import type { UnfinishedTraining } from '../../records/engine.ts';
import { Problem } from '../../platform/problem.ts';
import { notify } from '../../ui/notice.ts';
import '../../ui/progress-bar.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { unfinishedSentence, unfinishedTitle } from './unfinished-sentences.ts';

/**
 * An interrupted training, with buttons to resume or to discard it. The element itself deletes a
 * discarded training.
 *
 * Events: `resume`, to resume it; `discard`, before it is deleted.
 */
@customElement('pp-unfinished-card')
export class UnfinishedCard extends LitElement {
  @property({ attribute: false }) accessor unfinished: UnfinishedTraining | undefined;
  /** Name of the model in use. */
  @property() accessor modelName: string | undefined;
  /** Whether the engine is ready to resume it. */
  @property({ type: Boolean }) accessor ready = false;

  override render() {
    if (!this.unfinished) return nothing;
    const { epoch, epochs, obstacle } = this.unfinished;
    return html`<div class="card" role="status" data-unfinished>
      <h2>${unfinishedTitle(this.unfinished)}</h2>
      <pp-progress-bar
        label=${msg('Epochs that are done')}
        .value=${epoch / epochs}
      ></pp-progress-bar>
      <p id="sentence" class="quiet">${unfinishedSentence(this.unfinished, this.modelName)}</p>
      <div class="buttons">
        <button
          class="primary"
          data-action="resume"
          aria-describedby="sentence"
          ?disabled=${!this.ready || obstacle !== undefined}
          @click=${() => this.dispatchEvent(new Event('resume'))}
        >
          ${msg('Go on')}
        </button>
        <button data-action="discard" ?disabled=${!this.ready} @click=${this.#discard}>
          ${msg('Discard')}
        </button>
      </div>
    </div>`;
  }

  async #discard(): Promise<void> {
    this.dispatchEvent(new Event('discard'));
    try {
      await learning.discardTraining();
    } catch (thrown) {
      notify(this, { text: Problem.from(thrown).message, tone: 'wrong' });
    }
  }

  static override styles = [
    sharedStyles,
    css`
      :host {
        max-width: 720px;
      }
      .card {
        display: grid;
        gap: 12px;
        margin-bottom: 12px;
        border-color: var(--press);
      }
      .buttons {
        display: flex;
        gap: 10px;
      }
      button {
        flex: 1;
        min-height: 52px;
      }
    `,
  ];
}
