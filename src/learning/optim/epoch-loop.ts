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
import { allFinite, packState, unpackState } from './state-bytes.ts';
import type { EpochState } from '../../records/checkpoint.ts';

/** One variant of one training photo. */
export interface TrainingExample {
  /** Place of the photo among the training photos. */
  readonly photo: number;
  readonly variant: string;
  /** Index of its class. */
  readonly label: number;
}

/** What an epoch loop trains. */
export interface Learner {
  /** All that learns; the learner's own. */
  readonly variables: readonly tf.Variable[];
  /** Called before each epoch with the variants that it learns from. */
  prepare(variants: readonly string[]): Promise<void>;
  /**
   * Gradients of the mean cross-entropy of one batch, with dropout.
   *
   * @returns logits `[examples, outputs]` and a gradient for each variable; the caller's
   */
  gradients(
    examples: readonly TrainingExample[],
    random: Random,
  ): Promise<{ logits: tf.Tensor2D; gradients: readonly tf.Tensor[] }>;
  /** Logits of the validation photos, `[photos, outputs]`, without dropout. */
  validate(): Promise<ArrayLike<number>>;
}

/** What an epoch took, in seconds. */
export interface EpochTiming {
  readonly examples: number;
  /** Of the examples alone. */
  readonly learning: number;
  /** All of it: the preparation, validation and the checkpoint too. */
  readonly whole: number;
}

export interface EpochLoop {
  readonly learner: Learner;
  /** Index of the class of each training photo, and of each validation photo. */
  readonly labels: { readonly train: readonly number[]; readonly validation: readonly number[] };
  readonly hyperparameters: Pick<
    Hyperparameters,
    'epochs' | 'batchSize' | 'learningRate' | 'schedule'
  >;
  /** Variants that an epoch learns from; 1 is the first. */
  readonly variantsOf: (epoch: number) => readonly string[];
  /** Whose weights stay: those of the last epoch, or of the one of the lowest validation loss. */
  readonly keep: 'last' | 'best';
  /** Read the logits after each batch, so that a slow one can be paused; else once an epoch. */
  readonly readEachBatch: boolean;
  /** Decides the order and the dropout; for a resumed loop, where `resume` says. */
  readonly random: Random;
  readonly watch: DeviceWatch;
  readonly control: RunControl;
  readonly onEpoch: (history: readonly EpochMetrics[]) => void;
  /** Share of the epoch that is done, after each batch that was read. */
  readonly onBatch?: (epoch: number, share: number) => void;
  /** What each epoch took; pauses within it count. */
  readonly onTimed?: (timing: EpochTiming) => void;
  /** Where the loop stands, after each epoch; resolves when that is safe. */
  readonly onCheckpoint?: (state: EpochState, bytes: ArrayBuffer) => Promise<void>;
  /** Goes on from there, as if it had never been interrupted. */
  readonly resume?: { readonly state: EpochState; readonly bytes: ArrayBuffer } | undefined;
}

export interface EpochResult {
  readonly history: readonly EpochMetrics[];
  /** The epoch whose weights the variables hold. */
  readonly epoch: number;
  /** Validation before the first step, where `keep` is `best`. */
  readonly before: Validation;
  /** The epoch in which the loss was no number any more; those before it count. */
  readonly divergedAtEpoch?: number;
}

/**
 * The training loop: shuffled batches, Adam, metrics, a checkpoint each epoch. It is ours and not
 * `model.fit`, so that it can be paused, cancelled and resumed bit for bit, and stops at a loss that
 * is no number with the weights from before.
 *
 * As in Keras, an epoch's training loss and accuracy are means over its batches while they were
 * learned from, with dropout; those of validation are taken at its end, without.
 *
 * @throws Problem `cancelled`, `gpu`, or `not-finite` when there are no weights from before: in the
 *   first epoch, or where neither checkpoints nor the best epoch are kept
 */
