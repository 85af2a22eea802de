import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { reducedMotion } from './reduced-motion.ts';
import { viewfinderGeometry, type Box, type ViewfinderGeometry } from './viewfinder-geometry.ts';
import { viewfinderStyles } from './viewfinder-styles.ts';

/** Short side of the blurred picture behind the video, in pixels: fewer blur more. */
const FILL_SIZE = 24;
const FILL_EVERY_MS = 150;
/** The video's edge melts into the fill over so many CSS pixels, where it has them to spare. */
const FADE = 48;

/**
 * The camera's picture, or a still one in its place, and the square of it that is stored and that the model sees, marked
 * exactly. Where the video does not reach, its own colours go on, blurred.
 *
 * Slots: `square` for what lies on the picture in the square, turned with it where it is mirrored;
 * `top` for a row of buttons, `bottom` for controls (at the right where it is wide), and
 * the default one for what stands over the square. The square has the room that these leave.
 */
@customElement('pp-viewfinder')
export class Viewfinder extends LitElement {
  @property({ attribute: false }) stream: MediaStream | undefined;
  /** Stands in the place of the camera's picture. */
  @property({ attribute: false }) still: OffscreenCanvas | undefined;
  /** What the still picture is, for who does not see it. */
  @property() stillLabel = '';
  @property({ type: Boolean, reflect: true }) mirrored = false;
  @query('video') readonly video!: HTMLVideoElement;
  @query('.still') private stillCanvas!: HTMLCanvasElement;
  @query('.fill') private fill!: HTMLCanvasElement;
  @query('.room') private room!: HTMLElement;
  @query('.square') private square!: HTMLElement;
  readonly #resized = new ResizeObserver(() => this.#lay());
  #fillTimer: ReturnType<typeof setInterval> | undefined;

  /** Whether there is a frame that could be grabbed. */
  get hasFrame(): boolean {
    return this.stream !== undefined && this.video.readyState >= this.video.HAVE_CURRENT_DATA;
  }

  /** Where the square is marked, in the window. */
  get squareRect(): DOMRect {
    return this.square.getBoundingClientRect();
  }

  /** Shows, the moment a photo is taken, that it was. */
  blink(): void {
    if (reducedMotion()) return;
    const dark = { backgroundColor: 'rgb(0 0 0 / 0.55)' };
    this.square.animate([dark, { backgroundColor: 'transparent' }], 140);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#fillTimer = setInterval(() => this.#paintFill(), FILL_EVERY_MS);
    if (this.hasUpdated) this.#observe();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#fillTimer);
    this.#resized.disconnect();
    this.video.srcObject = null;
  }

  override firstUpdated(): void {
    this.#observe();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('still')) this.#showStill();
    const stream = this.stream ?? null;
    if (this.video.srcObject !== stream) {
      this.video.srcObject = stream;
      // `autoplay` starts it; Safari sometimes needs to be told. A new stream aborts the old play.
      if (stream) this.video.play().catch(() => undefined);
    }
  }

  override render() {
    const isEmpty = !this.stream && !this.still;
    return html`
      <canvas class="fill" aria-hidden="true" ?hidden=${isEmpty}></canvas>
      <video
        playsinline
        muted
        autoplay
        disablepictureinpicture
        .muted=${true}
        ?hidden=${!this.stream}
        ?data-covered=${this.still !== undefined}
        aria-label="Camera picture"
        @resize=${this.#lay}
        @loadedmetadata=${this.#lay}
      ></video>
      <canvas
        class="still"
        role="img"
        aria-label=${this.stillLabel}
        ?hidden=${!this.still}
      ></canvas>
      <div class="square" ?hidden=${isEmpty}><slot name="square"></slot></div>
      <div class="top"><slot name="top"></slot></div>
      <div class="room"><slot></slot></div>
      <div class="bottom"><slot name="bottom"></slot></div>
    `;
  }

  #observe(): void {
    this.#resized.observe(this);
    this.#resized.observe(this.room);
  }

  #showStill(): void {
    const { still, stillCanvas } = this;
    // Without one the pixels of the last are let go.
    stillCanvas.width = still?.width ?? 0;
    stillCanvas.height = still?.height ?? 0;
    if (still) stillCanvas.getContext('2d', { alpha: false })?.drawImage(still, 0, 0);
    // Before the next paint, when what stands above and below has its new height too.
    requestAnimationFrame(() => this.#lay());
  }

  /** The picture that is seen, and its size in pixels: 0 by 0 before the first frame. */
  get #picture() {
    const { still, stillCanvas, video } = this;
    return still
      ? { element: stillCanvas, width: still.width, height: still.height }
      : { element: video, width: video.videoWidth, height: video.videoHeight };
  }

  /** Also after each turn of the phone, which swaps videoWidth and videoHeight. */
  #lay(): void {
    const picture = this.#picture;
    const { room } = this;
    const { square, video: box } = viewfinderGeometry(
      { x: room.offsetLeft, y: room.offsetTop, width: room.clientWidth, height: room.clientHeight },
      picture,
    );
    place(this.square, square);
    place(picture.element, box);
    this.#fade(picture.element, { square, video: box });
    const { clientWidth, clientHeight } = this;
    const scale = FILL_SIZE / Math.max(1, Math.min(clientWidth, clientHeight));
    this.fill.width = Math.max(1, Math.round(clientWidth * scale));
    this.fill.height = Math.max(1, Math.round(clientHeight * scale));
    this.#paintFill();
  }

  /** A mask costs time for each frame: only where an edge of the picture shows. */
  #fade(element: HTMLElement, { square, video }: ViewfinderGeometry): void {
    const reaches =
      video.x <= 0 &&
      video.y <= 0 &&
      video.x + video.width >= this.clientWidth &&
      video.y + video.height >= this.clientHeight;
    element.toggleAttribute('data-fades', !reaches);
    const spare = (whole: number, part: number) => Math.min(FADE, Math.max(0, (whole - part) / 2));
    element.style.setProperty('--fade-x', `${spare(video.width, square.width)}px`);
    element.style.setProperty('--fade-y', `${spare(video.height, square.height)}px`);
  }

  #paintFill(): void {
    if (document.hidden || !this.hasUpdated || !(this.still ?? this.hasFrame)) return;
    const { fill } = this;
    const picture = this.#picture;
    const scale = Math.max(fill.width / picture.width, fill.height / picture.height);
    const width = picture.width * scale;
    const height = picture.height * scale;
    const x = (fill.width - width) / 2;
    const y = (fill.height - height) / 2;
    const context = fill.getContext('2d', { alpha: false });
    context?.drawImage(picture.element, x, y, width, height);
  }

  static override styles = viewfinderStyles;
}

function place(element: HTMLElement, { x, y, width, height }: Box): void {
  element.style.setProperty('left', `${x}px`);
  element.style.setProperty('top', `${y}px`);
  element.style.setProperty('width', `${width}px`);
  element.style.setProperty('height', `${height}px`);
}
