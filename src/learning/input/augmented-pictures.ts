import { msg } from '../../i18n/msg.ts';
import { getImage } from '../../photos/repository.ts';
import { Problem } from '../../platform/problem.ts';
import { augment } from './augment.ts';
import { photoPixels } from './model-pixels.ts';
import { augmentationOf } from './variants.ts';

/** Side of the pictures in pixels: the input size of TensorFlow's tutorial. */
const SIZE = 160;

/**
 * Renders the first `count` random augmentations of a photo, from variant `augmented-1` on, for
 * display.
 *
 * @returns bitmaps of 160 by 160 pixels; the caller closes them
 * @throws Problem `photo` if the photo's bytes are missing or cannot be decoded
 */
export async function augmentedPictures(photoId: string, count: number): Promise<ImageBitmap[]> {
  const rgba = await pixelsOf(photoId);
  return Promise.all(
    Array.from({ length: count }, (_, i) => {
      const augmentation = augmentationOf(photoId, `augmented-${i + 1}`);
      return createImageBitmap(imageData(augment(rgba, SIZE, augmentation)));
    }),
  );
}

async function pixelsOf(photoId: string): Promise<Uint8ClampedArray> {
  const image = await getImage(photoId);
  if (!image) throw new Problem('photo', msg('This photo is gone.'));
  try {
    return await photoPixels(image.bytes, image.type, SIZE);
  } catch (cause) {
    throw new Problem('photo', msg('This photo cannot be read.'), { cause });
  }
}

/** @param rgb `[SIZE, SIZE, 3]`, 0 to 255 */
function imageData(rgb: Float32Array): ImageData {
  const image = new ImageData(SIZE, SIZE);
  for (let pixel = 0; pixel < SIZE * SIZE; pixel++) {
    // A Uint8ClampedArray rounds the values.
    image.data[4 * pixel] = rgb[3 * pixel]!;
    image.data[4 * pixel + 1] = rgb[3 * pixel + 1]!;
    image.data[4 * pixel + 2] = rgb[3 * pixel + 2]!;
    image.data[4 * pixel + 3] = 255;
  }
  return image;
}
