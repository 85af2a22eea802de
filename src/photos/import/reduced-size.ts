import type { PictureSize } from '../../image/adjust-square.ts';

/** JPEG's transform can decode a block of 8 × 8 pixels as 1 × 1 to 8 × 8. */
const EIGHTHS = 8;

/**
 * The smallest size in eighths at which a picture still has `leastSide`, in pixels; undefined if
 * that is its own size.
 *
 * @param leastSide least width and height of the result in pixels
 */
export function reducedSize(
  { width, height }: PictureSize,
  leastSide: number,
): PictureSize | undefined {
  const eighths = Math.ceil((EIGHTHS * leastSide) / Math.min(width, height));
  if (eighths >= EIGHTHS) return undefined;
  return {
    width: Math.ceil((width * eighths) / EIGHTHS),
    height: Math.ceil((height * eighths) / EIGHTHS),
  };
}
