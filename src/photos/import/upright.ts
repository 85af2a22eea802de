import type { PictureSize } from '../../image/adjust-square.ts';
import type { Picture } from '../../image/draw-square.ts';
import type { SquareCrop } from '../../image/square.ts';

/**
 * The transform that turns a stored picture upright, as `setTransform` takes it, and the size of the
 * upright picture.
 *
 * @param orientation 1 to 8, as in EXIF (Exif 3.0, 4.6.5.1.6)
 * @param size of the stored picture in pixels
 */
export function uprightTransform(
  orientation: number,
  { width, height }: PictureSize,
): { readonly matrix: readonly [number, number, number, number, number, number] } & PictureSize {
  switch (orientation) {
    case 2:
      return { matrix: [-1, 0, 0, 1, width, 0], width, height };
    case 3:
      return { matrix: [-1, 0, 0, -1, width, height], width, height };
    case 4:
      return { matrix: [1, 0, 0, -1, 0, height], width, height };
    case 5:
      return { matrix: [0, 1, 1, 0, 0, 0], width: height, height: width };
    case 6:
      return { matrix: [0, 1, -1, 0, height, 0], width: height, height: width };
    case 7:
      return { matrix: [0, -1, -1, 0, height, width], width: height, height: width };
    case 8:
      return { matrix: [0, -1, 1, 0, 0, width], width: height, height: width };
    default:
      return { matrix: [1, 0, 0, 1, 0, 0], width, height };
  }
}

/**
 * The part of the stored picture that is seen as this square of the upright one.
 *
 * @param crop in pixels of the upright picture
 * @param size of the stored picture in pixels
 */
export function storedSquare(
  { x, y, side }: SquareCrop,
  orientation: number,
  size: PictureSize,
): SquareCrop {
  const { matrix } = uprightTransform(orientation, size);
  const [a, b, c, d, e, f] = matrix;
  // The inverse of such a matrix has its transpose in place of the turn.
  const corner = (right: number, down: number) => ({
    x: a * (right - e) + b * (down - f),
    y: c * (right - e) + d * (down - f),
  });
  const [first, last] = [corner(x, y), corner(x + side, y + side)];
  return { x: Math.min(first.x, last.x), y: Math.min(first.y, last.y), side };
}

/** The upright picture; the given one stays open. */
export function drawnUpright(picture: Picture, orientation: number): OffscreenCanvas {
  const { matrix, width, height } = uprightTransform(orientation, picture);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('No 2D canvas');
  context.setTransform(...matrix);
  context.drawImage(picture, 0, 0);
  return canvas;
}

/** The upright picture, as a bitmap that the caller closes; it closes the given one. */
export function turnedUpright(picture: ImageBitmap, orientation: number): ImageBitmap {
  try {
    return drawnUpright(picture, orientation).transferToImageBitmap();
  } finally {
    picture.close();
  }
}
