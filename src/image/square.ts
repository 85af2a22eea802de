/** Where a square sits inside a picture, in the picture's own pixels. */
export interface SquareCrop {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/**
 * The largest centred square of a picture: what the viewfinder marks, what is stored, what the
 * model sees.
 */
export function centreSquare(width: number, height: number): SquareCrop {
  const side = Math.min(width, height);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), side };
}
