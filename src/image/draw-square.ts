import { centreSquare, type SquareCrop } from './square.ts';

/** What is drawn: `withPicture` makes one of a video frame. */
export type Picture = ImageBitmap | OffscreenCanvas;

/**
 * What is seen through the transparent parts of a picture: light, as most cut-out pictures are meant
 * to lie on white, but not white, so that a white animal keeps its outline.
 */
const GROUND = '#e6e6e6';

/** Fills a canvas with the ground of all pictures, before a picture is drawn on it. */
export function drawGround(
  context: Pick<OffscreenCanvasRenderingContext2D, 'fillStyle' | 'fillRect'>,
  width: number,
  height: number,
): void {
  context.fillStyle = GROUND;
  context.fillRect(0, 0, width, height);
}

/**
 * Crops and resizes a picture to a square. Capture, import, training and Live all use this
 * function, so that the model is never applied to a picture that was made differently from its
 * training data.
 *
 * @param size width and height of the result in pixels
 * @param crop the part of the picture to draw; the centre square by default
 * @param canvas `[size, size]`, from an earlier call of this function; a new one by default
 * @returns the canvas
 */
export function drawSquare(
  picture: Picture,
  size: number,
  crop?: SquareCrop,
  canvas = new OffscreenCanvas(size, size),
): OffscreenCanvas {
  const { x, y, side } = crop ?? centreSquare(picture.width, picture.height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('No 2D canvas');
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  drawGround(context, size, size);
  context.drawImage(picture, x, y, side, side, 0, 0, size, size);
  return canvas;
}
