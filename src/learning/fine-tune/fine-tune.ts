import * as tf from '@tensorflow/tfjs-core';
import type { GpuWatch } from '../backend/gpu-watch.ts';
import { binaryMetrics } from '../evaluate/metrics.ts';
import type { DenseHead } from '../head/dense-head.ts';
import { dropoutMask } from '../head/dropout.ts';
import { Random } from '../head/random.ts';
import type { EpochMetrics } from '../../models/record.ts';
import { Problem } from '../../problem.ts';
import { areFinite, snapshot } from './parameter-values.ts';
import type { TrainableNetwork } from './trainable-network.ts';
import { boundaryTensor, learnPiece, pool } from './training-batch.ts';

/** Photos of one side of the split, as the frozen part of the base left them. */
export interface BoundarySet {
  /** 0 or 1 for each photo. */
  readonly labels: Uint8Array;
  /** Boundary activations of some rows, one behind the other; called batch by batch. */
  load(rows: readonly number[]): Promise<Float32Array>;
}

export interface FineTuning {
  /** Changed in place; as it was when the first epoch does not end well. */
  readonly tail: TrainableNetwork;
  /** Trained already; changed in place. */
  readonly head: DenseHead;
  readonly train: BoundarySet;
  readonly validation: BoundarySet;
  readonly epochs: number;
  readonly batchSize: number;
  /** Photos that the memory holds at once; a batch is learned in pieces of it. `batchSize` unless told. */
  readonly pieceSize?: number;
  /** 1e-5 in the tutorial: a tenth of the head's. */
  readonly learningRate: number;
  /** Share of features that dropout sets to zero. */
  readonly dropout: number;
  readonly seed: number;
  readonly gpu?: GpuWatch | undefined;
  /** Aborting it ends the training between two batches. */
  readonly signal: AbortSignal;
  readonly onEpoch?: (history: readonly EpochMetrics[]) => void;
  /** Share of the training that is done, 0 to 1, after each batch. */
  readonly onProgress?: (share: number) => void;
}

export interface FineTuned {
  readonly history: readonly EpochMetrics[];
  /** The epoch whose weights stay: the one of the lowest validation loss, else the last. */
  readonly epoch: number;
  /** Validation of the head on the base as it was; empty without validation photos. */
  readonly before: Validation;
  /** Whether validation accuracy, and at the same accuracy loss, did not get worse than `before`. */
  readonly notWorse: boolean | undefined;
}

type Validation = Pick<EpochMetrics, 'validationLoss' | 'validationAccuracy'>;

/**
 * Fine-tunes the tail of the base together with the head: as in Keras after
 * `for layer in base.layers[:100]: layer.trainable = False`, with dropout, binary cross-entropy from
 * logits and one Adam for all. Metrics are taken as in `trainHead`. Tail and head end with the
 * weights of the best epoch, also when the training is stopped on the way.
 *
 * @throws Problem `cancelled`, `not-finite`, or `gpu` when the device failed
 */
