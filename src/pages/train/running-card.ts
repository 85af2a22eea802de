import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import { icon } from '../../ui/icons.ts';
import { percent } from '../../ui/phrases.ts';
import '../../ui/progress-bar.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import {
  pausedSentence,
  pausedTitle,
  runningSentence,
  STAGE_WORDS,
  stageSentence,
  timeLeftSentence,
} from './train-sentences.ts';
import type { TrainProgress } from '../../records/training.ts';

/**
 * The progress of a running or paused training, with its buttons.
 *
 * Events: `pause`, `continue`, `cancel`.
 */
@customElement('pp-running-card')
export class RunningCard extends LitElement {
  @property({ attribute: false }) accessor progress: TrainProgress | undefined;
  /** Whether Pause was requested; `progress.paused` reports when the training has paused. */
  @property({ type: Boolean }) accessor pausing = false;
  /** Whether Cancel was requested. */
  @property({ type: Boolean }) accessor cancelling = false;

  override render() {
    const { progress } = this;
    const fraction = progress?.progress ?? 0;
    return html`<div class="card" data-paused=${this.#paused}>
      <div class="line">
        <h2>${this.#title()}</h2>
        <span class="quiet">${percent(fraction)}</span>
      </div>
      <pp-progress-bar label=${msg('Training')} .value=${fraction}></pp-progress-bar>
      <p class="left" data-time-left>${this.#timeLeft()}</p>
      <p class="quiet">${this.#sentence()}</p>
      <div class="buttons">
        ${this.#pauseButton()}
        <button
          data-action="cancel"
          ?disabled=${this.cancelling}
          @click=${() => this.dispatchEvent(new Event('cancel'))}
        >
          ${icon('stop')} ${this.cancelling ? msg('Stopping…') : msg('Cancel')}
        </button>
      </div>
      <p class="visually-hidden" role="status">
        ${this.#paused ? msg('Paused') : progress ? STAGE_WORDS[progress.stage] : ''}
      </p>
    </div>`;
  }

  /** Both are needed: after Continue, `pausing` is false before the worker reports progress. */
  get #paused(): boolean {
    return this.pausing && this.progress?.paused === true;
  }

  #title(): string {
    if (!this.progress) return msg('Getting ready');
    return this.#paused ? pausedTitle(this.progress) : stageSentence(this.progress);
  }

  #timeLeft(): string {
    return this.progress && !this.#paused ? timeLeftSentence(this.progress) : '';
  }

  #sentence(): string {
    if (this.progress && this.#paused) return pausedSentence(this.progress);
    return runningSentence(this.progress?.counts);
  }

  #pauseButton() {
    if (this.#paused) {
      return html`<button
        class="primary"
        data-action="continue"
        ?disabled=${this.cancelling}
        @click=${() => this.dispatchEvent(new Event('continue'))}
      >
        ${icon('play')} ${msg('Continue')}
      </button>`;
    }
    return html`<button
      data-action="pause"
      ?disabled=${this.pausing || this.cancelling}
      @click=${() => this.dispatchEvent(new Event('pause'))}
    >
      ${icon('pause')} ${this.pausing ? msg('Pausing…') : msg('Pause')}
    </button>`;
  }

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
      h2,
      .left {
        font-variant-numeric: tabular-nums;
      }
      .left:empty {
        display: none;
      }
      .buttons {
        display: flex;
        gap: 10px;
      }
      button {
        flex: 1;
        min-height: 52px;
      }
      button.primary {
        font-size: 0.9375rem;
      }
    `,
  ];
}
