import type { Box } from './viewfinder-geometry.ts';

/** Short side of the canvases in pixels; the page scales them up smoothly. */
const SHORT_SIDE = 48;
/** Pixels by which the canvas is shifted and averaged with itself: together, a Gaussian blur. */
const BLUR_SHIFTS = [2, -2, 1, -1];

/** What is drawn: the camera's video or a still picture, with its size in pixels. */
export interface Picture {
  readonly element: HTMLVideoElement | HTMLCanvasElement;
  readonly width: number;
  readonly height: number;
}

/** Where the sharp picture is, and over what width its edges fade; all in CSS pixels. */
export interface SharpPart extends Box {
  readonly fadeX: number;
  readonly fadeY: number;
}

/**
 * Draws a blurred copy of the picture on two canvases. One lies under the sharp picture, and the other
 * lies over it and covers its edges, so that they fade. CSS could blur and mask the video itself, but
 * then the browser computes both again for every frame of the video.
 */
export class BlurredSurroundings {
  readonly #under: HTMLCanvasElement;
  readonly #over: HTMLCanvasElement;
  /** Opaque where the sharp picture is seen. */
  readonly #hole = document.createElement('canvas');

  constructor(under: HTMLCanvasElement, over: HTMLCanvasElement) {
    this.#under = under;
    this.#over = over;
  }

  /**
   * Sets the size and where the sharp part is, and clears both canvases.
   *
   * @param width of the canvases in CSS pixels
   * @param height of the canvases in CSS pixels
   */
  layOut(width: number, height: number, sharp: SharpPart): void {
    const scale = SHORT_SIDE / Math.max(1, Math.min(width, height));
    for (const canvas of [this.#under, this.#over, this.#hole]) {
      canvas.width = Math.max(1, Math.round(width * scale));
      canvas.height = Math.max(1, Math.round(height * scale));
    }
    const context = this.#hole.getContext('2d');
    if (!context) return;
    const across = fade(sharp.x * scale, sharp.width * scale, sharp.fadeX * scale);
    const down = fade(sharp.y * scale, sharp.height * scale, sharp.fadeY * scale);
    context.fillStyle = withFade(
      context.createLinearGradient(across.from, 0, across.to, 0),
      across,
    );
    context.fillRect(0, 0, this.#hole.width, this.#hole.height);
    // The product of both.
    context.globalCompositeOperation = 'destination-in';
    context.fillStyle = withFade(context.createLinearGradient(0, down.from, 0, down.to), down);
    context.fillRect(0, 0, this.#hole.width, this.#hole.height);
  }

  paint(picture: Picture): void {
    const { width, height } = this.#under;
    const under = this.#under.getContext('2d', { alpha: false });
    const over = this.#over.getContext('2d');
    if (!under || !over) return;
    const scale = Math.max(width / picture.width, height / picture.height);
    const across = picture.width * scale;
    const down = picture.height * scale;
    under.drawImage(picture.element, (width - across) / 2, (height - down) / 2, across, down);
    under.globalAlpha = 0.5;
    for (const shift of BLUR_SHIFTS) under.drawImage(this.#under, shift, 0);
    for (const shift of BLUR_SHIFTS) under.drawImage(this.#under, 0, shift);
    under.globalAlpha = 1;
    over.globalCompositeOperation = 'copy';
    over.drawImage(this.#under, 0, 0);
    over.globalCompositeOperation = 'destination-out';
    over.drawImage(this.#hole, 0, 0);
  }
}

/** Where the sharp picture begins and ends along an axis, in canvas pixels. */
interface Fade {
  readonly from: number;
  readonly to: number;
  /** The part of it over which each end fades, 0 to 0.5; 0 for a sharp edge. */
  readonly part: number;
}

/** A fade begins a pixel inside the picture: a pixel that is scaled up reaches into the next one. */
function fade(start: number, size: number, width: number): Fade {
  const inset = width > 0 ? 1 : 0;
  const length = Math.max(1, size - 2 * inset);
  return { from: start + inset, to: start + inset + length, part: Math.min(0.5, width / length) };
}

function withFade(gradient: CanvasGradient, { part }: Fade): CanvasGradient {
  gradient.addColorStop(0, part > 0 ? 'transparent' : '#000');
  gradient.addColorStop(part, '#000');
  gradient.addColorStop(1 - part, '#000');
  gradient.addColorStop(1, part > 0 ? 'transparent' : '#000');
  return gradient;
}
