import * as tf from '@tensorflow/tfjs-core';

/** The pixels of a picture, 0 to 255. */
export type PicturePixels =
  /** RGBA, `[size, size, 4]`, perhaps to be mirrored horizontally. */
  | { readonly rgba: Uint8ClampedArray; readonly flip: boolean }
  /** RGB, `[size, size, 3]` */
  | { readonly rgb: Float32Array };

/** Pictures for one forward pass. */
export interface PictureBatch {
  /** Side of the pictures in pixels. */
  readonly size: number;
  readonly pictures: readonly PicturePixels[];
}

/**
 * Copies pictures into a tensor.
 *
 * @returns `[pictures, size, size, 3]`, 0 to 255, float32; the caller disposes it
 */
export function pixelTensor({ size, pictures }: PictureBatch): tf.Tensor4D {
  const length = size * size * 3;
  const pixels = new Float32Array(pictures.length * length);
  pictures.forEach((picture, index) => {
    const rgb = pixels.subarray(index * length, (index + 1) * length);
    if ('rgb' in picture) rgb.set(picture.rgb);
    else copyRgb(picture, size, rgb);
  });
  return tf.tensor4d(pixels, [pictures.length, size, size, 3]);
}

function copyRgb(
  { rgba, flip }: { readonly rgba: Uint8ClampedArray; readonly flip: boolean },
  size: number,
  rgb: Float32Array,
): void {
  let to = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = 4 * (y * size + (flip ? size - 1 - x : x));
      rgb[to++] = rgba[from]!;
      rgb[to++] = rgba[from + 1]!;
      rgb[to++] = rgba[from + 2]!;
    }
  }
}
