import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import { deletePhotos, restorePhotos } from '../../photos/repository.ts';
import { Problem } from '../../platform/problem.ts';
import { icon } from '../../ui/icons.ts';
import { notify } from '../../ui/notice.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { photoCount } from '../../ui/phrases.ts';
import type { RunningBurst, Shots } from './shooting.ts';

/** How long Undo is shown after the last photo; later, photos can be deleted in Photos. */
const SHOWN_MS = 8_000;

const oneDigit = new Intl.NumberFormat(intlTag(), {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/**
 * The line between the square and the shutters: how to take photos; during a burst, their number
 * and rate; afterwards, that they are saved, with Undo.
 */
@customElement('pp-last-shots')
export class LastShots extends LitElement {
  /** The last photos taken. */
  @property({ attribute: false }) accessor shots: Shots | undefined;
  /** The running burst, if there is one. */
  @property({ attribute: false }) accessor running: RunningBurst | undefined;
  /** Whether a tap starts a burst. */
  @property({ type: Boolean }) accessor locked = false;
  @state() private accessor shown: Shots | undefined;
  @state() private accessor undone = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('shots') || !this.shots) return;
    this.shown = this.shots;
    this.undone = false;
    this.#hideLater();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render() {
    return html`<div class="line" role="status" @focusin=${this.#stay} @focusout=${this.#hideLater}>
      ${this.#line()}
    </div>`;
  }

  #line() {
    if (this.running) return this.#running(this.running);
    return this.shown ? this.#saved(this.shown) : html`<p>${this.#hint()}</p>`;
  }

  /** Screen readers announce only the start: the numbers change too often. */
  #running({ record, count, rate }: RunningBurst) {
    const { name } = record;
    return html`<p class="visually-hidden">${msg(str`Burst of ${name}`)}</p>
      <p aria-hidden="true" data-burst=${count}>
        ${photoCount(count)}${rate === undefined ? '' : ` · ${photoRate(rate)}`}
      </p>`;
  }

  #hint(): string {
    if (this.locked) return msg('Tap to start a burst, tap to end it');
    return matchMedia('(hover: hover) and (pointer: fine)').matches
      ? msg('Click or press its number; hold for a burst')
      : msg('Tap for one, hold for a burst');
  }

  #saved(shots: Shots) {
    return html`<p>${this.undone ? removedSentence(shots) : savedSentence(shots)}</p>
      ${
        this.undone
          ? html`<button @click=${() => this.#redo(shots)}>${msg('Bring back')}</button>`
          : html`<button @click=${() => this.#undo(shots)}>${icon('undo')} ${msg('Undo')}</button>`
      }`;
  }

  async #undo({ photoIds }: Shots): Promise<void> {
    await this.#change(() => deletePhotos(photoIds), true);
  }

  async #redo({ photoIds }: Shots): Promise<void> {
    await this.#change(() => restorePhotos(photoIds), false);
  }

  async #change(write: () => Promise<void>, undone: boolean): Promise<void> {
    try {
      await write();
      this.undone = undone;
      this.#hideLater();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      // A photo that is gone cannot be restored by another attempt.
      if (problem.kind === 'gone') this.shown = undefined;
      notify(this, { text: problem.message, tone: 'wrong' });
    }
  }

  readonly #stay = () => {
    clearTimeout(this.#timer);
  };

  readonly #hideLater = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.shown = undefined;
    }, SHOWN_MS);
  };

  static override styles = [
    sharedStyles,
    css`
      .line {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 4px;
        min-height: 48px;
        color: var(--on-dark);
        text-align: center;
      }
      p {
        line-height: 1.25;
        text-shadow: 0 1px 4px rgb(0 0 0 / 0.6);
      }
      button {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 44px;
        padding: 0 14px;
        border: 0;
        border-radius: 999px;
        background: transparent;
        color: #cfc3ff;
        font: 700 0.9375rem/1 var(--font);
        cursor: pointer;
      }
      svg {
        width: 20px;
        height: 20px;
      }
      /* A narrow column beside the picture. */
      @container (orientation: landscape) and (max-height: 500px) {
        button {
          padding: 0 8px;
        }
        svg {
          display: none;
        }
      }
      button:focus-visible {
        outline: 3px solid var(--on-dark);
        outline-offset: -4px;
      }
    `,
  ];
}

/** @param rate photos per second */
function photoRate(rate: number): string {
  const n = oneDigit.format(rate);
  return msg(str`${n} a second`, { desc: 'photos a second' });
}

function savedSentence({ className, photoIds }: Shots): string {
  const photos = photoCount(photoIds.length);
  return plural(photoIds.length, {
    one: msg(str`Photo saved in ${className}`),
    other: msg(str`${photos} saved in ${className}`),
  });
}

function removedSentence({ photoIds }: Shots): string {
  const photos = photoCount(photoIds.length);
  return plural(photoIds.length, { one: msg('Photo removed'), other: msg(str`${photos} removed`) });
}
