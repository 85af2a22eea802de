import * as tf from '@tensorflow/tfjs-core';

/** How a picture is augmented before its features are computed; stored with them. */
export type Variant = string;

/** Variants that the features of a photo are computed in. */
export const VARIANTS: readonly Variant[] = ['plain', 'flip'];

/**
 * RGBA bytes of some pictures as one batch, each variant of all pictures behind the other.
 *
 * @param pictures each `[size, size, 4]`, and the id of its photo
 * @returns `[variants * pictures, size, size, 3]`, 0 to 255, int32
 */
export function variantBatch(
  pictures: readonly { readonly id: string; readonly rgba: Uint8ClampedArray }[],
  variants: readonly Variant[],
  size: number,
): tf.Tensor4D {
  const area = size * size;
  const pixels = new Int32Array(variants.length * pictures.length * area * 3);
  let to = 0;
  for (const variant of variants) {
    for (const { rgba } of pictures) {
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          // RandomFlip('horizontal') of Keras, when it flips: the columns from right to left.
          const from = 4 * (y * size + (variant === 'flip' ? size - 1 - x : x));
          pixels[to++] = rgba[from]!;
          pixels[to++] = rgba[from + 1]!;
          pixels[to++] = rgba[from + 2]!;
        }
      }
    }
  }
  return tf.tensor4d(pixels, [variants.length * pictures.length, size, size, 3], 'int32');
}
