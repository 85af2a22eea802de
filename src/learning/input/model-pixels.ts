import { drawSquare, type Picture } from '../../image/draw-square.ts';
import type { SquareCrop } from '../../image/square.ts';

/** Reused for each frame, because creating a canvas takes as long as drawing on it. */
let canvas: OffscreenCanvas | undefined;

/**
 * The pixels of a picture that the model receives: a square of it, scaled to the model's input.
 *
 * @param size side of the model's input in pixels
 * @param crop the square; the centre square by default
 * @returns RGBA, `[size, size, 4]`, 0 to 255
 */
export function modelPixels(picture: Picture, size: number, crop?: SquareCrop): Uint8ClampedArray {
  const reusable = canvas?.width === size ? canvas : undefined;
  canvas = drawSquare(picture, size, crop, reusable);
  const context = canvas.getContext('2d')!;
  return context.getImageData(0, 0, size, size).data;
}

/**
 * Decodes a stored photo and returns its `modelPixels`.
 *
 * @param type MIME type
 * @throws DOMException if the bytes cannot be decoded
 */
export async function photoPixels(
  bytes: ArrayBuffer,
  type: string,
  size: number,
): Promise<Uint8ClampedArray> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), {
    imageOrientation: 'from-image',
  });
  try {
    return modelPixels(bitmap, size);
  } finally {
    bitmap.close();
  }
}
