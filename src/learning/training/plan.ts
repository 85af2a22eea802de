import { msg } from '../../i18n/msg.ts';
import { fineTuneLayer } from '../fine-tune/fine-tune-layer.ts';
import { completeVariants, type FeatureExtractor } from '../features/feature-extractor.ts';
import { VARIANTS } from '../input/variants.ts';
import type { ModelRecord } from '../../records/model.ts';
import { listModels } from '../../models/repository.ts';
import { startFor } from './starting-head.ts';
import { listClasses } from '../../photos/classes.ts';
import { FEWEST_CLASSES } from '../../photos/class-limits.ts';
import { listPhotos } from '../../photos/repository.ts';
import { trainingSet } from '../../photos/training-set.ts';
import { Problem } from '../../platform/problem.ts';
import { sha256 } from '../../platform/sha256.ts';
import { assertComputable } from './assert-computable.ts';
import { priorOf } from './plan-prior.ts';
import { hyperparametersOf, wantsFineTuning } from '../optim/hyperparameters.ts';
import type { PlannedPhoto, TrainingPlan } from '../../records/checkpoint.ts';
import type { PhotoRecord, Split } from '../../records/photo.ts';
import type { TrainOptions } from '../../records/training.ts';

/** `makePlan` with the photos for which all features of `VARIANTS` are stored. */
export async function planWithFeatures(
  extractor: FeatureExtractor,
  options: TrainOptions,
  fewest?: number,
  photos?: readonly PhotoRecord[],
): Promise<TrainingPlan> {
  const stored = await completeVariants(extractor);
  const isUsable = (id: string) => VARIANTS.every((variant) => stored.get(id)?.has(variant));
  return makePlan(extractor, options, isUsable, fewest, photos);
}

/**
 * Plans a training on the library as it is now. A class with too few photos is left out; see
 * `trainingSet`.
 *
 * @param isUsable whether a photo is included
 * @param fewest number of training photos that a class needs
 * @param library its photos, if they were read already
 * @throws Problem `options` if an option is invalid
 */
export async function makePlan(
  extractor: FeatureExtractor,
  options: TrainOptions,
  isUsable: (id: string) => boolean,
  fewest = 1,
  library?: readonly PhotoRecord[],
): Promise<TrainingPlan> {
  const { spec, inputSize, featureSpaceId } = extractor;
  const usable = (library ?? (await listPhotos())).filter(({ id }) => isUsable(id));
  // Sorted by content: the same photos, in whatever order they were added, give the same training,
  // except for random augmentations, which depend on the id of a photo.
  const sorted = usable.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const { learned: classes, photos } = trainingSet(await listClasses(), sorted, { fewest });
  const startsFrom = startFor(await listModels(), featureSpaceId, classes);
  // A head that was trained elsewhere has learned without a prior, and would count it twice.
  const prior = startsFrom ? undefined : await priorOf(extractor, classes, options);
  const layers = wantsFineTuning(options) ? await extractor.describeLayers() : undefined;
  const layer = layers && fineTuneLayer(layers, spec);
  const hyperparameters = hyperparametersOf(options, layer, prior && photos.train.length);
  assertComputable(hyperparameters, layers);
  const labels = new Map(classes.map(({ id }, label) => [id, label]));
  const inSplit = (split: Split): PlannedPhoto[] =>
    photos[split].map(({ id, classId }) => ({ id, label: labels.get(classId)! }));
  const testFromSet = photos.test.filter((photo) => photo.isSplitBySet).length;
  return {
    modelId: crypto.randomUUID(),
    tunedModelId: crypto.randomUUID(),
    base: { id: spec.id, name: spec.name, inputSize, featureSpaceId },
    classes: classes.map(({ id, name, palette }) => ({ id, name, palette })),
    hyperparameters: { ...hyperparameters, ...(startsFrom && { startsFrom: startsFrom.id }) },
    ...(prior && { prior }),
    // It goes on with that head, which has its rows; fine-tuning reads the last map alone.
    ...(startsFrom?.further && !hyperparameters.fineTuning && { further: startsFrom.further }),
    photos: { train: inSplit('train'), validation: inSplit('validation'), test: inSplit('test') },
    ...(testFromSet > 0 && { testFromSet }),
    startedAt: Date.now(),
  };
}

/**
 * Checks that there are classes to tell apart. Each class of a plan has training photos.
 *
 * @throws Problem `too-few` otherwise
 */
export function assertTrainable({ classes }: Pick<TrainingPlan, 'classes'>): void {
  if (classes.length >= FEWEST_CLASSES) return;
  throw new Problem(
    'too-few',
    msg(
      'To learn to tell classes apart, it needs photos of two classes at least. Take a few more.',
    ),
  );
}

/**
 * SHA-256 of the class ids, the training photos, their labels and the known classes that a prior is
 * or was made of, in hexadecimal.
 */
export function hashTrainingSet({
  classes,
  photos,
  prior,
  priorChoice,
}: TrainingPlan): Promise<string> {
  const ids = classes.map(({ id }) => id);
  const lines = [ids.join(' '), ...photos.train.map(({ id, label }) => `${id} ${ids[label]!}`)];
  // Also if the photos spoke against it: they are the same, and would do so again.
  const known = priorChoice?.known ?? prior?.classes.map((each) => each?.id ?? null);
  if (known) lines.push(`known ${known.map((id) => id ?? '-').join(' ')}`);
  return sha256(new TextEncoder().encode(lines.join('\n')));
}

/** The part of a model's record that is known before the training. */
export function modelOf(
  plan: TrainingPlan,
  trainingSetHash: string,
): Pick<
  ModelRecord,
  | 'id'
  | 'base'
  | 'classes'
  | 'hyperparameters'
  | 'prior'
  | 'priorChoice'
  | 'further'
  | 'furtherChoice'
  | 'trainingSetHash'
  | 'photoIds'
  | 'testFromSet'
> {
  const { modelId, base, classes, hyperparameters, photos, testFromSet } = plan;
  const { prior, priorChoice, further, furtherChoice } = plan;
  const ids = (split: Split) => photos[split].map(({ id }) => id);
  return {
    id: modelId,
    base,
    classes,
    hyperparameters,
    ...(prior && { prior }),
    ...(priorChoice && { priorChoice }),
    ...(further && { further }),
    ...(furtherChoice && { furtherChoice }),
    trainingSetHash,
    photoIds: { train: ids('train'), validation: ids('validation'), test: ids('test') },
    ...(testFromSet !== undefined && { testFromSet }),
  };
}
