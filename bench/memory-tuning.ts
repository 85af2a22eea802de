import * as tf from '@tensorflow/tfjs-core';
import type { TrainingData } from '../src/learning/features/training-data.ts';
import { pool } from '../src/learning/network/global-average-pooling.ts';
import { boundaryTensor, MICRO_BATCH_PHOTOS } from '../src/learning/fine-tune/boundary-cache.ts';
import type { SplitNetwork } from '../src/learning/fine-tune/split-network.ts';
import type { TuningData } from '../src/learning/fine-tune/tail-learner.ts';
import type { HeadPrior } from '../src/learning/head/head-prior.ts';
import { pixelTensor } from '../src/learning/input/picture-batch.ts';
import { VARIANTS } from '../src/learning/input/variants.ts';
import type { FrozenNetwork } from '../src/learning/network/frozen-network.ts';
import type { TrainingExample } from '../src/learning/optim/epoch-loop.ts';
import type { Split } from '../src/records/photo.ts';
import type { PhotoPixels } from './photo-pixels.ts';

const BATCH = 8;

/** Boundary activations of all photos in both variants, in memory. */
export class Boundaries {
  readonly shape: readonly number[];
  readonly #values = new Map<string, Float32Array[]>();

  /**
   * @param network its frozen part computes them
   * @param size side of the photos in pixels
   */
  constructor(photos: readonly PhotoPixels[], size: number, { frozen, tail }: SplitNetwork) {
    this.shape = tail.inputShape;
    const length = this.shape.reduce((a, b) => a * b, 1);
    for (const variant of VARIANTS) {
      const rows: Float32Array[] = [];
      for (let at = 0; at < photos.length; at += BATCH) {
        const pictures = photos
          .slice(at, at + BATCH)
          .map(({ rgba }) => ({ rgba, flip: variant === 'flip' }));
        const values = tf.tidy(() => {
          const pixels = pixelTensor({ size, pictures });
          return frozen.run(tf.sub(tf.div(pixels, 127.5), 1)).dataSync<'float32'>();
        });
        pictures.forEach((_, i) => rows.push(values.slice(i * length, (i + 1) * length)));
      }
      this.#values.set(variant, rows);
    }
  }

  /** @returns one row for each photo */
  of(rows: readonly { readonly photo: number; readonly variant: string }[]): Float32Array {
    const length = this.shape.reduce((a, b) => a * b, 1);
    const values = new Float32Array(rows.length * length);
    rows.forEach(({ photo, variant }, i) => {
      values.set(this.#values.get(variant)![photo]!, i * length);
    });
    return values;
  }
}

/** Some photos of `Boundaries` as a training of the app sees them; those for testing are validated. */
export class MemoryTuning implements TuningData {
  readonly photos: TrainingData['photos'];
  readonly #boundaries: Boundaries;
  readonly #rows: Readonly<Record<Split, readonly number[]>>;
  readonly #prior: HeadPrior | undefined;

  /** @param train indices of photos, as `validation` */
  constructor(
    all: readonly PhotoPixels[],
    boundaries: Boundaries,
    {
      train,
      validation,
    }: { readonly train: readonly number[]; readonly validation: readonly number[] },
    prior: HeadPrior | undefined,
  ) {
    this.#boundaries = boundaries;
    this.#rows = { train, validation, test: [] };
    this.#prior = prior;
    const planned = (rows: readonly number[]) =>
      rows.map((row) => ({ id: String(row), label: all[row]!.label }));
    this.photos = { train: planned(train), validation: planned(validation), test: [] };
  }

  prepareTraining(): Promise<void> {
    return Promise.resolve();
  }

  boundaries(examples: readonly TrainingExample[]): Promise<Float32Array> {
    const rows = examples.map(({ photo, variant }) => {
      return { photo: this.#rows.train[photo]!, variant };
    });
    return Promise.resolve(this.#boundaries.of(rows));
  }

  through(network: FrozenNetwork): TrainingData {
    const kept = new Map<string, { features: Float32Array; logits: Float32Array }>();
    const outputs = (split: Split, variant: string) => {
      const key = `${split} ${variant}`;
      const found = kept.get(key) ?? this.#outputs(network, split, variant);
      kept.set(key, found);
      return found;
    };
    return {
      featureLength: 1280,
      lastMapLength: 1280,
      photos: this.photos,
      load: (split, variant) => Promise.resolve(outputs(split, variant).features.slice()),
      ...(this.#prior && {
        loadPrior: (split: Split, variant: string) =>
          Promise.resolve(outputs(split, variant).logits.slice()),
      }),
    };
  }

  #outputs(network: FrozenNetwork, split: Split, variant: string) {
    const features: number[] = [];
    const logits: number[] = [];
    const all = this.#rows[split].map((photo) => ({ photo, variant }));
    for (let at = 0; at < all.length; at += MICRO_BATCH_PHOTOS) {
      const boundaries = this.#boundaries.of(all.slice(at, at + MICRO_BATCH_PHOTOS));
      tf.tidy(() => {
        const map = network.run(boundaryTensor(this.#boundaries.shape, boundaries));
        for (const value of pool(map).dataSync<'float32'>()) features.push(value);
        if (this.#prior) logits.push(...this.#prior.logits(map).logits.dataSync<'float32'>());
      });
    }
    return { features: Float32Array.from(features), logits: Float32Array.from(logits) };
  }
}
