import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../platform/random.ts';
import { augment, drawAugmentation, type Augmentation } from './augment.ts';
import { fnv1a } from './fnv1a.ts';

/**
 * How a picture is augmented before its features are computed; stored with them: `plain`, `flip`, or
 * `augmented-1` for the first random augmentation of a photo, `augmented-2` for the second.
 */
export type Variant = string;

/** Variants that the features of a photo are computed in when it arrives. */
export const VARIANTS: readonly Variant[] = ['plain', 'flip'];

/** A picture and what it is seeded by. */
interface IdentifiedPicture {
  readonly id: string;
  /** `[size, size, 4]` */
  readonly rgba: Uint8ClampedArray;
}

/**
 * What a variant does to a photo. A random one is seeded by both, so that the same photo and variant
 * give the same picture on every device.
 *
 * @throws Error when there is no such variant
 */
export function augmentationOf(photoId: string, variant: Variant): Augmentation {
  if (variant === 'plain') return { flip: false, angle: 0 };
  if (variant === 'flip') return { flip: true, angle: 0 };
  if (!/^augmented-[1-9]\d*$/.test(variant)) throw new Error(`No variant is named ${variant}`);
  return drawAugmentation(new Random(fnv1a(`${photoId} ${variant}`)));
}

/**
 * Some pictures as one batch, each variant of all pictures behind the other.
 *
 * @returns `[variants * pictures, size, size, 3]`, 0 to 255, float32
 */
export function variantBatch(
  pictures: readonly IdentifiedPicture[],
  variants: readonly Variant[],
  size: number,
): tf.Tensor4D {
  const count = variants.length * pictures.length;
  const length = size * size * 3;
  const pixels = new Float32Array(count * length);
  let at = 0;
  for (const variant of variants) {
    for (const { id, rgba } of pictures) {
      augment(rgba, size, augmentationOf(id, variant), pixels.subarray(at, at + length));
      at += length;
    }
  }
  return tf.tensor4d(pixels, [count, size, size, 3]);
}
