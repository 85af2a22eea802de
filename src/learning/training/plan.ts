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
 * What a training of the library as it is now would be.
 *
 * @param stored variants that have features, by photo id
 * @param isUsable which photos are in it; those that have their features unless told
 * @throws Problem `options` when one of them cannot be computed with
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
  // By content: the same photos give the same training, in whatever order they arrived.
  const photos = (await listPhotos())
    .filter(({ id }) => isUsable(id))
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const side = (split: Split): PlannedPhoto[] =>
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
    photos: { train: side('train'), validation: side('validation'), test: side('test') },
    startedAt: Date.now(),
  };
}

/** Names of the classes that have fewer training photos than this. */
export function classesBelow({ classes, photos }: TrainingPlan, fewest: number): string[] {
  return classes
    .filter((_, c) => photos.train.filter(({ label }) => label === c).length < fewest)
    .map(({ name }) => name);
}

/** @throws Problem `too-few` when a class has no training photo */
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

/** SHA-256 of the classes, and of the training photos and their labels. */
export function hashTrainingSet({ classes, photos }: TrainingPlan): Promise<string> {
  const ids = classes.map(({ id }) => id);
  const lines = [ids.join(' '), ...photos.train.map(({ id, label }) => `${id} ${ids[label]!}`)];
  return sha256(new TextEncoder().encode(lines.join('\n')));
}

/** What a model of a plan says of itself before it has been trained. */
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