export async function runEpochs(loop: EpochLoop): Promise<EpochResult> {
  const { learner, hyperparameters, random, watch, resume } = loop;
  const keepsBest = loop.keep === 'best';
  const optimizer = new Adam(learner.variables, resume?.state.steps);
  const learning = [...learner.variables, ...optimizer.moments];
  const history = [...(resume?.state.history ?? [])];
  const best = { epoch: resume?.state.best ?? 0, weights: new Float32Array() };
  let lastGood: Float32Array<ArrayBuffer> | undefined;
  try {
    if (resume) {
      const state = new Float32Array(resume.bytes);
      const size = sizeOf(learning);
      lastGood = state.slice(0, size);
      best.weights = state.slice(size);
      unpackState(learning, lastGood);
    } else if (keepsBest) {
      best.weights = await packState(learner.variables, watch);
    }
    const before =
      resume?.state.before ?? (keepsBest ? await validation(loop.learner, loop.labels) : {});
    let divergedAtEpoch: number | undefined;
    for (let epoch = history.length + 1; epoch <= hyperparameters.epochs; epoch++) {
      const started = performance.now();
      const { metrics, examples, learning: learned } = await runEpoch(loop, optimizer, epoch);
      const packed = loop.onCheckpoint || keepsBest ? await packState(learning, watch) : undefined;
      // On wasm a fused ReLU6 turns NaN into a number: the weights have to be looked at too.
      if (!hasFiniteLoss(metrics) || (packed && !allFinite(packed))) {
        if (!lastGood) throw divergedProblem();
        unpackState(learning, lastGood);
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
        const more = keepsBest && { best: best.epoch, before };
        await loop.onCheckpoint({ ...state, ...more }, joined(packed, best.weights));
      }
      loop.onTimed?.({ examples, learning: learned, whole: secondsSince(started) });
      loop.onEpoch([...history]);
      // After the last one there is nothing left to pause.
      if (epoch < hyperparameters.epochs) await loop.control.yieldOrCancel();
    }
    if (keepsBest) unpackState(learner.variables, best.weights);
    const epoch = keepsBest ? best.epoch : history.length;
    return { history, epoch, before, ...(divergedAtEpoch !== undefined && { divergedAtEpoch }) };
  } finally {
    optimizer.dispose();
  }
}

/** @returns the metrics of one epoch, their loss NaN as soon as a logit was; and what its examples took */
async function runEpoch(
  loop: EpochLoop,
  optimizer: Adam,
  epoch: number,
): Promise<{ metrics: EpochMetrics } & Omit<EpochTiming, 'whole'>> {
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
      const learned = await learner.gradients(batch, random);
      unread.push(learned.logits);
      const rate = learningRateAt((epoch - 1) * steps + step, epochs * steps, hyperparameters);
      optimizer.step(learned.gradients, rate);
      tf.dispose([...learned.gradients]);
      if (loop.readEachBatch) {
        logits.push(...(await readAll(unread, watch)));
        if (!allFinite(logits)) break;
        loop.onBatch?.(epoch, (step + 1) / steps);
        if (step + 1 < steps) await control.yieldOrCancel();
      }
    }
    if (unread.length > 0) for (const value of await readAll(unread, watch)) logits.push(value);
  } finally {
    tf.dispose(unread);
  }
  const timing = { examples: examples.length, learning: secondsSince(started) };
  if (!allFinite(logits)) return { ...timing, metrics: { epoch, loss: NaN, accuracy: 0 } };
  const seen = examples.map(({ label }) => label);
  const validated = await validation(learner, labels);
  return { ...timing, metrics: { epoch, ...classMetrics(logits, seen), ...validated } };
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}

/** Reads some logits at once, and empties the list. */
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

/** Without validation photos, the newest is the best. */
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

/** Loss and accuracy on the validation photos as the learner is now; empty without any. */
export async function validation(
  learner: Learner,
  labels: EpochLoop['labels'],
): Promise<Validation> {
  if (labels.validation.length === 0) return {};
  const { loss, accuracy } = classMetrics(await learner.validate(), labels.validation);
  return { validationLoss: loss, validationAccuracy: accuracy };
}

export function divergedProblem(): Problem {
  return new Problem(
    'not-finite',
    msg('The training went astray and was stopped. Your photos and the model before it are safe.'),
  );
}
