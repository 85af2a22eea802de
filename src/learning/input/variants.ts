import { Random } from '../../platform/random.ts';
import { augment, drawAugmentation, type Augmentation } from './augment.ts';
import type { PictureBatch, PicturePixels } from './picture-batch.ts';

/**
 * How a picture is augmented before its features are computed; stored with the features. `plain`:
 * not at all; `flip`: mirrored; `augmented-1`, `augmented-2` and so on: random augmentations of the
 * photo.
 */
export type Variant = string;

/** The standard variants: their features are computed for every photo when it is added. */
export const VARIANTS: readonly Variant[] = ['plain', 'flip'];

/** A picture, with the id that seeds its random augmentations. */
interface IdentifiedPicture {
  readonly id: string;
  /** `[size, size, 4]`, 0 to 255 */
  readonly rgba: Uint8ClampedArray;
}

/**
 * The augmentation of a variant of a photo. Random augmentations are seeded with the photo id and
 * the variant, so that they give the same picture on every device.
 *
 * @throws Error if there is no such variant
 */
export function augmentationOf(photoId: string, variant: Variant): Augmentation {
  if (variant === 'plain') return { flip: false, angle: 0 };
  if (variant === 'flip') return { flip: true, angle: 0 };
  if (!/^augmented-[1-9]\d*$/.test(variant)) throw new Error(`No variant is named ${variant}`);
  return drawAugmentation(new Random(fnv1a(`${photoId} ${variant}`)));
}

/**
 * Augments pictures for a batch: all pictures in the first variant, then all in the second, and so
 * on. A mirror image is made when the batch is read.
 *
 * @param size side of the pictures in pixels
 */
export function variantBatch(
  pictures: readonly IdentifiedPicture[],
  variants: readonly Variant[],
  size: number,
): PictureBatch {
  const augmented = variants.flatMap((variant) =>
    pictures.map(({ id, rgba }): PicturePixels => {
      const augmentation = augmentationOf(id, variant);
      const { flip, angle } = augmentation;
      return angle === 0 ? { rgba, flip } : { rgb: augment(rgba, size, augmentation) };
    }),
  );
  return { size, pictures: augmented };
}

/**
 * 32-bit FNV-1a hash of the UTF-8 bytes of a text, unsigned; turns a name into a random seed.
 * https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
 */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
