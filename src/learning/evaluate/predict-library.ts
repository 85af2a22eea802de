import type { FeatureQueue } from '../features/feature-queue.ts';
import type { RunControl } from '../../platform/run-control.ts';
import { listLabels } from '../../photos/repository.ts';
import { read } from '../../storage/database.ts';
import { furtherVariant, knownVariant } from '../features/feature-store.ts';
import { mixLogits, mixture } from '../features/prior-logits.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { Prior } from '../../records/prior.ts';
import { classProbabilities } from './probabilities.ts';
import type { LibraryPredictions } from '../../records/classification.ts';

/** Photos read at a time: 2.6 MB at 1,280 features. */
const BATCH = 512;

/** Interval of the progress reports while features are being computed, in milliseconds. */
const PROGRESS_INTERVAL_MS = 250;

/** Where the features that a head reads are stored, and the queue that computes missing ones. */
export interface LibraryFeatures {
  readonly featureSpaceId: string;
  readonly queue: Pick<FeatureQueue, 'catchUp' | 'pending' | 'unreadable'>;
}

/** The weights of a head as plain arrays. */
export interface PlainHead {
  /** `[featureLength, outputs]` */
  readonly kernel: Float32Array;
  /** `[outputs]` */
  readonly bias: Float32Array;
}

/** If the plain features give the label at least this probability, no other variant is read. */
const CLEAR_PROBABILITY = 0.95;

/**
 * Predicts the classes of all photos in the library from their stored features. Waits for features
 * that are still being computed, and leaves out photos that cannot be decoded.
 *
 * Ten thousand photos took 0.6 to 1.1 s on a busy core, nearly all of it reading from the database.
 * Therefore nothing is uploaded to a GPU, and the other asked variants, over which the live view
 * averages, are read only if the plain features do not clearly confirm the label.
 *
 * @param head the head of `model`
 * @param features where the features that the head reads are stored
 * @param onProgress receives the fraction of the missing features that are computed, 0 to 1
 * @throws Problem `cancelled`; RangeError if the features have another length than the kernel
 */
export async function predictLibrary(
  model: ModelRecord,
  head: PlainHead,
  { featureSpaceId, queue }: LibraryFeatures,
  control: RunControl,
  onProgress: (fraction: number) => void,
): Promise<LibraryPredictions> {
  const labels = await listLabels();
  const photoIds = [...labels.keys()];
  const { askedVariants } = model.hyperparameters;
  const predictions = new Map<string, Float64Array>();
  const { prior, further } = model;
  const wanted = (variants: readonly string[]) => [
    ...variants,
    ...(further ? variants.map(furtherVariant) : []),
    ...(prior ? variants.map(knownVariant) : []),
  ];
  const predict = async (ids: readonly string[], variants: readonly string[]) => {
    const { length } = variants;
    await eachFeatures(featureSpaceId, ids, wanted(variants), control, (id, rows) => {
      const inputs = rows
        .slice(0, length)
        .map((own, i) => (further ? Float32Array.of(...own, ...rows[length + i]!) : own));
      const logits = meanLogits(head, inputs);
      rows.slice(further ? 2 * length : length).forEach((known) => {
        const part = priorLogits(prior!, known);
        part.forEach((value, o) => (logits[o]! += value / variants.length));
      });
      predictions.set(id, classProbabilities(logits, 1, model.temperature));
    });
  };
  await predict(photoIds, ['plain']);
  const missing = photoIds.filter((id) => !predictions.has(id) && !queue.unreadable.has(id));
  if (missing.length > 0) {
    await waitForFeatures(queue, control, onProgress);
    await predict(missing, ['plain']);
  }
  const unclear = photoIds.filter((id) => {
    const prediction = predictions.get(id);
    const label = model.classes.findIndex((each) => each.id === labels.get(id));
    return prediction && !((prediction[label] ?? 0) >= CLEAR_PROBABILITY);
  });
  if (askedVariants.join() !== 'plain') await predict(unclear, askedVariants);
  const probabilities = new Float32Array(predictions.size * model.classes.length);
  [...predictions.values()].forEach((prediction, row) => {
    probabilities.set(prediction, row * model.classes.length);
  });
  const { id: modelId, classes } = model;
  return { modelId, classes, photoIds: [...predictions.keys()], probabilities };
}

/** A prior's part of the logits, from the logits of all known classes of the base. */
function priorLogits(prior: Prior, known: Float32Array): Float32Array {
  return mixLogits(
    known,
    mixture(prior, known.length, ({ index }) => index),
    known.length,
  );
}

/** Calls back for each photo that has stored features of all the variants. */
async function eachFeatures(
  featureSpaceId: string,
  photoIds: readonly string[],
  variants: readonly string[],
  control: RunControl,
  onFeatures: (photoId: string, features: readonly Float32Array[]) => void,
): Promise<void> {
  for (let from = 0; from < photoIds.length; from += BATCH) {
    await control.yieldOrCancel();
    await read(['features'], async (transaction) => {
      const store = transaction.objectStore('features');
      await Promise.all(
        photoIds.slice(from, from + BATCH).map(async (photoId) => {
          const rows = await Promise.all(
            variants.map((variant) => store.get([featureSpaceId, photoId, variant])),
          );
          const features = rows.flatMap((row) => (row ? new Float32Array(row.values) : []));
          if (features.length === variants.length) onFeatures(photoId, features);
        }),
      );
    });
  }
}

async function waitForFeatures(
  queue: LibraryFeatures['queue'],
  control: RunControl,
  onProgress: (fraction: number) => void,
): Promise<void> {
  let done = false;
  const caughtUp = queue.catchUp().finally(() => (done = true));
  // It may reject while `yieldOrCancel` is awaited, which would report an unhandled rejection. The
  // loop below still throws the error.
  caughtUp.catch(() => undefined);
  let maxPending = 0;
  for (;;) {
    await Promise.race([
      caughtUp,
      new Promise((resolve) => setTimeout(resolve, PROGRESS_INTERVAL_MS)),
    ]);
    await control.yieldOrCancel();
    if (done) return caughtUp;
    maxPending = Math.max(maxPending, queue.pending);
    if (maxPending > 0) onProgress(1 - queue.pending / maxPending);
  }
}

/**
 * The logits `features . kernel + bias`, averaged over the variants: `[outputs]`.
 *
 * @throws RangeError if the features have another length than the kernel
 */
function meanLogits({ kernel, bias }: PlainHead, variants: readonly Float32Array[]): Float64Array {
  const outputs = bias.length;
  const logits = Float64Array.from(bias);
  for (const features of variants) {
    if (features.length * outputs !== kernel.length) {
      throw new RangeError(`${features.length} features for ${kernel.length} weights`);
    }
    for (let i = 0; i < features.length; i++) {
      const value = features[i]! / variants.length;
      for (let o = 0; o < outputs; o++) logits[o]! += value * kernel[i * outputs + o]!;
    }
  }
  return logits;
}
