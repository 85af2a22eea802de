import type { DeviceWatch } from '../backend/device-watch.ts';
import { classProbabilities } from '../evaluate/probabilities.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { loadMean, loadMeanPrior, StoredData } from '../features/training-data.ts';
import { headLogits } from '../head/head-logits.ts';
import { trainHead } from '../head/train-head.ts';
import { listPhotos } from '../../photos/repository.ts';
import { groupOf } from '../../photos/training-splits.ts';
import type { RunControl } from '../../platform/run-control.ts';
import type { PlannedPhoto, TrainingPlan } from '../../records/checkpoint.ts';
import type { LibraryPredictions } from '../../records/classification.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { assignFolds } from './assign-folds.ts';
import { planWithFeatures } from './plan.ts';

const FOLDS = 4;
import { startingHead } from './starting-head.ts';
/** Steps that train one head well enough; a few photos need all epochs of the preset for them. */
const STEPS = 400;
const FEWEST_EPOCHS = 4;
/** Among more photos, a wrong label hardly changes what a head answers for that photo. */
const MAX_PHOTOS = 2_000;

/**
 * Predictions for the photos that a model learned from, by heads that did not learn from them: each
 * fold of the photos is predicted by a head trained on the other folds. The model itself was taught
 * by the very labels that are to be checked, and repeats many of the wrong ones.
 *
 * @param extractor computes the features of the base; the heads read the stored ones
 * @returns probabilities in the order of the model's classes, by photo id; empty if there are too
 *   many photos, and without photos that cannot be left out
 * @throws Problem `cancelled`, `not-finite` or `gpu`; `gone` if a photo is deleted meanwhile
 */
export async function predictHeldOut(
  model: ModelRecord,
  extractor: FeatureExtractor,
  watch: DeviceWatch,
  control: RunControl,
): Promise<ReadonlyMap<string, Float64Array>> {
  const predictions = new Map<string, Float64Array>();
  // Their features lack what such heads start from.
  if (model.prior && !extractor.known) return predictions;
  if (model.further && !extractor.further) return predictions;
  const library = await listPhotos();
  const plan = await planOfModel(model, extractor, library);
  const { train } = plan.photos;
  const { batchSize, variants, epochs: most } = plan.hyperparameters;
  const stepsPerEpoch = (train.length * variants.length) / batchSize;
  const epochs = Math.min(most, Math.max(FEWEST_EPOCHS, Math.round(STEPS / stepsPerEpoch)));
  const hyperparameters = { ...plan.hyperparameters, epochs };
  if (train.length > MAX_PHOTOS) return predictions;
  const groups = new Map(library.map((photo) => [photo.id, groupOf(photo)]));
  const folds = assignFolds(
    train.map(({ id, label }) => ({ id, label, group: groups.get(id) ?? id })),
    FOLDS,
  );
  const learned = new Set(model.photoIds.train);
  for (let fold = 0; fold < FOLDS; fold++) {
    const heldOut = train.filter(({ id }) => folds.get(id) === fold && learned.has(id));
    if (heldOut.length === 0) continue;
    const others = train.filter(({ id }) => folds.get(id) !== fold);
    const photos = { train: others, validation: [], test: heldOut };
    const data = new StoredData(extractor, photos, plan);
    const events = { control, onEpoch: () => undefined };
    const foldPlan = { ...plan, hyperparameters, photos };
    const start = await startingHead(foldPlan, data.featureLength);
    const { head } = await trainHead(foldPlan, data, watch, events, { start });
    try {
      const features = await loadMean(data, 'test', hyperparameters.askedVariants);
      const prior = await loadMeanPrior(data, 'test', hyperparameters.askedVariants);
      const logits = await headLogits(head, features, watch, prior);
      const count = model.classes.length;
      const probabilities = classProbabilities(logits, heldOut.length, model.temperature);
      heldOut.forEach(({ id }, row) => {
        predictions.set(id, probabilities.slice(row * count, (row + 1) * count));
      });
    } finally {
      head.dispose();
    }
  }
  return predictions;
}

/** Predictions in which those of `heldOut` replace the model's own. */
export function withHeldOut(
  predictions: LibraryPredictions,
  heldOut: ReadonlyMap<string, Float64Array>,
): LibraryPredictions {
  const { photoIds, classes } = predictions;
  const probabilities = predictions.probabilities.slice();
  photoIds.forEach((id, row) => {
    const better = heldOut.get(id);
    if (better) probabilities.set(better, row * classes.length);
  });
  return { ...predictions, probabilities };
}

/** A plan for a head with the classes of the model, on the library as it is now. */
async function planOfModel(
  model: ModelRecord,
  extractor: FeatureExtractor,
  library: readonly PhotoRecord[],
): Promise<TrainingPlan> {
  const options = {
    preset: 'quick',
    fineTuning: false,
    prior: model.prior !== undefined,
  } as const;
  const plan = await planWithFeatures(extractor, options, undefined, library);
  const labels = new Map(model.classes.map(({ id }, label) => [id, label]));
  const train = plan.photos.train.flatMap(({ id, label }): PlannedPhoto[] => {
    const learned = labels.get(plan.classes[label]!.id);
    return learned === undefined ? [] : [{ id, label: learned }];
  });
  const { modelId, tunedModelId, base, hyperparameters, startedAt } = plan;
  return {
    ...{ modelId, tunedModelId, base, hyperparameters, startedAt },
    classes: model.classes,
    ...(model.prior && { prior: model.prior }),
    ...(model.further && { further: model.further }),
    photos: { train, validation: [], test: [] },
  };
}
