import type { FeatureQueue } from '../features/feature-queue.ts';
import type { RunControl } from '../../platform/run-control.ts';
import { listLabels } from '../../photos/repository.ts';
import { read } from '../../storage/database.ts';
import type { ModelRecord } from '../../records/model.ts';
import { classProbabilities } from './probabilities.ts';
import type { LibraryPredictions } from '../../records/classification.ts';

/** Rows of features that are held at a time: 2.6 MB at 1,280 features. */
const BATCH = 512;

/** While features are computed, the share is told this often. */
const TOLD_EVERY_MS = 250;

/** Features that a head reads: where they are stored, and what computes those that are missing. */
export interface LibraryFeatures {
  readonly featureSpaceId: string;
  readonly queue: Pick<FeatureQueue, 'catchUp' | 'pending' | 'unreadable'>;
}

/** A linear head as plain numbers. */
export interface PlainHead {
  /** `[featureLength, outputs]` */
  readonly kernel: Float32Array;
  /** `[outputs]` */
  readonly bias: Float32Array;
}

/** A photo that the model is less sure of than this, or contradicts, is looked at more closely. */
const CLEAR = 0.95;

/**
 * What a model says of every photo of the library, from the features that are stored of it. Those
 * that are still to be computed are waited for; photos that cannot be read are left out.
 *
 * Ten thousand photos took 0.6 to 1.1 s on a busy core, nearly all of it reading: so it uploads nothing to
 * a GPU, and only where the plain features do not clearly confirm the label are all of the variants
 * read that the live view asks about too, whose mean is its answer.
 *
 * @param features those that the head reads
 * @param onProgress share of the missing features that is there, 0 to 1
 * @throws Problem `cancelled`
 */
export async function predictLibrary(
  model: ModelRecord,
  head: PlainHead,
  { featureSpaceId, queue }: LibraryFeatures,
  control: RunControl,
  onProgress: (share: number) => void,
): Promise<LibraryPredictions> {
  const labels = await listLabels();
  const photoIds = [...labels.keys()];
  const { askedVariants } = model.hyperparameters;
  const predictions = new Map<string, Float64Array>();
  const predict = async (ids: readonly string[], variants: readonly string[]) => {
    await eachFeatures(featureSpaceId, ids, variants, control, (id, features) => {
      const logits = meanLogits(head, features);
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
    const own = predictions.get(id);
    const label = model.classes.findIndex((one) => one.id === labels.get(id));
    return own && !((own[label] ?? 0) >= CLEAR);
  });
  if (askedVariants.join() !== 'plain') await predict(unclear, askedVariants);
  const probabilities = new Float32Array(predictions.size * model.classes.length);
  [...predictions.values()].forEach((own, row) => {
    probabilities.set(own, row * model.classes.length);
  });
  const { id: modelId, classes } = model;
  return { modelId, classes, photoIds: [...predictions.keys()], probabilities };
}

/** Calls back with the features of those photos that have them in all variants. */
async function eachFeatures(
  space: string,
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
            variants.map((variant) => store.get([space, photoId, variant])),
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
  onProgress: (share: number) => void,
): Promise<void> {
  let isThere = false;
  const caughtUp = queue.catchUp().finally(() => (isThere = true));
  // Its failure is heard of where it is waited for, also when that comes later.
  caughtUp.catch(() => undefined);
  let most = 0;
  for (;;) {
    await Promise.race([caughtUp, new Promise((resolve) => setTimeout(resolve, TOLD_EVERY_MS))]);
    await control.yieldOrCancel();
    if (isThere) return caughtUp;
    most = Math.max(most, queue.pending);
    if (most > 0) onProgress(1 - queue.pending / most);
  }
}

/**
 * The mean of the head's answers, `features . kernel + bias`, to some variants: `[outputs]`.
 *
 * @throws RangeError when the features have another length than the kernel
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
