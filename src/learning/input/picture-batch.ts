import * as tf from '@tensorflow/tfjs-core';
import { augment } from './augment.ts';

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
    else augment(picture.rgba, size, { flip: picture.flip, angle: 0 }, rgb);
  });
  return tf.tensor4d(pixels, [pictures.length, size, size, 3]);
}
