import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { msg } from '../i18n/msg.ts';
import { icon } from './icons.ts';
import type { Notice, NoticeAction } from './notice.ts';

/** Long enough to read a sentence and reach for Undo. */
const SHOWN_MS = 6_000;

/**
 * Shows one notice at a time for six seconds, and longer while the pointer or the keyboard focus is
 * on it. A new notice replaces the current one, except that a notice without an action waits for
 * one with an action, such as Undo.
 */
@customElement('pp-notice-bar')
export class NoticeBar extends LitElement {
  @state() private accessor notice: Notice | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  #next: Notice | undefined;

  show(notice: Notice): void {
    if (this.notice?.action && !notice.action && notice.tone !== 'wrong') {
      this.#next = notice;
      return;
    }
    this.notice = notice;
    this.#hideLater();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render() {
    // The live region exists before its text: screen readers announce only changes of its content.
    return html`<div
      role="status"
      aria-live=${this.notice?.tone === 'wrong' ? 'assertive' : 'polite'}
      @pointerenter=${this.#stay}
      @pointerleave=${this.#hideLater}
      @focusin=${this.#stay}
      @focusout=${this.#hideLater}
    >
      ${this.notice ? this.#card(this.notice) : nothing}
    </div>`;
  }

  #card(notice: Notice) {
    return html`<div class="notice" data-tone=${notice.tone ?? 'plain'}>
      ${notice.tone === 'wrong' ? icon('warning') : nothing}
      <p>${notice.text}</p>
      ${[notice.otherAction, notice.action].map((action) =>
        action
          ? html`<button class="action" @click=${() => this.#act(action)}>${action.label}</button>`
          : nothing,
      )}
      <button class="close" aria-label=${msg('Close')} @click=${this.#hide}>
        ${icon('close')}
      </button>
    </div>`;
  }

  #act(action: NoticeAction): void {
    this.#hide();
    action.run();
  }

  readonly #hide = () => {
    clearTimeout(this.#timer);
    this.notice = this.#next;
    this.#next = undefined;
    if (this.notice) this.#hideLater();
  };

  readonly #stay = () => {
    clearTimeout(this.#timer);
  };

  readonly #hideLater = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#hide, SHOWN_MS);
  };

  static override styles = css`
    :host {
      display: block;
      pointer-events: none;
    }
    .notice {
      display: flex;
      flex-wrap: wrap;
      justify-content: end;
      align-items: center;
      gap: 4px;
      width: fit-content;
      max-width: 520px;
      min-height: 52px;
      margin: 0 auto;
      padding: 4px 4px 4px 20px;
      box-sizing: border-box;
      border-radius: 26px;
      background: var(--ink);
      color: var(--paper);
      box-shadow: 0 8px 28px rgb(0 0 0 / 0.28);
      pointer-events: auto;
    }
    .notice > svg {
      flex: none;
      margin-inline-end: 8px;
      color: light-dark(#ff8a80, #c62828);
    }
    p {
      flex: 1 1 min(6rem, 60%);
      margin: 6px 8px 6px 0;
    }
    button {
      flex: none;
      min-width: 44px;
      min-height: 44px;
      padding: 0 12px;
      border: 0;
      border-radius: 999px;
      background: transparent;
      color: inherit;
      font: 700 0.9375rem/1 var(--font);
      cursor: pointer;
    }
    .action {
      color: light-dark(#b5a3ff, #5b3fd6);
    }
    .close {
      display: grid;
      place-items: center;
      padding: 0;
      opacity: 0.75;
    }
    .close svg {
      width: 18px;
      height: 18px;
    }
    button:focus-visible {
      outline: 3px solid currentColor;
      outline-offset: -4px;
    }
    @media (prefers-reduced-motion: no-preference) {
      .notice {
        animation: rise 0.16s ease-out;
      }
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(12px);
      }
    }
  `;
}