export async function fineTune(tuning: FineTuning): Promise<FineTuned> {
  const { tail, head, train, epochs, batchSize, gpu, signal } = tuning;
  const variables = [...tail.parameters.map(({ variable }) => variable), head.kernel, head.bias];
  const optimizer = tf.train.adam(tuning.learningRate);
  const random = new Random(tuning.seed);
  const order = Array.from(train.labels.keys());
  const history: EpochMetrics[] = [];
  let best = { epoch: 0, weights: snapshot(variables) };
  let lowest = Infinity;
  try {
    const before = await validate(tuning);
    for (let epoch = 1; epoch <= epochs; epoch++) {
      random.shuffle(order);
      const seen: number[] = [];
      for (let at = 0; at < order.length; at += batchSize) {
        const rows = order.slice(at, at + batchSize);
        seen.push(...(await learnBatch(tuning, rows, variables, optimizer, random)));
        gpu?.assertHealthy();
        if (!seen.every(Number.isFinite)) throw astray();
        tuning.onProgress?.((epoch - 1 + seen.length / order.length) / epochs);
        // A macrotask: lets a cancel message in.
        await new Promise((resolve) => setTimeout(resolve));
        if (signal.aborted) throw new Problem('cancelled', 'The training was cancelled.');
      }
      const labels = order.map((row) => train.labels[row]!);
      const metrics = { epoch, ...binaryMetrics(seen, labels), ...(await validate(tuning)) };
      const loss = metrics.validationLoss;
      gpu?.assertHealthy();
      if (!Number.isFinite(loss ?? metrics.loss) || !(await areFinite(variables))) throw astray();
      history.push(metrics);
      if (loss === undefined || loss < lowest) {
        tf.dispose(best.weights);
        best = { epoch, weights: snapshot(variables) };
        lowest = loss ?? lowest;
      }
      tuning.onEpoch?.(history);
    }
    return {
      history,
      epoch: best.epoch,
      before,
      notWorse: notWorse(history[best.epoch - 1], before),
    };
  } finally {
    variables.forEach((variable, i) => variable.assign(best.weights[i]!));
    tf.dispose(best.weights);
    optimizer.dispose();
  }
}

/** One Adam step on one batch. @returns its logits from before the step */
async function learnBatch(
  tuning: FineTuning,
  rows: readonly number[],
  variables: readonly tf.Variable[],
  optimizer: tf.AdamOptimizer,
  random: Random,
): Promise<number[]> {
  const { tail, head, train, dropout, batchSize, pieceSize = batchSize } = tuning;
  const featureLength = head.kernel.shape[0];
  const logits: tf.Tensor1D[] = [];
  let sums: readonly tf.Tensor[] | undefined;
  try {
    for (let at = 0; at < rows.length; at += pieceSize) {
      const piece = rows.slice(at, at + pieceSize);
      const learned = learnPiece(tail, head, {
        boundaries: await train.load(piece),
        labels: piece.map((row) => train.labels[row]!),
        mask: dropoutMask(piece.length * featureLength, dropout, random),
        batchSize: rows.length,
      });
      logits.push(learned.logits);
      const before = sums;
      sums = before ? learned.gradients.map((g, i) => tf.add(g, before[i]!)) : learned.gradients;
      if (before) tf.dispose([...before, ...learned.gradients]);
    }
    const gradients = sums!;
    optimizer.applyGradients(variables.map(({ name }, i) => ({ name, tensor: gradients[i]! })));
    const values: number[] = [];
    for (const part of logits) values.push(...(await part.data()));
    return values;
  } finally {
    tf.dispose([...logits, ...(sums ?? [])]);
  }
}

/** Loss and accuracy on the validation photos, by the network as it is used for inference. */
async function validate(tuning: FineTuning): Promise<Validation> {
  const { tail, head, validation, batchSize, pieceSize = batchSize, gpu } = tuning;
  const { labels } = validation;
  if (labels.length === 0) return {};
  const network = tail.freeze();
  const values: number[] = [];
  try {
    for (let at = 0; at < labels.length; at += pieceSize) {
      const rows = Array.from(labels.subarray(at, at + pieceSize), (_, i) => at + i);
      const boundaries = await validation.load(rows);
      const logits = tf.tidy(() =>
        head.logits(pool(network.run(boundaryTensor(tail, boundaries, rows.length)))),
      );
      values.push(...(await logits.data()));
      logits.dispose();
      gpu?.assertHealthy();
    }
  } finally {
    network.dispose();
  }
  const { loss, accuracy } = binaryMetrics(values, labels);
  return { validationLoss: loss, validationAccuracy: accuracy };
}

function notWorse(after: Validation | undefined, before: Validation): boolean | undefined {
  if (after?.validationAccuracy === undefined) return undefined;
  const gain = after.validationAccuracy - before.validationAccuracy!;
  return gain > 0 || (gain === 0 && after.validationLoss! <= before.validationLoss!);
}

function astray(): Problem {
  return new Problem(
    'not-finite',
    'The fine-tuning went astray and was stopped. Your photos and the model before it are safe.',
  );
}
