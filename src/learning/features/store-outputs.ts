import { photoPixels } from '../input/model-pixels.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import { variantBatch, type Variant } from '../input/variants.ts';
import { getImage } from '../../photos/repository.ts';
import type { StoredImage } from '../../storage/schema.ts';
import { furtherVariant, knownVariant, storeFeatures } from './feature-store.ts';

interface OutputWork {
  readonly photoIds: readonly string[];
  readonly variants: readonly Variant[];
  /** Side of the network's input in pixels. */
  readonly inputSize: number;
  /** Pictures (photos times variants) in one forward pass; see `Network.batchPictures`. */
  readonly batchPictures: number;
  /** The id that the outputs are stored under. */
  readonly featureSpaceId: string;
  /**
   * Numbers of each output that are stored apart: at its end the further features, before them the
   * logits of known classes; none by default.
   */
  readonly apart?: { readonly known: number; readonly further: number };
  /**
   * The forward pass.
   *
   * @param pictures of `inputSize`
   * @returns a row for each picture
   * @throws Problem `gpu`
   */
  readonly read: (pictures: PictureBatch) => Promise<Float32Array>;
  readonly onUnreadable: (photoId: string) => void;
  /** Awaited after each batch with the number of photos in it, before the next batch starts. */
  readonly onBatch: (photos: number) => Promise<void>;
}

interface DecodedBatch {
  /** Photos in the batch, including unreadable ones. */
  readonly photos: number;
  readonly pictures: readonly { readonly id: string; readonly rgba: Uint8ClampedArray }[];
}

/**
 * Runs photos through a network and stores the output of each photo and variant. The next batch is
 * read and decoded while the network computes.
 *
 * @throws Problem `gpu`; and whatever `onBatch` throws, which stops the work
 */
export async function storeOutputs(work: OutputWork): Promise<void> {
  const { photoIds, variants, inputSize, featureSpaceId } = work;
  const { known, further } = work.apart ?? { known: 0, further: 0 };
  const batchPhotos = Math.max(1, Math.floor(work.batchPictures / variants.length));
  const decode = (from: number): Promise<DecodedBatch> => {
    const decoding = decodeAll(photoIds.slice(from, from + batchPhotos), work);
    // It may reject before it is awaited, which would report an unhandled rejection. The `await`
    // below still throws the error.
    decoding.catch(() => undefined);
    return decoding;
  };
  let next = decode(0);
  for (let from = 0; from < photoIds.length; from += batchPhotos) {
    const { photos, pictures } = await next;
    next = decode(from + batchPhotos);
    if (pictures.length > 0) {
      const values = await work.read(variantBatch(pictures, variants, inputSize));
      const length = values.length / (variants.length * pictures.length);
      await storeFeatures(
        variants.flatMap((variant, v) =>
          pictures.flatMap(({ id: photoId }, p) => {
            const start = (v * pictures.length + p) * length;
            const end = start + length;
            const furtherAt = end - further;
            const knownAt = furtherAt - known;
            const row = (stored: string, from: number, to: number) =>
              to > from
                ? [
                    {
                      photoId,
                      featureSpaceId,
                      variant: stored,
                      values: values.slice(from, to).buffer,
                    },
                  ]
                : [];
            return [
              ...row(variant, start, knownAt),
              ...row(knownVariant(variant), knownAt, furtherAt),
              ...row(furtherVariant(variant), furtherAt, end),
            ];
          }),
        ),
      );
    }
    await work.onBatch(photos);
  }
}

async function decodeAll(photoIds: readonly string[], work: OutputWork): Promise<DecodedBatch> {
  const pictures: { id: string; rgba: Uint8ClampedArray }[] = [];
  for (const id of photoIds) {
    const image = await getImage(id);
    const rgba = image && (await pixelsOf(image, work.inputSize));
    if (rgba) pictures.push({ id, rgba });
    else work.onUnreadable(id);
  }
  return { photos: photoIds.length, pictures };
}

/** @returns undefined for bytes that cannot be decoded. @throws other errors, such as a lack of memory */
async function pixelsOf(
  { bytes, type }: StoredImage,
  size: number,
): Promise<Uint8ClampedArray | undefined> {
  try {
    return await photoPixels(bytes, type, size);
  } catch (thrown) {
    if (thrown instanceof DOMException) return undefined;
    throw thrown;
  }
}
