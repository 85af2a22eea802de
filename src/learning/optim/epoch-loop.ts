import * as tf from '@tensorflow/tfjs-core';
import { msg } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { classMetrics } from '../evaluate/metrics.ts';
import { Adam } from './adam.ts';
import type { Random } from '../../platform/random.ts';
import { learningRateAt } from './schedule.ts';
import type { EpochMetrics, Hyperparameters, Validation } from '../../records/model.ts';
import { Problem } from '../../platform/problem.ts';
import type { RunControl } from '../../platform/run-control.ts';
import { allFinite } from '../../platform/all-finite.ts';
import { packState, unpackState } from './state-bytes.ts';
import type { EpochState } from '../../records/checkpoint.ts';

/** One variant of one training photo. */
export interface TrainingExample {
  /** Index of the photo among the training photos. */
  readonly photo: number;
  readonly variant: string;
  /** Index of the photo's class. */
  readonly label: number;
}

/** A trainable model, as the training loop sees it. */
export interface Learner {
  /** The trainable variables; their creator disposes them. */
  readonly variables: readonly tf.Variable[];
  /** Called before each epoch with the variants that the epoch trains on. */
  prepare(variants: readonly string[]): Promise<void>;
  /**
   * Gradients of the mean cross-entropy of one batch, with dropout.
   *
   * @returns logits `[examples, outputs]` and a gradient for each variable; the caller disposes
   *   them
   */
  gradients(
    examples: readonly TrainingExample[],
    random: Random,
  ): Promise<{ logits: tf.Tensor2D; gradients: readonly tf.Tensor[] }>;
  /** Logits of the validation photos, `[photos, outputs]`, without dropout. */
  validate(): Promise<ArrayLike<number>>;
}

/** How long an epoch took. */
export interface EpochTiming {
  /** Training examples in the epoch. */
  readonly examples: number;
  /** Time of the optimizer steps alone, in seconds. */
  readonly trainSeconds: number;
  /** Time of the whole epoch, with preparation, validation and checkpoint, in seconds. */
  readonly totalSeconds: number;
}

/** What `runEpochs` needs. */
export interface EpochLoop {
  readonly learner: Learner;
  /** Class index of each training photo and of each validation photo. */
  readonly labels: { readonly train: readonly number[]; readonly validation: readonly number[] };
  readonly hyperparameters: Pick<
    Hyperparameters,
    'epochs' | 'batchSize' | 'learningRate' | 'schedule'
  >;
  /** Variants that an epoch trains on; the first epoch is 1. */
  readonly variantsOf: (epoch: number) => readonly string[];
  /** Which weights to keep: of the last epoch, or of the epoch with the lowest validation loss. */
  readonly keep: 'last' | 'best';
  /**
   * Whether to read the logits after each batch instead of once per epoch, so that the loop can be
   * paused between slow batches.
   */
  readonly readEachBatch: boolean;
  /**
   * Determines the order of the examples and the dropout; in a resumed loop, in the state of
   * `resume`.
   */
  readonly random: Random;
  readonly watch: DeviceWatch;
  readonly control: RunControl;
  /** Called after each epoch with the metrics of all epochs so far. */
  readonly onEpoch: (history: readonly EpochMetrics[]) => void;
  /**
   * Called after each batch, if `readEachBatch`, with the fraction of the epoch that is done, 0 to
   * 1.
   */
  readonly onBatch?: (epoch: number, fraction: number) => void;
  /** Called after each epoch with its duration, including pauses. */
  readonly onTimed?: (timing: EpochTiming) => void;
  /** Called after each epoch with the state of the loop; resolves when the state is stored. */
  readonly onCheckpoint?: (state: EpochState, bytes: ArrayBuffer) => Promise<void>;
  /** A checkpoint to resume from; the result is the same as without the interruption. */
  readonly resume?: { readonly state: EpochState; readonly bytes: ArrayBuffer } | undefined;
}

