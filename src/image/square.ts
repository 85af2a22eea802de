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

/** A square of a picture that may be decoded at another size the next time. */
export interface PictureSquare {
  readonly crop: SquareCrop;
  /** Width in pixels of the picture that `crop` is a part of. */
  readonly width: number;
}

/**
 * Finds the square of a picture that shows what it is about.
 *
 * @param reduced the picture, smaller; it is closed in any case
 * @param size of the picture in pixels
 * @returns undefined if nothing was found
 */
export type FindSquare = (
  reduced: ImageBitmap,
  size: { readonly width: number; readonly height: number },
) => Promise<SquareCrop | undefined>;
