/** A square part of a picture, in pixels of the picture. */
export interface SquareCrop {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/**
 * The largest centred square of a picture. The viewfinder marks it, it is stored, and the model
 * sees it.
 */
export function centreSquare(width: number, height: number): SquareCrop {
  const side = Math.min(width, height);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), side };
}
