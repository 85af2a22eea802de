import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { Hyperparameters } from '../../records/model.ts';
import type { Learner, TrainingExample } from '../optim/epoch-loop.ts';
import { loadMean, type TrainingData } from '../features/training-data.ts';
import { crossEntropyGradient } from '../optim/cross-entropy.ts';
import type { DenseHead } from './dense-head.ts';
import { applyDropout } from '../optim/dropout.ts';
import { headLogits } from './head-logits.ts';
import type { Random } from '../../platform/random.ts';

export interface HeadOptions extends Pick<Hyperparameters, 'dropout' | 'l2' | 'askedVariants'> {
  /** What a photo of each class counts in the loss; 1 unless told. */
  readonly weights?: readonly number[] | undefined;
}

interface HeadLearnerOptions extends HeadOptions {
  /** Taken off every feature vector, `[featureLength]`; the caller folds it into the head afterwards. */
  readonly mean?: Float32Array | undefined;
}

/**
 * A head that learns from features: dropout, `Dense`, cross-entropy from logits, L2. The features
 * stay in main memory, and each batch is uploaded on its own, so that a GPU holds no more of two
 * thousand photos than of two hundred.
 */
export class HeadLearner implements Learner {
  readonly variables: readonly tf.Variable[];
  readonly #head: DenseHead;
  readonly #data: TrainingData;
  readonly #options: HeadLearnerOptions;
  readonly #watch: DeviceWatch;
  /** Training features of the variants of this epoch. */
  readonly #features = new Map<string, Float32Array>();
  #validation: Promise<Float32Array> | undefined;

  constructor(
    head: DenseHead,
    data: TrainingData,
    options: HeadLearnerOptions,
    watch: DeviceWatch,
  ) {
    this.variables = [head.kernel, head.bias];
    this.#head = head;
    this.#data = data;
    this.#options = options;
    this.#watch = watch;
  }

  async prepare(variants: readonly string[]): Promise<void> {
    for (const variant of this.#features.keys()) {
      if (!variants.includes(variant)) this.#features.delete(variant);
    }
    for (const variant of variants) {
      if (this.#features.has(variant)) continue;
      this.#features.set(variant, this.#centred(await this.#data.load('train', variant)));
    }
  }

  /**
   * With `dz` from `crossEntropyGradient`, `dkernel = x^T dz + l2 kernel` and `dbias = sum(dz)`:
   * written out, a step takes eight operations where automatic differentiation takes thirty.
   */
  gradients(
    examples: readonly TrainingExample[],
    random: Random,
  ): Promise<{ logits: tf.Tensor2D; gradients: tf.Tensor[] }> {
    const { dropout, l2, weights } = this.#options;
    const batch = this.#batch(examples);
    applyDropout(batch, dropout, random);
    const learned = tf.tidy(() => {
      const x = tf.tensor2d(batch, [examples.length, this.#data.featureLength]);
      const logits = this.#head.logits(x);
      const labels = examples.map(({ label }) => label);
      const dz = crossEntropyGradient(logits, labels, examples.length, weights);
      const dkernel = withDecay(tf.matMul(x, dz, true), this.#head.kernel, l2);
      return { logits, gradients: [dkernel, tf.sum(dz, 0)] };
    });
    return Promise.resolve(learned);
  }

  async validate(): Promise<Float32Array> {
    this.#validation ??= loadMean(this.#data, 'validation', this.#options.askedVariants).then(
      (features) => this.#centred(features),
    );
    return headLogits(this.#head, await this.#validation, this.#watch);
  }

  /** In place. */
  #centred(features: Float32Array): Float32Array {
    const { mean } = this.#options;
    if (mean) for (let i = 0; i < features.length; i++) features[i]! -= mean[i % mean.length]!;
    return features;
  }

  #batch(examples: readonly TrainingExample[]): Float32Array {
    const length = this.#data.featureLength;
    const batch = new Float32Array(examples.length * length);
    examples.forEach(({ photo, variant }, row) => {
      const features = this.#features.get(variant)!;
      batch.set(features.subarray(photo * length, (photo + 1) * length), row * length);
    });
    return batch;
  }
}

/** Adds the gradient of `l2 / 2` times the kernel's squared norm. */
export function withDecay(gradient: tf.Tensor, kernel: tf.Tensor, l2: number): tf.Tensor {
  return l2 === 0 ? gradient : tf.tidy(() => tf.add(gradient, tf.mul(kernel, l2)));
}
