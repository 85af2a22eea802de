import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { FrozenNetwork } from '../network/frozen-network.ts';
import { pool } from '../features/global-average-pooling.ts';
import type { TrainingExample } from '../optim/epoch-loop.ts';
import type { TrainingData } from '../features/training-data.ts';
import { boundaryTensor, PHOTOS_AT_ONCE, type BoundaryCache } from './boundary-cache.ts';
import type { TuningData } from './tail-learner.ts';
import type { Split } from '../../records/photo.ts';

interface TunedDataOptions {
  readonly photos: TrainingData['photos'];
  readonly featureLength: number;
  readonly boundaries: BoundaryCache;
  /** Shape of a boundary activation, without the batch. */
  readonly boundaryShape: readonly number[];
  readonly watch: DeviceWatch;
  /** Variants that stay in the cache once an epoch is over. */
  readonly kept: readonly string[];
  /** Where the person may cancel, with the share of the preparation that is done. */
  readonly turn: (share: number) => Promise<void>;
}

/** The photos of a fine-tuning: their boundary activations, and their features on any state of the tail. */
export class TunedData implements TuningData {
  readonly #options: TunedDataOptions;
  #prepared: readonly string[] = [];

  constructor(options: TunedDataOptions) {
    this.#options = options;
  }

  // Computes the boundaries that are not there yet, and drops those of an epoch that is over.
  async prepareTraining(variants: readonly string[]): Promise<void> {
    const { boundaries, photos, kept, turn } = this.#options;
    const over = this.#prepared.filter((each) => !variants.includes(each) && !kept.includes(each));
    if (over.length > 0) await boundaries.forget(over);
    this.#prepared = variants;
    await boundaries.ensure(idsOf(photos.train), variants, turn);
  }

  boundaries(examples: readonly TrainingExample[]): Promise<Float32Array> {
    const { boundaries, photos } = this.#options;
    return boundaries.load(
      examples.map(({ photo, variant }) => ({ photoId: photos.train[photo]!.id, variant })),
    );
  }

  through(network: FrozenNetwork): TrainingData {
    const { photos, featureLength } = this.#options;
    return {
      photos,
      featureLength,
      load: (split, variant) => this.#features(network, split, variant),
    };
  }

  async #features(network: FrozenNetwork, split: Split, variant: string): Promise<Float32Array> {
    const { photos, featureLength, boundaries, boundaryShape, watch, turn } = this.#options;
    const ids = idsOf(photos[split]);
    await boundaries.ensure(ids, [variant], turn);
    const features = new Float32Array(ids.length * featureLength);
    for (let at = 0; at < ids.length; at += PHOTOS_AT_ONCE) {
      const rows = ids.slice(at, at + PHOTOS_AT_ONCE).map((photoId) => ({ photoId, variant }));
      const batch = await boundaries.load(rows);
      const pooled = tf.tidy(() => pool(network.run(boundaryTensor(boundaryShape, batch))));
      try {
        features.set(await watch.read(pooled), at * featureLength);
      } finally {
        pooled.dispose();
      }
    }
    return features;
  }
}

function idsOf(photos: readonly { readonly id: string }[]): string[] {
  return photos.map(({ id }) => id);
}
