import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import { reducedMotion } from '../../platform/reduced-motion.ts';
import { ViewfinderGestures, type Point } from './viewfinder-gestures.ts';
import { BlurredSurroundings } from './blurred-surroundings.ts';
import { viewfinderGeometry, type Box, type ViewfinderGeometry } from './viewfinder-geometry.ts';
import { viewfinderStyles } from './viewfinder-styles.ts';

const PAINT_EVERY_MS = 150;
/** Maximum width in CSS pixels over which the video's edge fades into its blurred surroundings. */
const FADE = 48;
/** How long a ring marks the tapped point. */
const FOCUS_SHOWN_MS = 1_200;
/** How long a photo waits for the first frame of a camera. */
const FIRST_FRAME_MS = 2_000;

/**
 * Shows the camera picture or a still picture, and marks exactly the square of it that is stored
 * and that the model gets. A blurred copy of the picture fills the area around it.
 *
 * Slots: `square` for an overlay on the square, mirrored together with the picture; `top` for a row
 * of buttons; `bottom` for controls (at the right of a wide window); the default slot for elements
 * over the square, whose top edge is at `--square-top`. The square is as large as the space between
 * `top` and `bottom` allows.
 *
 * Events: `zoom-by`, with the factor of a pinch in `detail`; `focus-at`, with the tapped point of
 * the frame in `detail`, x and y from 0 to 1 from its top left corner.
 */
