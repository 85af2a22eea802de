import { css, html, LitElement, nothing, unsafeCSS, type CSSResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { classColour } from '../../ui/class-colour.ts';
import '../../widgets/library/photo-thumbnail.ts';
import { photoCount } from '../../ui/phrases.ts';
import { styleMap } from '../../ui/style-map.ts';
import { PressOrHold } from './press-or-hold.ts';
import type { ClassRecord } from '../../records/class.ts';

/** Where there is little room: the name has the whole width, and the newest photo is in the ring. */
const compactStyles = (host: CSSResult) => css`
  ${host} button {
    grid-template: 'name name' 1fr 'count thumbnail' auto / minmax(0, 1fr) auto;
    padding-block: 12px;
    padding-inline: 16px 12px;
  }
  ${host} .name {
    padding-block: 0 2px;
    font-size: 1.25rem;
  }
  ${host} .count {
    white-space: normal;
  }
  ${host} .ring {
    grid-area: thumbnail;
    width: 48px;
    height: 48px;
  }
  ${host} .thumbnail {
    place-self: center;
    width: 36px;
    height: 36px;
    border: 0;
    border-radius: 50%;
  }
`;

/**
 * The shutter of one class: a tap takes one photo, a hold takes a burst. It works with a finger,
 * the mouse, and with Space or Enter while it has the focus.
 *
 * Events: `shoot`, `burst-start`, `burst-end`.
 */
@customElement('pp-shutter')
export class Shutter extends LitElement {
  @property({ attribute: false }) accessor record!: ClassRecord;
  /** Number of photos of the class. */
  @property({ type: Number }) accessor count = 0;
  /** Id of the newest photo of the class. */
  @property() accessor lastPhotoId: string | undefined;
  @property({ type: Boolean }) accessor disabled = false;
  /** Whether to use the layout for more than two shutters in a row. */
  @property({ type: Boolean, reflect: true }) accessor compact = false;
  /** The number key that presses it; 0 for none. */
  @property({ type: Number }) accessor key = 0;
  /** Whether a burst of this class is running. */
  @property({ type: Boolean, reflect: true }) accessor bursting = false;
  @query('.thumbnail') private accessor thumbnail!: HTMLElement;
  /** Whether a hold has begun: the click at its end takes no photo. */
  #isHeld = false;
  readonly #press = new PressOrHold(
    () => {
      this.#isHeld = true;
      this.dispatchEvent(new Event('burst-start'));
    },
    () => this.dispatchEvent(new Event('burst-end')),
  );

  /** The thumbnail of the newest photo, in CSS pixels from the top left corner of the viewport. */
  get thumbnailRect(): DOMRect {
    return this.thumbnail.getBoundingClientRect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('blur', this.#release);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('blur', this.#release);
    this.#release();
  }

  override render() {
    const { record, count } = this;
    const { name } = record;
    const photos = photoCount(count);
    return html`<button
      data-class=${record.id}
      aria-label=${
        this.bursting
          ? msg(str`Stop the burst: ${name}, ${photos}`, { desc: 'class, "12 photos"' })
          : msg(str`Take photo: ${name}, ${photos}`, { desc: 'class, "12 photos"' })
      }
      aria-keyshortcuts=${this.key || nothing}
      ?disabled=${this.disabled}
      style=${styleMap({ '--fill': classColour(record.palette, '-fill') })}
      @click=${this.#click}
      @pointerdown=${this.#pointerdown}
      @pointerup=${this.#release}
      @pointercancel=${this.#release}
      @pointerleave=${this.#release}
      @keydown=${this.#keydown}
      @keyup=${this.#keyup}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      <span class="name">${name}</span>
      <span class="ring"></span>
      <span class="count">${photos}</span>
      <span class="thumbnail" ?data-empty=${!this.lastPhotoId}>
        ${
          this.lastPhotoId
            ? html`<pp-photo-thumbnail .photoId=${this.lastPhotoId}></pp-photo-thumbnail>`
            : nothing
        }
      </span>
    </button>`;
  }

  #click({ detail }: MouseEvent): void {
    // Not every hold ends with a click: the finger may leave the button first. A click by key or by
    // assistive technology never ends one; its `detail`, the number of clicks, is 0.
    const endsHold = this.#isHeld && detail > 0;
    this.#isHeld = false;
    if (!endsHold) this.dispatchEvent(new Event('shoot'));
  }

  #pointerdown(event: PointerEvent): void {
    if (event.button === 0 && event.isPrimary) this.#down();
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    // While Enter is held, each key repeat would cause a click.
    if (event.repeat) event.preventDefault();
    else this.#down();
  }

  #keyup(event: KeyboardEvent): void {
    // Otherwise Space clicks now.
    if (this.#isHeld) event.preventDefault();
    this.#isHeld = false;
    this.#release();
  }

  #down(): void {
    this.#isHeld = false;
    this.#press.down();
  }

  readonly #release = () => {
    this.#press.up();
  };

  static override styles = css`
    :host {
      display: grid;
      min-height: 128px;
    }
    button {
      display: grid;
      grid-template: 'name ring' 1fr 'count thumbnail' auto / minmax(0, 1fr) auto;
      gap: 8px;
      box-sizing: border-box;
      min-width: 0;
      padding-block: 14px 12px;
      padding-inline: 18px 14px;
      border: 0;
      border-radius: var(--radius-wide);
      background: var(--fill);
      color: var(--on-dark);
      font: 600 0.9375rem/1.2 var(--font);
      text-align: start;
      cursor: pointer;
      touch-action: manipulation;
      user-select: none;
      -webkit-user-select: none;
      -webkit-touch-callout: none;
    }
    .name {
      grid-area: name;
      display: -webkit-box;
      align-self: start;
      /* The tails of letters reach below the line. */
      padding-block: 4px 2px;
      overflow: hidden;
      overflow-wrap: anywhere;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      font-size: min(1.5rem, 8vw);
      font-weight: 700;
      letter-spacing: -0.01em;
    }
    .ring {
      display: grid;
      grid-area: ring;
      place-content: center;
      width: 52px;
      height: 52px;
      box-sizing: border-box;
      border: 3px solid var(--on-dark);
      border-radius: 50%;
      background: rgb(255 255 255 / 0.18);
    }
    .count {
      grid-area: count;
      align-self: center;
      font-size: min(1em, 4vw);
      white-space: nowrap;
    }
    .thumbnail {
      grid-area: thumbnail;
      justify-self: end;
      box-sizing: border-box;
      width: 40px;
      height: 40px;
      overflow: hidden;
      border: 2px solid var(--on-dark);
      border-radius: 10px;
    }
    .thumbnail[data-empty] {
      border: 2px dashed rgb(255 255 255 / 0.5);
    }
    pp-photo-thumbnail {
      width: 100%;
      height: 100%;
      background: transparent;
      pointer-events: none;
    }
    ${compactStyles(unsafeCSS(':host([compact])'))}
    @container (orientation: landscape) and (max-height: 420px) {
      ${compactStyles(unsafeCSS(':host'))}
      :host button {
        gap: 4px;
        padding-block: 8px;
      }
    }
    :host([bursting]) .ring::after {
      content: '';
      display: block;
      width: 18px;
      height: 18px;
      border-radius: 4px;
      background: var(--on-dark);
    }
    :host([bursting]) .ring {
      background: rgb(0 0 0 / 0.35);
    }
    button:active:not(:disabled) .ring {
      background: rgb(255 255 255 / 0.85);
    }
    button:disabled {
      opacity: 0.45;
      cursor: default;
    }
    button:focus-visible {
      outline: 3px solid var(--on-dark);
      outline-offset: 3px;
    }
    @media (prefers-reduced-motion: no-preference) {
      button {
        transition: transform 0.1s;
      }
      button:active:not(:disabled) {
        transform: scale(0.97);
      }
    }
  `;
}
