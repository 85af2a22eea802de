import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { FrozenNetwork } from '../network/frozen-network.ts';
import { preprocess } from '../network/preprocess.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { deleteFeatures, loadRows, storedVariants } from '../features/feature-store.ts';
import { boundarySpaceId } from '../features/feature-space-id.ts';
import { storeOutputs } from '../features/store-outputs.ts';

/** Photos whose activations the memory holds at once; a batch is learned in pieces of it. */
export const PHOTOS_AT_ONCE = 16;

/**
 * Boundary activations: what the frozen part of the base makes of each photo, computed once and kept
 * in the database, so that fine-tuning neither computes them each epoch nor holds them all in memory.
 */
export class BoundaryCache {
  readonly #frozen: FrozenNetwork;
  readonly #extractor: FeatureExtractor;
  readonly #watch: DeviceWatch;
  readonly #featureSpaceId: string;
  readonly #length: number;

  /**
   * @param frozen from the pixels to the boundary; the cache's own
   * @param boundary the layer whose output it is, and its shape without the batch
   */
  constructor(
    frozen: FrozenNetwork,
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
   * Computes what is not there yet.
   *
   * @param turn called after each batch with the share that is done; what it throws ends the work
   */
  async ensure(
    photoIds: readonly string[],
    variants: readonly string[],
    turn: (share: number) => Promise<void>,
  ): Promise<void> {
    const stored = await storedVariants(this.#featureSpaceId);
    for (const [v, variant] of variants.entries()) {
      const missing = photoIds.filter((id) => !stored.get(id)?.has(variant));
      let done = 0;
      await storeOutputs({
        photoIds: missing,
        variants: [variant],
        inputSize: this.#extractor.inputSize,
        featureSpaceId: this.#featureSpaceId,
        run: (pixels) => this.#frozen.run(preprocess(pixels, this.#extractor.spec)),
        watch: this.#watch,
        // `load` says which one is missing.
        onUnreadable: () => undefined,
        onBatch: (photos) => {
          done += photos;
          return turn((v + done / missing.length) / variants.length);
        },
      });
    }
  }

  /**
   * @returns one row a photo and variant
   * @throws Problem `gone` when one is not there
   */
  load(rows: readonly { readonly photoId: string; readonly variant: string }[]) {
    return loadRows(this.#featureSpaceId, rows, this.#length);
  }

  /** Forgets some variants; all of them unless told. */
  forget(variants?: readonly string[]): Promise<void> {
    return deleteFeatures(this.#featureSpaceId, variants);
  }

  dispose(): void {
    this.#frozen.dispose();
  }
}

/** `[count, ...shape]` */
export function boundaryTensor(shape: readonly number[], boundaries: Float32Array): tf.Tensor {
  const length = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(boundaries, [boundaries.length / length, ...shape]);
}
