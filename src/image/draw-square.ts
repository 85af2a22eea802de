import { centreSquare, type SquareCrop } from './square.ts';

/** Anything that a 2D canvas draws and that has a size. */
export type Picture = ImageBitmap | VideoFrame | OffscreenCanvas;

/** Upright size of a picture in pixels, whatever names its type gives to it. */
export function pictureSize(picture: Picture): { width: number; height: number } {
  return 'displayWidth' in picture
    ? { width: picture.displayWidth, height: picture.displayHeight }
    : { width: picture.width, height: picture.height };
}

/**
 * The one way in which a picture becomes a square of a given size: capture, import, training and
 * live all pass here, so that the model is never asked about a picture made differently from those
 * it learned from.
 *
 * @param size side of the result in pixels
 * @param crop the part to take; the centre square unless told
 * @param canvas `[size, size]`, which this function made before; a new one unless told
 * @returns the canvas
 */
export function drawSquare(
  picture: Picture,
  size: number,
  crop?: SquareCrop,
  canvas = new OffscreenCanvas(size, size),
): OffscreenCanvas {
  const { width, height } = pictureSize(picture);
  const { x, y, side } = crop ?? centreSquare(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('No 2D canvas');
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  // The black that shows through a picture, in place of what was drawn before.
  context.clearRect(0, 0, size, size);
  context.drawImage(picture, x, y, side, side, 0, 0, size, size);
  return canvas;
}
