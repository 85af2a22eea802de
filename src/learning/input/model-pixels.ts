import { drawSquare, type Picture } from '../../image/draw-square.ts';

/** Kept from frame to frame: a new one takes as long as drawing on it does. */
let canvas: OffscreenCanvas | undefined;

/**
 * The pixels that the model sees of a picture: its centre square, scaled to the model's input.
 *
 * @returns RGBA bytes, `[size, size, 4]`
 */
export function modelPixels(picture: Picture, size: number): Uint8ClampedArray {
  const kept = canvas?.width === size ? canvas : undefined;
  canvas = drawSquare(picture, size, undefined, kept);
  const context = canvas.getContext('2d')!;
  return context.getImageData(0, 0, size, size).data;
}

/**
 * The same of a stored photo.
 *
 * @throws DOMException when the bytes are no picture
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