@customElement('pp-viewfinder')
export class Viewfinder extends LitElement {
  @property({ attribute: false }) accessor stream: MediaStream | undefined;
  /** Shown instead of the camera picture. */
  @property({ attribute: false }) accessor still: OffscreenCanvas | undefined;
  /** Accessible name of the still picture. */
  @property() accessor stillLabel = '';
  @property({ type: Boolean, reflect: true }) accessor mirrored = false;
  /** Whether a tap on the picture sets the camera's focus. */
  @property({ type: Boolean }) accessor focuses = false;
  @query('video') accessor video!: HTMLVideoElement;
  @query('.still') private accessor stillCanvas!: HTMLCanvasElement;
  @query('.under') private accessor under!: HTMLCanvasElement;
  @query('.over') private accessor over!: HTMLCanvasElement;
  @query('.room') private accessor room!: HTMLElement;
  @query('.square') private accessor square!: HTMLElement;
  @query('.focus') private accessor focusRing!: HTMLElement;
  readonly #resized = new ResizeObserver(() => this.#layOut());
  readonly #gestures = new ViewfinderGestures({
    onPinch: (factor) => this.dispatchEvent(new CustomEvent('zoom-by', { detail: factor })),
    onTap: (point) => this.#tap(point),
  });
  #surroundings: BlurredSurroundings | undefined;
  #paintTimer: ReturnType<typeof setInterval> | undefined;
  #focusTimer: ReturnType<typeof setTimeout> | undefined;

  /** Whether the video has a frame to grab. */
  get hasFrame(): boolean {
    return this.stream !== undefined && this.video.readyState >= this.video.HAVE_CURRENT_DATA;
  }

  /**
   * Waits for a frame to grab, but not for ever: a camera that was just opened has none yet.
   *
   * @returns whether there is one
   */
  async whenFrame(): Promise<boolean> {
    if (this.stream !== undefined && !this.hasFrame) {
      const signal = AbortSignal.timeout(FIRST_FRAME_MS);
      await new Promise((resolve) => {
        this.video.addEventListener('loadeddata', resolve, { once: true, signal });
        signal.addEventListener('abort', resolve);
      });
    }
    return this.hasFrame;
  }

  /** The marked square, in CSS pixels from the top left corner of the viewport. */
  get squareRect(): DOMRect {
    return this.square.getBoundingClientRect();
  }

  /**
   * Shows that a photo is being taken. In a burst only the square's edge blinks: a surface that
   * flashes more than three times a second can cause a seizure (WCAG 2.3.1).
   */
  blink(inBurst = false): void {
    if (reducedMotion()) return;
    const frames = inBurst
      ? [{ borderColor: 'rgb(255 255 255 / 0.2)' }, { borderColor: 'rgb(255 255 255)' }]
      : [{ backgroundColor: 'rgb(0 0 0 / 0.55)' }, { backgroundColor: 'transparent' }];
    this.square.animate(frames, 140);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#paintTimer = setInterval(() => this.#paint(), PAINT_EVERY_MS);
    if (this.hasUpdated) this.#observe();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#paintTimer);
    this.#resized.disconnect();
    this.video.srcObject = null;
  }

  override firstUpdated(): void {
    this.#observe();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('still')) this.#showStill();
    // The observer lays out the first time: here, the browser would have to lay out the page twice.
    else if (changed.has('stream') || changed.get('mirrored') !== undefined) this.#layOut();
    const stream = this.stream ?? null;
    if (this.video.srcObject !== stream) {
      this.video.srcObject = stream;
      // In spite of `autoplay`, Safari sometimes needs this call. A new stream rejects the promise
      // of an earlier call.
      if (stream) this.video.play().catch(() => undefined);
    }
  }

  override render() {
    const isEmpty = !this.stream && !this.still;
    return html`
      <canvas class="under" aria-hidden="true"></canvas>
      <video
        playsinline
        muted
        autoplay
        disablepictureinpicture
        .muted=${true}
        ?hidden=${!this.stream}
        ?data-covered=${this.still !== undefined}
        aria-label=${msg('Camera picture')}
        @resize=${this.#layOut}
        @loadedmetadata=${this.#layOut}
      ></video>
      <canvas
        class="still"
        role="img"
        aria-label=${this.stillLabel}
        ?hidden=${!this.still}
      ></canvas>
      <canvas class="over" aria-hidden="true"></canvas>
      <div class="square" ?hidden=${isEmpty}>
        <slot name="square" @slotchange=${this.#paint}></slot>
      </div>
      <div class="top"><slot name="top"></slot></div>
      <div
        class="room"
        @pointerdown=${this.#onPointerDown}
        @pointermove=${this.#gestures.handle}
        @pointerup=${this.#gestures.handle}
        @pointercancel=${this.#gestures.handle}
        @pointerleave=${this.#gestures.handle}
      >
        <slot></slot>
      </div>
      <div class="focus" hidden></div>
      <div class="bottom"><slot name="bottom"></slot></div>
    `;
  }

  /** Handles presses on the picture, but not on a control over it. */
  #onPointerDown(event: PointerEvent): void {
    const onControl = event
      .composedPath()
      .some((target) => target instanceof HTMLElement && target.matches('button, a, input'));
    if (!onControl && this.hasFrame) this.#gestures.handle(event);
  }

  #tap({ x, y }: Point): void {
    if (!this.focuses) return;
    const frame = this.video.getBoundingClientRect();
    const across = (x - frame.left) / frame.width;
    const down = (y - frame.top) / frame.height;
    if (Math.min(across, down) < 0 || Math.max(across, down) > 1) return;
    const detail: Point = { x: this.mirrored ? 1 - across : across, y: down };
    this.dispatchEvent(new CustomEvent('focus-at', { detail }));
    this.#markFocus({ x, y });
  }

  #markFocus({ x, y }: Point): void {
    const { left, top } = this.getBoundingClientRect();
    const ring = this.focusRing;
    ring.style.setProperty('left', `${x - left}px`);
    ring.style.setProperty('top', `${y - top}px`);
    ring.hidden = false;
    clearTimeout(this.#focusTimer);
    this.#focusTimer = setTimeout(() => (ring.hidden = true), FOCUS_SHOWN_MS);
  }

  #observe(): void {
    this.#resized.observe(this);
    this.#resized.observe(this.room);
  }

  #showStill(): void {
    const { still, stillCanvas } = this;
    // A size of 0 releases the pixels of the last still picture.
    stillCanvas.width = still?.width ?? 0;
    stillCanvas.height = still?.height ?? 0;
    this.#paint();
    // The layout waits for the next frame: by then the slots have their new heights too.
    requestAnimationFrame(() => this.#layOut());
  }

  /** The visible picture and its size in pixels, which is 0 by 0 before the first frame. */
  get #picture() {
    const { still, stillCanvas, video } = this;
    return still
      ? { element: stillCanvas, width: still.width, height: still.height }
      : { element: video, width: video.videoWidth, height: video.videoHeight };
  }

  /** Also runs when the phone is rotated, which swaps videoWidth and videoHeight. */
  #layOut(): void {
    const picture = this.#picture;
    const { room } = this;
    const { square, video: box } = viewfinderGeometry(
      { x: room.offsetLeft, y: room.offsetTop, width: room.clientWidth, height: room.clientHeight },
      picture,
    );
    place(this.square, square);
    room.style.setProperty('--square-top', `${square.y - room.offsetTop}px`);
    place(picture.element, box);
    this.#surround({ square, video: box });
  }

  /** Fills the area around the picture, if the picture leaves any. */
  #surround({ square, video }: ViewfinderGeometry): void {
    const { clientWidth, clientHeight, under, over, mirrored } = this;
    const right = video.x + video.width;
    const coversAll =
      video.x <= 0 &&
      video.y <= 0 &&
      right >= clientWidth &&
      video.y + video.height >= clientHeight;
    under.hidden = over.hidden = coversAll || (!this.stream && !this.still);
    if (under.hidden) return;
    const fadeWidth = (whole: number, part: number) =>
      Math.min(FADE, Math.max(0, (whole - part) / 2));
    this.#surroundings ??= new BlurredSurroundings(under, over);
    this.#surroundings.layOut(clientWidth, clientHeight, {
      ...video,
      // The style mirrors both canvases together with what is in them.
      x: mirrored ? clientWidth - right : video.x,
      fadeX: fadeWidth(video.width, square.width),
      fadeY: fadeWidth(video.height, square.height),
    });
    this.#paint();
  }

  /**
   * Paints the surroundings, and the still picture again: WebKit loses what was drawn once when an
   * overlay appears on the square, and systems take the memory of a page that is in the background.
   */
  #paint(): void {
    const { still, stillCanvas, under } = this;
    if (document.hidden || !this.hasUpdated) return;
    if (still) stillCanvas.getContext('2d', { alpha: false })?.drawImage(still, 0, 0);
    if (!under.hidden && (still ?? this.hasFrame)) this.#surroundings?.paint(this.#picture);
  }

  static override styles = viewfinderStyles;
}

function place(element: HTMLElement, { x, y, width, height }: Box): void {
  element.style.setProperty('left', `${x}px`);
  element.style.setProperty('top', `${y}px`);
  element.style.setProperty('width', `${width}px`);
  element.style.setProperty('height', `${height}px`);
}