/** What came out of `runEpochs`. */
export interface EpochResult {
  readonly history: readonly EpochMetrics[];
  /** The epoch whose weights the variables hold. */
  readonly epoch: number;
  /** Validation metrics before the first step; empty unless `keep` is `best`. */
  readonly before: Validation;
  /** The epoch in which the loss became NaN or infinite; the weights are those from before it. */
  readonly divergedAtEpoch?: number;
}

/**
 * The training loop: shuffled batches, Adam, metrics, a checkpoint after each epoch. It replaces
 * `model.fit` because it can be paused, cancelled and resumed bit for bit. If the loss becomes NaN
 * or infinite, it stops with the weights of the epoch before.
 *
 * As in Keras, the training loss and accuracy of an epoch are means over its batches during
 * training, with dropout; validation follows at the end of the epoch, without dropout.
 *
 * @throws Problem `cancelled`, `gpu`, or `not-finite` if the training diverged and there are no
 *   earlier weights: in the first epoch, or without both `onCheckpoint` and `keep: 'best'`
 */
export async function runEpochs(loop: EpochLoop): Promise<EpochResult> {
  const { learner, hyperparameters, random, watch, resume } = loop;
  const keepsBest = loop.keep === 'best';
  const optimizer = new Adam(learner.variables, resume?.state.steps);
  const trained = [...learner.variables, ...optimizer.moments];
  const history = [...(resume?.state.history ?? [])];
  const best = { epoch: resume?.state.best ?? 0, weights: new Float32Array() };
  let lastGood: Float32Array<ArrayBuffer> | undefined;
  try {
    if (resume) {
      const state = new Float32Array(resume.bytes);
      const size = sizeOf(trained);
      lastGood = state.slice(0, size);
      best.weights = state.slice(size);
      unpackState(trained, lastGood);
    } else if (keepsBest) {
      best.weights = await packState(learner.variables, watch);
    }
    const before =
      resume?.state.before ?? (keepsBest ? await validation(loop.learner, loop.labels) : {});
    let divergedAtEpoch: number | undefined;
    for (let epoch = history.length + 1; epoch <= hyperparameters.epochs; epoch++) {
      const started = performance.now();
      const { metrics, examples, trainSeconds } = await runEpoch(loop, optimizer, epoch);
      const packed = loop.onCheckpoint || keepsBest ? await packState(trained, watch) : undefined;
      // On wasm a fused ReLU6 turns NaN into a finite number, so the weights are checked too.
      if (!hasFiniteLoss(metrics) || (packed && !allFinite(packed))) {
        if (!lastGood) throw divergedProblem();
        unpackState(trained, lastGood);
        divergedAtEpoch = epoch;
        break;
      }
      lastGood = packed;
      if (packed && keepsBest && isBest(metrics, history)) {
        best.epoch = epoch;
        best.weights = packed.slice(0, sizeOf(learner.variables));
      }
      history.push(metrics);
      if (packed && loop.onCheckpoint) {
        const { steps } = optimizer;
        const state = { epoch, history: [...history], steps, random: random.state };
        const bestState = keepsBest && { best: best.epoch, before };
        await loop.onCheckpoint({ ...state, ...bestState }, joined(packed, best.weights));
      }
      loop.onTimed?.({ examples, trainSeconds, totalSeconds: secondsSince(started) });
      loop.onEpoch([...history]);
      // After the last epoch there is nothing left to pause.
      if (epoch < hyperparameters.epochs) await loop.control.yieldOrCancel();
    }
    if (keepsBest) unpackState(learner.variables, best.weights);
    const epoch = keepsBest ? best.epoch : history.length;
    return { history, epoch, before, ...(divergedAtEpoch !== undefined && { divergedAtEpoch }) };
  } finally {
    optimizer.dispose();
  }
}

/**
 * Trains one epoch and validates.
 *
 * @returns metrics of the epoch (`loss` is NaN if any logit was not finite), the number of its
 *   examples and the time of its optimizer steps in seconds
 */
