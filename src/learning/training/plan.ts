import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import { fineTuneLayer } from '../fine-tune/fine-tune-layer.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { VARIANTS } from '../input/variants.ts';
import type { ModelRecord } from '../../records/model.ts';
import { listClasses } from '../../photos/classes.ts';
import { listPhotos } from '../../photos/repository.ts';
import { Problem } from '../../platform/problem.ts';
import { sha256 } from '../../platform/sha256.ts';
import { assertComputable } from './assert-computable.ts';
import { hyperparametersOf } from '../optim/hyperparameters.ts';
import type { PlannedPhoto, TrainingPlan } from '../../records/checkpoint.ts';
import type { Split } from '../../records/photo.ts';
import type { TrainOptions } from '../../records/training.ts';

/**
 * Plans a training on the library as it is now.
 *
 * @param stored variants that have stored features, by photo id
 * @param isUsable whether a photo is included; by default, if all features of `VARIANTS` are stored
 * @throws Problem `options` if an option is invalid
 */
export async function makePlan(
  extractor: FeatureExtractor,
  options: TrainOptions,
  stored: ReadonlyMap<string, ReadonlySet<string>>,
  isUsable = (id: string) => VARIANTS.every((variant) => stored.get(id)?.has(variant)),
): Promise<TrainingPlan> {
  const { spec, inputSize, featureSpaceId, layers } = extractor;
  const hyperparameters = hyperparametersOf(options, layers && fineTuneLayer(layers, spec));
  assertComputable(hyperparameters, layers);
  const classes = await listClasses();
  const labels = new Map(classes.map(({ id }, label) => [id, label]));
  // Sorted by content: the same photos, in whatever order they were added, give the same training,
  // except for random augmentations, which depend on the id of a photo.
  const photos = (await listPhotos())
    .filter(({ id }) => isUsable(id))
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const inSplit = (split: Split): PlannedPhoto[] =>
    photos.flatMap((photo) => {
      const label = labels.get(photo.classId);
      return photo.split === split && label !== undefined ? [{ id: photo.id, label }] : [];
    });
  return {
    modelId: crypto.randomUUID(),
    tunedModelId: crypto.randomUUID(),
    base: { id: spec.id, name: spec.name, inputSize, featureSpaceId },
    classes: classes.map(({ id, name, palette }) => ({ id, name, palette })),
    hyperparameters,
    photos: { train: inSplit('train'), validation: inSplit('validation'), test: inSplit('test') },
    startedAt: Date.now(),
  };
}

/** Names of the classes that have fewer than `minimum` training photos. */
export function classesBelow({ classes, photos }: TrainingPlan, minimum: number): string[] {
  return classes
    .filter((_, c) => photos.train.filter(({ label }) => label === c).length < minimum)
    .map(({ name }) => name);
}

/**
 * Checks that each class has a training photo.
 *
 * @throws Problem `too-few` otherwise
 */
export function assertEveryClassTrains(plan: TrainingPlan): void {
  const missing = classesBelow(plan, 1);
  if (missing.length === 0) return;
  const list = new Intl.ListFormat(intlTag(), { type: 'conjunction' });
  const names = list.format(missing.map((name) => `“${name}”`));
  throw new Problem(
    'too-few',
    msg(
      str`There is no photo to learn ${names} from yet. Take a few more; about ten of each is a start.`,
    ),
  );
}

/** SHA-256 of the class ids, the training photos and their labels, in hexadecimal. */
export function hashTrainingSet({ classes, photos }: TrainingPlan): Promise<string> {
  const ids = classes.map(({ id }) => id);
  const lines = [ids.join(' '), ...photos.train.map(({ id, label }) => `${id} ${ids[label]!}`)];
  return sha256(new TextEncoder().encode(lines.join('\n')));
}

/** The part of a model's record that is known before the training. */
export function modelOf(
  plan: TrainingPlan,
  trainingSetHash: string,
): Pick<
  ModelRecord,
  'id' | 'base' | 'classes' | 'hyperparameters' | 'trainingSetHash' | 'photoIds'
> {
  const { modelId, base, classes, hyperparameters, photos } = plan;
  const ids = (split: Split) => photos[split].map(({ id }) => id);
  return {
    id: modelId,
    base,
    classes,
    hyperparameters,
    trainingSetHash,
    photoIds: { train: ids('train'), validation: ids('validation'), test: ids('test') },
  };
}
