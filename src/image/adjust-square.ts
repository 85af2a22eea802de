import type { PictureSquare, SquareCrop } from './square.ts';

/** Pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A smaller square would be enlarged for the training: the tutorial's input has this size. */
const SMALLEST_SIDE = 160;

/** The minimum and maximum side of a square in this picture, in pixels. */
export function squareSides({ width, height }: PictureSize): { least: number; most: number } {
  const most = Math.min(width, height);
  return { least: Math.min(most, SMALLEST_SIDE), most };
}

/** The square moved by `right` and `down` pixels, but not beyond the edges of the picture. */
export function moveSquare(
  { x, y, side }: SquareCrop,
  right: number,
  down: number,
  picture: PictureSize,
): SquareCrop {
  return {
    x: clamp(Math.round(x + right), 0, picture.width - side),
    y: clamp(Math.round(y + down), 0, picture.height - side),
    side,
  };
}

/**
 * The square with another side in pixels, around the same centre if the picture is large enough.
 */
export function resizeSquare(crop: SquareCrop, side: number, picture: PictureSize): SquareCrop {
  const { least, most } = squareSides(picture);
  const resized = { ...crop, side: clamp(Math.round(side), least, most) };
  const half = (crop.side - resized.side) / 2;
  return moveSquare(resized, half, half, picture);
}

/** The square in pixels of the same picture at another size. */
export function squareIn({ crop, width }: PictureSquare, picture: PictureSize): SquareCrop {
  const scale = picture.width / width;
  const side = Math.min(Math.round(crop.side * scale), squareSides(picture).most);
  return moveSquare({ x: 0, y: 0, side }, crop.x * scale, crop.y * scale, picture);
}

/** Whether two squares of one picture are equal to the pixel. */
export function isSameSquare(a: SquareCrop, b: SquareCrop): boolean {
  return a.x === b.x && a.y === b.y && a.side === b.side;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
