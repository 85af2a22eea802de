import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { isInsecure } from '../../platform/withheld.ts';
import type { EngineStatus } from '../../records/engine.ts';
import { ENOUGH_PHOTOS } from '../../photos/class-counts.ts';
import { icon } from '../../ui/icons.ts';
import { percent, sizeSoFar, wholeNumber } from '../../ui/phrases.ts';
import '../../ui/progress-bar.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';

/**
 * Shown in place of the answer when there is none: there is no model yet, the engine is starting or
 * has failed, or the saved model is damaged.
 *
 * Event: `retry`, to start the engine again.
 */
@customElement('pp-engine-sheet')
export class EngineSheet extends LitElement {
  @property({ attribute: false }) accessor status!: EngineStatus;
  /** Whether a trained model is saved, even if the engine has not loaded it yet. */
  @property({ type: Boolean }) accessor hasModel = false;
  /** Whether there are enough photos for a first training. */
  @property({ type: Boolean }) accessor enoughPhotos = false;

  override render() {
    const { phase, problem, modelProblem } = this.status;
    if (phase === 'failed') {
      // The banner above the page says what does not work at an insecure address.
      const said = isInsecure() ? undefined : problem?.message;
      const message = said ?? msg('The learning engine does not start.');
      return html`${icon('warning')}
        <h2>${message}</h2>
        <p class="quiet">${msg('Your photos and models are safe.')}</p>
        ${problem?.detail ? html`<p class="quiet detail">${problem.detail}</p>` : nothing}
        ${
          isInsecure()
            ? nothing
            : html`<button class="primary" @click=${() => this.dispatchEvent(new Event('retry'))}>
                ${msg('Try again')}
              </button>`
        }`;
    }
    if (!this.hasModel) return this.#teach();
    if (modelProblem) {
      return html`${icon('warning')}
        <h2>${modelProblem.message}</h2>
        <a class="button primary" href="#/train">${msg('Train again')}</a>`;
    }
    return this.#waiting();
  }

  #teach() {
    const fewest = wholeNumber(ENOUGH_PHOTOS);
    return this.enoughPhotos
      ? html`<h2>${msg('Teach it first')}</h2>
          <p class="quiet">
            ${msg('You have enough photos. Training takes a moment, on this phone.')}
          </p>
          <a class="button primary" href="#/train">${msg('Train')}</a>`
      : html`<h2>${msg('Teach it first')}</h2>
          <p class="quiet">
            ${msg(str`Take ${fewest} photos of each kind. Then it can learn to tell them apart.`)}
          </p>
          <a class="button primary" href="#/capture">${msg('Take photos')}</a>`;
  }

  #waiting() {
    const { phase, progress, download } = this.status;
    const share = download ? sizeSoFar(download) : percent(progress);
    if (phase === 'downloading') {
      return html`<h2>${msg('Getting the base model')}</h2>
        <pp-progress-bar
          .value=${progress}
          label=${msg('Getting the base model')}
        ></pp-progress-bar>
        <p class="quiet">
          ${msg(str`${share} is here. This happens once; then it works offline.`)}
        </p>`;
    }
    return html`<h2>${msg('Getting ready…')}</h2>
      <div class="skeleton" aria-hidden="true"></div>
      <div class="skeleton short" aria-hidden="true"></div>
      <p class="quiet">
        ${phase === 'preparing' ? msg('Checking that this phone computes correctly.') : msg('A moment.')}
      </p>`;
  }

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 12px;
      }
      h2 {
        font-size: 1.375rem;
        text-wrap: balance;
      }
      svg {
        color: var(--wrong);
      }
      .detail {
        overflow-wrap: anywhere;
      }
      .primary {
        margin-top: 4px;
      }
      .skeleton {
        height: 12px;
        border-radius: 6px;
        background: var(--line);
      }
      .short {
        width: 60%;
      }
      @media (prefers-reduced-motion: no-preference) {
        .skeleton {
          animation: breathe 1.2s ease-in-out infinite alternate;
        }
      }
      @keyframes breathe {
        to {
          opacity: 0.4;
        }
      }
    `,
  ];
}
