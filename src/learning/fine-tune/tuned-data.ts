import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { FrozenNetwork } from '../network/frozen-network.ts';
import { pool } from '../network/global-average-pooling.ts';
import type { TrainingExample } from '../optim/epoch-loop.ts';
import type { TrainingData } from '../features/training-data.ts';
import { boundaryTensor, MICRO_BATCH_PHOTOS, type BoundaryCache } from './boundary-cache.ts';
import type { TuningData } from './tail-learner.ts';
import type { HeadPrior } from '../head/head-prior.ts';
import type { Split } from '../../records/photo.ts';

interface TunedDataOptions {
  readonly photos: TrainingData['photos'];
  readonly featureLength: number;
  readonly prior?: HeadPrior | undefined;
  readonly boundaries: BoundaryCache;
  /** Shape of a boundary activation, without the batch. */
  readonly boundaryShape: readonly number[];
  readonly watch: DeviceWatch;
  /** Variants whose boundary activations stay cached after an epoch. */
  readonly cachedVariants: readonly string[];
  /**
   * Awaited while boundary activations are computed, with the fraction that is done, 0 to 1; the
   * work stops if it rejects.
   */
  readonly onProgress: (fraction: number) => Promise<void>;
}

/** The photos of a fine-tuning: boundary activations, and features for any state of the tail. */
export class TunedData implements TuningData {
  readonly #options: TunedDataOptions;
  #prepared: readonly string[] = [];

  constructor(options: TunedDataOptions) {
    this.#options = options;
  }

  // Deletes the boundary activations that only the previous epoch needed, and computes missing
  // ones.
  async prepareTraining(variants: readonly string[]): Promise<void> {
    const { boundaries, photos, cachedVariants, onProgress } = this.#options;
    const stale = this.#prepared.filter(
      (each) => !variants.includes(each) && !cachedVariants.includes(each),
    );
    if (stale.length > 0) await boundaries.delete(stale);
    this.#prepared = variants;
    await boundaries.ensure(idsOf(photos.train), variants, onProgress);
  }

  boundaries(examples: readonly TrainingExample[]): Promise<Float32Array> {
    const { boundaries, photos } = this.#options;
    return boundaries.load(
      examples.map(({ photo, variant }) => ({ photoId: photos.train[photo]!.id, variant })),
    );
  }

  through(network: FrozenNetwork): TrainingData {
    const { photos, featureLength, prior } = this.#options;
    // Both come from one forward pass, and the prior is small.
    const priors = new Map<string, Float32Array>();
    const load = async (split: Split, variant: string) => {
      const { features, logits } = await this.#outputs(network, split, variant);
      priors.set(`${split} ${variant}`, logits);
      return features;
    };
    return {
      photos,
      featureLength,
      lastMapLength: featureLength,
      load,
      ...(prior && {
        loadPrior: async (split: Split, variant: string) => {
          const key = `${split} ${variant}`;
          if (!priors.has(key)) await load(split, variant);
          return priors.get(key)!.slice();
        },
      }),
    };
  }

  /** @returns the features, and the prior's part of the logits, empty without a prior */
  async #outputs(
    network: FrozenNetwork,
    split: Split,
    variant: string,
  ): Promise<{ features: Float32Array; logits: Float32Array }> {
    const { photos, featureLength, prior, boundaries, boundaryShape, watch, onProgress } =
      this.#options;
    const ids = idsOf(photos[split]);
    await boundaries.ensure(ids, [variant], onProgress);
    const features = new Float32Array(ids.length * featureLength);
    const priors: Float32Array[] = [];
    for (let at = 0; at < ids.length; at += MICRO_BATCH_PHOTOS) {
      const rows = ids.slice(at, at + MICRO_BATCH_PHOTOS).map((photoId) => ({ photoId, variant }));
      const batch = await boundaries.load(rows);
      const outputs = tf.tidy(() => {
        const map = network.run(boundaryTensor(boundaryShape, batch));
        return [pool(map), ...(prior ? [prior.logits(map).logits] : [])];
      });
      try {
        features.set(await watch.read(outputs[0]!), at * featureLength);
        if (outputs[1]) priors.push(await watch.read(outputs[1]));
      } finally {
        tf.dispose(outputs);
      }
    }
    const logits = Float32Array.from(priors.flatMap((part) => [...part]));
    return { features, logits };
  }
}

function idsOf(photos: readonly { readonly id: string }[]): string[] {
  return photos.map(({ id }) => id);
}