async function runEpoch(
  loop: EpochLoop,
  optimizer: Adam,
  epoch: number,
): Promise<{ metrics: EpochMetrics } & Omit<EpochTiming, 'totalSeconds'>> {
  const { learner, labels, hyperparameters, random, watch, control } = loop;
  const { batchSize, epochs } = hyperparameters;
  const variants = loop.variantsOf(epoch);
  await learner.prepare(variants);
  const examples = random.shuffle(
    variants.flatMap((variant) =>
      labels.train.map((label, photo): TrainingExample => ({ photo, variant, label })),
    ),
  );
  const steps = Math.ceil(examples.length / batchSize);
  const unread: tf.Tensor2D[] = [];
  const logits: number[] = [];
  const started = performance.now();
  try {
    for (let step = 0; step < steps; step++) {
      const batch = examples.slice(step * batchSize, (step + 1) * batchSize);
      const computed = await learner.gradients(batch, random);
      unread.push(computed.logits);
      try {
        const rate = learningRateAt((epoch - 1) * steps + step, epochs * steps, hyperparameters);
        optimizer.step(computed.gradients, rate);
      } finally {
        tf.dispose([...computed.gradients]);
      }
      if (loop.readEachBatch) {
        const read = await readAll(unread, watch);
        logits.push(...read);
        if (!allFinite(read)) break;
        loop.onBatch?.(epoch, (step + 1) / steps);
        if (step + 1 < steps) await control.yieldOrCancel();
      }
    }
    if (unread.length > 0) for (const value of await readAll(unread, watch)) logits.push(value);
  } finally {
    tf.dispose(unread);
  }
  const timing = { examples: examples.length, trainSeconds: secondsSince(started) };
  if (!allFinite(logits)) return { ...timing, metrics: { epoch, loss: NaN, accuracy: 0 } };
  const exampleLabels = examples.map(({ label }) => label);
  const validated = await validation(learner, labels);
  return { ...timing, metrics: { epoch, ...classMetrics(logits, exampleLabels), ...validated } };
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}

/** Reads several logits in one transfer, disposes them and empties the list. */
async function readAll(unread: tf.Tensor2D[], watch: DeviceWatch): Promise<Float32Array> {
  const all = tf.tidy(() => tf.concat(unread));
  tf.dispose(unread.splice(0));
  try {
    return await watch.read(all);
  } finally {
    all.dispose();
  }
}

function hasFiniteLoss({ loss, validationLoss = 0 }: EpochMetrics): boolean {
  return Number.isFinite(loss) && Number.isFinite(validationLoss);
}

/**
 * Whether an epoch is the best so far; without validation photos each one is better than the last.
 */
function isBest({ validationLoss }: EpochMetrics, before: readonly EpochMetrics[]): boolean {
  return (
    validationLoss === undefined ||
    before.every((epoch) => validationLoss < (epoch.validationLoss ?? Infinity))
  );
}

function sizeOf(variables: readonly tf.Variable[]): number {
  return variables.reduce((sum, { size }) => sum + size, 0);
}

function joined(first: Float32Array, second: Float32Array): ArrayBuffer {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both.buffer;
}

/** Loss and accuracy on the validation photos with the current weights; empty without photos. */
export async function validation(
  learner: Learner,
  labels: EpochLoop['labels'],
): Promise<Validation> {
  if (labels.validation.length === 0) return {};
  const { loss, accuracy } = classMetrics(await learner.validate(), labels.validation);
  return { validationLoss: loss, validationAccuracy: accuracy };
}

/** The error for a training that diverged: a loss, logit or weight became NaN or infinite. */
export function divergedProblem(): Problem {
  return new Problem(
    'not-finite',
    msg(
      'The training failed and was stopped: its numbers grew out of bounds. Your photos and the model before it are safe.',
    ),
  );
}
