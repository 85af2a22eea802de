import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { Network } from '../network/network.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { deleteFeatures, loadRows, storedVariants } from '../features/feature-store.ts';
import { boundarySpaceId } from '../features/feature-space-id.ts';
import { storeOutputs } from '../features/store-outputs.ts';

/**
 * Photos whose boundary activations are in memory at once; a larger batch is trained in
 * micro-batches of this size.
 */
export const MICRO_BATCH_PHOTOS = 16;

/**
 * Caches boundary activations, the output of the base's frozen part for each photo, in the
 * database. Fine-tuning then neither computes them in each epoch nor holds them all in memory.
 */
export class BoundaryCache {
  readonly #frozen: Network;
  readonly #extractor: FeatureExtractor;
  readonly #watch: DeviceWatch;
  readonly #featureSpaceId: string;
  readonly #length: number;

  /**
   * @param frozen the network from the pixels to the boundary; `dispose` disposes it
   * @param boundary Keras name of the last frozen layer, and its output shape without the batch
   */
  constructor(
    frozen: Network,
    boundary: { readonly name: string; readonly shape: readonly number[] },
    extractor: FeatureExtractor,
    watch: DeviceWatch,
  ) {
    this.#frozen = frozen;
    this.#extractor = extractor;
    this.#watch = watch;
    this.#featureSpaceId = boundarySpaceId(extractor.featureSpaceId, boundary.name);
    this.#length = boundary.shape.reduce((a, b) => a * b, 1);
  }

  /**
   * Computes the boundary activations that are not cached yet.
   *
   * @param onProgress awaited after each batch with the fraction that is done, 0 to 1; the work
   *   stops if it rejects
   */
  async ensure(
    photoIds: readonly string[],
    variants: readonly string[],
    onProgress: (fraction: number) => Promise<void>,
  ): Promise<void> {
    const stored = await storedVariants(this.#featureSpaceId);
    for (const [v, variant] of variants.entries()) {
      const missing = photoIds.filter((id) => !stored.get(id)?.has(variant));
      let done = 0;
      await storeOutputs({
        photoIds: missing,
        variants: [variant],
        inputSize: this.#extractor.inputSize,
        batchPictures: this.#frozen.batchPictures,
        featureSpaceId: this.#featureSpaceId,
        read: async (pictures) =>
          (await this.#watch.answer(() => this.#frozen.map(pictures))).values,
        // `load` reports the photo that is missing.
        onUnreadable: () => undefined,
        onBatch: (photos) => {
          done += photos;
          return onProgress((v + done / missing.length) / variants.length);
        },
      });
    }
  }

  /**
   * Loads cached boundary activations.
   *
   * @returns `[rows.length, numbers per activation]`, row-major
   * @throws Problem `gone` if one is not cached
   */
  load(rows: readonly { readonly photoId: string; readonly variant: string }[]) {
    return loadRows(this.#featureSpaceId, rows, this.#length);
  }

  /**
   * Deletes cached activations.
   *
   * @param variants the variants to delete; all by default
   */
  delete(variants?: readonly string[]): Promise<void> {
    return deleteFeatures(this.#featureSpaceId, variants);
  }

  dispose(): void {
    this.#frozen.dispose();
  }
}

/**
 * Converts loaded boundary activations to a tensor.
 *
 * @param shape of one activation, without the batch
 * @returns `[count, ...shape]`
 */
export function boundaryTensor(shape: readonly number[], boundaries: Float32Array): tf.Tensor {
  const length = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(boundaries, [boundaries.length / length, ...shape]);
}
