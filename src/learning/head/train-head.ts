import * as tf from '@tensorflow/tfjs-core';
import type { GpuWatch } from '../backend/gpu-watch.ts';
import { binaryMetrics } from '../evaluate/metrics.ts';
import type { EpochMetrics, Hyperparameters } from '../../models/record.ts';
import { Problem } from '../../problem.ts';
import { Adam } from './adam.ts';
import { DenseHead } from './dense-head.ts';
import { dropoutMask } from './dropout.ts';
import { Random } from './random.ts';
import { learningRateAt } from './schedule.ts';

/** Features `[count, featureLength]`, row behind row, and a label 0 or 1 for each row. */
export interface LabelledFeatures {
  readonly features: Float32Array;
  readonly labels: Uint8Array;
}

export interface HeadTraining {
  readonly featureLength: number;
  readonly train: LabelledFeatures;
  readonly validation: LabelledFeatures;
  readonly hyperparameters: Hyperparameters;
  readonly gpu?: GpuWatch | undefined;
  /** Aborting it ends the training between two epochs. */
  readonly signal: AbortSignal;
  readonly onEpoch: (history: readonly EpochMetrics[]) => void;
}

/**
 * Trains a head on features: dropout, `Dense(1)`, binary cross-entropy from logits, Adam. The loop
 * is ours and not `model.fit`, so that it can be cancelled, reports as it goes, and stops at a loss
 * that is no number.
 *
 * As in Keras, an epoch's training loss and accuracy are means over its batches while they were
 * learned from, with dropout; those of validation are taken at its end, without.
 *
 * @returns the head, which is the caller's
 * @throws Problem `cancelled` or `not-finite`
 */
export async function trainHead(
  training: HeadTraining,
): Promise<{ head: DenseHead; history: EpochMetrics[] }> {
  const { featureLength, train, validation, hyperparameters, gpu, signal } = training;
  const { epochs, batchSize, dropout, l2, seed } = hyperparameters;
  const random = new Random(seed);
  const head = DenseHead.create(featureLength, random);
  const optimizer = new Adam([head.kernel, head.bias]);
  const trainFeatures = matrix(train, featureLength);
  // A tensor without rows is more than some kernels can take.
  const validationFeatures =
    validation.labels.length > 0 ? matrix(validation, featureLength) : undefined;
  const history: EpochMetrics[] = [];
  const order = Array.from(train.labels.keys());
  const steps = epochs * Math.ceil(order.length / batchSize);
  let taken = 0;
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      random.shuffle(order);
      const logits: tf.Tensor1D[] = [];
      for (let at = 0; at < order.length; at += batchSize) {
        const rows = order.slice(at, at + batchSize);
        const mask = dropoutMask(rows.length * featureLength, dropout, random);
        const batch = { features: trainFeatures, rows, labels: train.labels, mask };
        const rate = learningRateAt(taken++, steps, hyperparameters);
        logits.push(step(head, optimizer, batch, rate, l2));
      }
      // One readback an epoch: the logits of training, then those of validation.
      const all = tf.tidy(() =>
        tf.concat(validationFeatures ? [...logits, head.logits(validationFeatures)] : logits),
      );
      tf.dispose(logits);
      const values = await all.data();
      all.dispose();
      gpu?.assertHealthy();
      const seen = values.subarray(0, order.length);
      const trainMetrics = binaryMetrics(
        seen,
        order.map((row) => train.labels[row]!),
      );
      const metrics: EpochMetrics = {
        epoch,
        ...trainMetrics,
        ...validationMetrics(values.subarray(order.length), validation.labels),
      };
      if (!Number.isFinite(metrics.loss)) {
        throw new Problem(
          'not-finite',
          'The training went astray and was stopped. Your photos and the model before it are safe.',
        );
      }
      history.push(metrics);
      training.onEpoch(history);
      // A macrotask: lets a cancel message in.
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) throw new Problem('cancelled', 'The training was cancelled.');
    }
    return { head, history };
  } catch (thrown) {
    head.dispose();
    throw thrown;
  } finally {
    optimizer.dispose();
    trainFeatures.dispose();
    validationFeatures?.dispose();
  }
}

/** Some rows of the features, and the dropout that they pass. */
interface Batch {
  readonly features: tf.Tensor2D;
  readonly rows: readonly number[];
  readonly labels: Uint8Array;
  readonly mask: Float32Array | undefined;
}

/**
 * One Adam step on one batch. The gradient of the mean binary cross-entropy from logits is
 * `dz = (sigmoid(z) - y) / batch`, so `dkernel = x^T dz + l2 kernel` and `dbias = sum(dz)`: written
 * out, it takes eight operations where automatic differentiation takes thirty.
 *
 * @returns the batch's logits from before the step, `[batch]`
 */
function step(
  head: DenseHead,
  optimizer: Adam,
  { features, rows, labels, mask }: Batch,
  learningRate: number,
  l2: number,
): tf.Tensor1D {
  return tf.tidy(() => {
    const batch = tf.gather(features, tf.tensor1d([...rows], 'int32'));
    const x = mask ? tf.mul<tf.Tensor2D>(batch, tf.tensor2d(mask, batch.shape)) : batch;
    const y = tf.tensor1d(
      rows.map((row) => labels[row]!),
      'float32',
    );
    const logits = head.logits(x);
    const dz = tf.div(tf.sub(tf.sigmoid(logits), y), rows.length);
    const dkernel = tf.matMul(x, tf.reshape(dz, [-1, 1]), true);
    const dbias = tf.reshape(tf.sum(dz), [1]);
    const decay = l2 === 0 ? dkernel : tf.add(dkernel, tf.mul(head.kernel, l2));
    optimizer.step([decay, dbias], learningRate);
    return logits;
  });
}

function matrix({ features, labels }: LabelledFeatures, featureLength: number): tf.Tensor2D {
  return tf.tensor2d(features, [labels.length, featureLength]);
}

function validationMetrics(
  logits: ArrayLike<number>,
  labels: Uint8Array,
): Pick<EpochMetrics, 'validationLoss' | 'validationAccuracy'> {
  if (labels.length === 0) return {};
  const { loss, accuracy } = binaryMetrics(logits, labels);
  return { validationLoss: loss, validationAccuracy: accuracy };
}
