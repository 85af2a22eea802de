import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg } from '../../../i18n/msg.ts';
import {
  isSameSquare,
  moveSquare,
  resizeSquare,
  squareSides,
} from '../../../image/adjust-square.ts';
import { drawGround } from '../../../image/draw-square.ts';
import { centreSquare, type SquareCrop } from '../../../image/square.ts';
import { icon } from '../../../ui/icons.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import { squareAdjusterStyles } from './square-adjuster-styles.ts';
import { SquareGesture } from './square-gesture.ts';

/** Longest side of the canvas in px; phone screens do not show more detail. */
const SHOWN_PIXELS = 1200;
/** Distance by which an arrow key moves the square, as a fraction of the picture's shorter side. */
const STEP = 0.04;
/** Factor by which one wheel step, or one press of + or -, changes the square's side. */
const ZOOM = 1.06;

const ARROWS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const MOVES = [
  ['left', msg('Move left'), 'ArrowLeft'],
  ['up', msg('Move up'), 'ArrowUp'],
  ['down', msg('Move down'), 'ArrowDown'],
  ['right', msg('Move right'), 'ArrowRight'],
] as const;

/**
 * A picture with its square crop, which the user changes by dragging, pinching, arrow keys,
 * buttons, wheel or slider.
 *
 * Event: `crop-change` with the SquareCrop, in pixels of the picture, in `detail`.
 */
@customElement('pp-square-adjuster')
export class SquareAdjuster extends LitElement {
  /** Upright (EXIF orientation applied). The caller owns it and closes it. */
  @property({ attribute: false }) accessor picture: ImageBitmap | undefined;
  /** In pixels of the picture. */
  @property({ attribute: false }) accessor crop: SquareCrop = { x: 0, y: 0, side: 0 };
  @query('canvas') private accessor canvas!: HTMLCanvasElement | null;
  readonly #gesture = new SquareGesture();

  override render() {
    const { picture, crop } = this;
    if (!picture) return nothing;
    const { width, height } = picture;
    const percentOf = (length: number, of: number) => `${(100 * length) / of}%`;
    const { least, most } = squareSides(picture);
    const isMiddle = isSameSquare(crop, centreSquare(width, height));
    return html`
      <div class="stage">
        <div
          class="frame"
          style=${styleMap({ '--ratio': width / height })}
          @pointerdown=${this.#onPointerDown}
          @pointermove=${this.#onPointerMove}
          @pointerup=${this.#onPointerEnd}
          @pointercancel=${this.#onPointerEnd}
          @wheel=${this.#onWheel}
        >
          <canvas></canvas>
          <div
            class="square"
            data-square
            tabindex="0"
            role="group"
            aria-label=${msg('The square that is kept. Arrow keys move it, plus and minus size it.')}
            style=${styleMap({
              left: percentOf(crop.x, width),
              top: percentOf(crop.y, height),
              width: percentOf(crop.side, width),
            })}
            @keydown=${this.#onKeyDown}
          ></div>
        </div>
      </div>
      <label class="size">
        ${msg('Size')}
        <input
          type="range"
          min=${least}
          max=${most}
          .value=${String(crop.side)}
          ?disabled=${least === most}
          @input=${(event: Event) => this.#resize(Number((event.target as HTMLInputElement).value))}
        />
      </label>
      <div class="moves" role="group" aria-label=${msg('Move the square')}>
        ${MOVES.map(
          ([direction, name, key]) =>
            html`<button
              class=${direction}
              data-move=${direction}
              aria-label=${name}
              @click=${() => this.#move(key)}
            >
              ${icon('back')}
            </button>`,
        )}
        <button ?disabled=${isMiddle} @click=${() => this.#change(centreSquare(width, height))}>
          ${msg('Middle', { desc: 'button: move the square to the middle' })}
        </button>
      </div>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    const { picture, canvas } = this;
    if (!changed.has('picture') || !picture || !canvas) return;
    const scale = Math.min(1, SHOWN_PIXELS / Math.max(picture.width, picture.height));
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const context = canvas.getContext('2d');
    if (!context) return;
    drawGround(context, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  }

  #move(key: string, steps = 1): void {
    const { picture, crop } = this;
    const [right, down] = ARROWS[key]!;
    if (!picture) return;
    const step = steps * Math.max(1, STEP * Math.min(picture.width, picture.height));
    this.#change(moveSquare(crop, right * step, down * step, picture));
  }

  #resize(side: number): void {
    if (this.picture) this.#change(resizeSquare(this.crop, side, this.picture));
  }

  #change(crop: SquareCrop): void {
    if (isSameSquare(crop, this.crop)) return;
    this.crop = crop;
    this.dispatchEvent(new CustomEvent('crop-change', { detail: crop }));
  }

  readonly #onKeyDown = (event: KeyboardEvent) => {
    if (event.key in ARROWS) this.#move(event.key, event.shiftKey ? 4 : 1);
    else if (event.key === '+' || event.key === '=') this.#resize(this.crop.side * ZOOM);
    else if (event.key === '-') this.#resize(this.crop.side / ZOOM);
    else return;
    event.preventDefault();
  };

  readonly #onWheel = (event: WheelEvent) => {
    event.preventDefault();
    this.#resize(event.deltaY > 0 ? this.crop.side * ZOOM : this.crop.side / ZOOM);
  };

  readonly #onPointerDown = (event: PointerEvent) => {
    const frame = event.currentTarget as HTMLElement;
    frame.setPointerCapture(event.pointerId);
    this.#gesture.put(event, this.crop);
  };

  readonly #onPointerMove = (event: PointerEvent) => {
    const frame = event.currentTarget as HTMLElement;
    if (!this.picture || !this.#gesture.put(event, this.crop)) return;
    const pixels = this.picture.width / frame.clientWidth;
    this.#change(this.#gesture.crop(pixels, this.picture));
  };

  readonly #onPointerEnd = (event: PointerEvent) => {
    this.#gesture.lift(event, this.crop);
  };

  static override styles = [sharedStyles, squareAdjusterStyles];
}
