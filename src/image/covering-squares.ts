import type { PictureSize } from './adjust-square.ts';
import type { SquareCrop } from './square.ts';

/** From this ratio of the longer to the shorter side on, one square does not show enough. */
const WIDE = 1.15;

/** Neighbours share this fraction of their side, so that what one cuts is whole in another. */
const SHARED = 0.15;

/** Maximum number of squares. In a longer panorama they overlap less, or leave gaps. */
const MOST_SQUARES = 8;

/** Whether much of a picture is outside its centre square. */
export function isWidePicture({ width, height }: PictureSize): boolean {
  return Math.max(width, height) > WIDE * Math.min(width, height);
}

/**
 * Squares as large as possible that together cover the picture, unless that would take more than
 * `MOST_SQUARES`: two for most photos, side by side or one above the other. A network for square
 * pictures sees all of the picture in them, without distortion.
 */
export function coveringSquares({ width, height }: PictureSize): SquareCrop[] {
  const side = Math.min(width, height);
  const length = Math.max(width, height);
  const needed = isWidePicture({ width, height })
    ? Math.ceil((length / side - SHARED) / (1 - SHARED))
    : 1;
  const count = Math.min(needed, MOST_SQUARES);
  return Array.from({ length: count }, (_, index) => {
    const at = Math.floor((length - side) * (count === 1 ? 0.5 : index / (count - 1)));
    return width > height ? { x: at, y: 0, side } : { x: 0, y: at, side };
  });
}
