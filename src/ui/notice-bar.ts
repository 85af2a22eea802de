import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { msg } from '../i18n/msg.ts';
import { icon } from './icons.ts';
import { ListenController } from './listen-controller.ts';
import { notify, type Notice, type NoticeAction } from './notice.ts';
import { NoticeQueue } from './notice-queue.ts';

/** Long enough to read a sentence and reach for Undo. */
const SHOWN_MS = 6_000;

/**
 * Shows one notice at a time for six seconds; `NoticeQueue` has their order. The time does not pass
 * while the pointer or the keyboard focus is on the notice, while the page is hidden, and while
 * something covers the notice, such as a modal dialog. When the bar is removed, its notices move to
 * the page.
 */
@customElement('pp-notice-bar')
export class NoticeBar extends LitElement {
  readonly #queue = new NoticeQueue();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasPointer = false;

  constructor() {
    super();
    new ListenController(this, document, 'visibilitychange', () => this.#restart());
  }

  show(notice: Notice): void {
    this.#queue.add(notice);
    this.#restart();
    this.requestUpdate();
  }

  /** Moves all notices that were not seen to their end to the page around `from`. */
  handOver(from: EventTarget): void {
    clearTimeout(this.#timer);
    for (const notice of this.#queue.takeAll()) notify(from, notice);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hasPointer = false;
    this.handOver(this);
  }

  override render() {
    const notice = this.#queue.current;
    // The live region exists before its text: screen readers announce only changes of its content.
    return html`<div
      role="status"
      aria-live=${notice?.tone === 'wrong' ? 'assertive' : 'polite'}
      @pointerenter=${() => this.#onPointer(true)}
      @pointerleave=${() => this.#onPointer(false)}
      @focusin=${this.#restart}
      @focusout=${this.#restart}
    >
      ${notice ? this.#card(notice) : nothing}
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
    this.#queue.next();
    this.#restart();
    this.requestUpdate();
  };

  #onPointer(isOn: boolean): void {
    this.#hasPointer = isOn;
    this.#restart();
  }

  /** Starts the six seconds of the current notice again, unless its time does not pass now. */
  readonly #restart = () => {
    clearTimeout(this.#timer);
    const hasFocus = this.shadowRoot?.activeElement != null;
    if (!this.#queue.current || this.#hasPointer || hasFocus || document.hidden) return;
    this.#timer = setTimeout(() => (this.#isCovered() ? this.#restart() : this.#hide()), SHOWN_MS);
  };

  #isCovered(): boolean {
    const card = this.renderRoot.querySelector('.notice');
    if (!card) return false;
    const { left, top, width, height } = card.getBoundingClientRect();
    const hit = this.shadowRoot?.elementFromPoint(left + width / 2, top + height / 2);
    return !card.contains(hit ?? null);
  }

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
      padding-block: 4px;
      padding-inline: 20px 4px;
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
      color: var(--wrong-on-ink);
    }
    p {
      flex: 1 1 min(6rem, 60%);
      margin-block: 6px;
      margin-inline: 0 8px;
    }
    /* Beside two actions, a phone has no room for the text. */
    @supports selector(:has(*)) {
      .notice:has(.action ~ .action) p {
        flex-basis: 100%;
      }
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
      color: var(--press-on-ink);
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
