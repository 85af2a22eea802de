import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { FrozenNetwork } from '../network/frozen-network.ts';
import { pool } from '../network/global-average-pooling.ts';
import { crossEntropyGradient } from '../optim/cross-entropy.ts';
import type { DenseHead } from '../head/dense-head.ts';
import { dropoutMask } from '../optim/dropout.ts';
import { withDecay, type HeadOptions } from '../head/head-learner.ts';
import { headLogits } from '../head/head-logits.ts';
import type { Random } from '../../platform/random.ts';
import type { Learner, TrainingExample } from '../optim/epoch-loop.ts';
import type { HeadPrior } from '../head/head-prior.ts';
import { loadMean, loadMeanPrior, type TrainingData } from '../features/training-data.ts';
import { boundaryTensor, MICRO_BATCH_PHOTOS } from './boundary-cache.ts';
import type { TrainableNetwork } from './trainable-network.ts';

/** Access to the photos of a fine-tuning. */
export interface TuningData {
  /** Called before each epoch with the variants of the training photos that the epoch trains on. */
  prepareTraining(variants: readonly string[]): Promise<void>;
  /**
   * Loads boundary activations.
   *
   * @returns `[examples, ...inputShape]`, row-major, in the order of the examples; `inputShape` is that
   *   of the tail, `[height, width, channels]`
   */
  boundaries(examples: readonly TrainingExample[]): Promise<Float32Array>;
  /**
   * The features of the photos, computed from the boundary activations.
   *
   * @param network a frozen copy of the tail
   */
  through(network: FrozenNetwork): TrainingData;
}

/**
 * Trains the top of the base together with the head, as in Keras after
 * `for layer in base.layers[:100]: layer.trainable = False`, with batch normalization in inference
 * mode, dropout and cross-entropy from logits.
 */
export class TailLearner implements Learner {
  readonly variables: readonly tf.Variable[];
  readonly #tail: TrainableNetwork;
  readonly #head: DenseHead;
  readonly #data: TuningData;
  readonly #options: HeadOptions;
  readonly #watch: DeviceWatch;
  readonly #prior: HeadPrior | undefined;

  /** @param prior adds its part of the logits, and its gradient to that of the tail's output */
  constructor(
    tail: TrainableNetwork,
    head: DenseHead,
    data: TuningData,
    options: HeadOptions,
    watch: DeviceWatch,
    prior?: HeadPrior,
  ) {
    this.#prior = prior;
    this.variables = [...tail.parameters.map(({ variable }) => variable), head.kernel, head.bias];
    this.#tail = tail;
    this.#head = head;
    this.#data = data;
    this.#options = options;
    this.#watch = watch;
  }

  prepare(variants: readonly string[]): Promise<void> {
    return this.#data.prepareTraining(variants);
  }

  async gradients(
    examples: readonly TrainingExample[],
    random: Random,
  ): Promise<{ logits: tf.Tensor2D; gradients: readonly tf.Tensor[] }> {
    const logits: tf.Tensor2D[] = [];
    let sums: readonly tf.Tensor[] = [];
    try {
      for (let at = 0; at < examples.length; at += MICRO_BATCH_PHOTOS) {
        const microBatch = examples.slice(at, at + MICRO_BATCH_PHOTOS);
        const boundaries = await this.#data.boundaries(microBatch);
        const part = this.#microBatchGradients(microBatch, boundaries, examples.length, random);
        logits.push(part.logits);
        sums = sums.length === 0 ? part.gradients : added(sums, part.gradients);
      }
      const [dkernel, dbias] = sums.slice(-2) as [tf.Tensor, tf.Tensor];
      const result = tf.tidy(() => {
        const decayed = withDecay(dkernel, this.#head.kernel, this.#options.l2);
        return { logits: tf.concat(logits), gradients: [...sums.slice(0, -2), decayed, dbias] };
      });
      if (!result.gradients.includes(dkernel)) dkernel.dispose();
      return result;
    } catch (thrown) {
      tf.dispose([...sums]);
      throw thrown;
    } finally {
      tf.dispose(logits);
    }
  }

  async validate(): Promise<Float32Array> {
    const network = this.#tail.freeze();
    try {
      const data = this.#data.through(network);
      const features = await loadMean(data, 'validation', this.#options.askedVariants);
      const prior = await loadMeanPrior(data, 'validation', this.#options.askedVariants);
      return await headLogits(this.#head, features, this.#watch, prior);
    } finally {
      network.dispose();
    }
  }

  /**
   * A forward and a backward pass through the tail, the pooling and the head. With `dz` from
   * `crossEntropyGradient`, the gradients of the head are `dkernel = x^T dz`, `dbias = sum(dz)` and
   * `dx = dz kernel^T`; the gradient of global average pooling is `dx / (h w)` for each pixel.
   *
   * @param batchSize examples in the whole batch, over which the loss is the mean
   */
  #microBatchGradients(
    examples: readonly TrainingExample[],
    boundaries: Float32Array,
    batchSize: number,
    random: Random,
  ): { logits: tf.Tensor2D; gradients: tf.Tensor[] } {
    const { dropout, weights } = this.#options;
    return tf.tidy(() => {
      const activations = this.#tail.forward(boundaryTensor(this.#tail.inputShape, boundaries));
      const output = activations.get(this.#tail.output)!;
      const pooled = pool(output);
      const mask = dropout > 0 && dropoutMask(pooled.size, dropout, random);
      const factors = mask && tf.tensor2d(mask, pooled.shape);
      const x = factors ? tf.mul<tf.Tensor2D>(pooled, factors) : pooled;
      const learned = this.#head.logits(x);
      const prior = this.#prior;
      const logits = prior ? tf.add<tf.Tensor2D>(learned, prior.logits(output).logits) : learned;
      const labels = examples.map(({ label }) => label);
      const dz = crossEntropyGradient(logits, labels, batchSize, weights);
      const dx = tf.matMul(dz, this.#head.kernel, false, true);
      const dPooled = factors ? tf.mul(dx, factors) : dx;
      const headGradients = [tf.matMul(x, dz, true), tf.sum(dz, 0)];
      const dUnpooled = unpool(dPooled, output.shape);
      const dOutput = prior ? tf.add(dUnpooled, prior.mapGradient(output, dz)) : dUnpooled;
      const gradients = this.#tail.backward(activations, dOutput);
      return { logits, gradients: [...gradients, ...headGradients] };
    });
  }
}

/** Adds the tensors in pairs; both lists are disposed, also if this throws. */
function added(first: readonly tf.Tensor[], second: readonly tf.Tensor[]): tf.Tensor[] {
  try {
    return tf.tidy(() => first.map((tensor, i) => tf.add(tensor, second[i]!)));
  } finally {
    tf.dispose([...first, ...second]);
  }
}

/**
 * The gradient of global average pooling.
 *
 * @param gradient `[batch, channels]`
 * @param shape of the pooling's input
 */
function unpool(gradient: tf.Tensor, shape: readonly number[]): tf.Tensor {
  if (shape.length !== 4) return tf.clone(gradient);
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const perPixel = tf.div(tf.reshape(gradient, [batch, 1, 1, channels]), height * width);
  return tf.mul(tf.ones([batch, height, width, channels]), perPixel);
}
