import { activeModel, listModels } from '../../models/repository.ts';
import type { ModelRecord } from '../../records/model.ts';
import { listClasses } from '../../photos/classes.ts';
import { countByClass } from '../../photos/class-counts.ts';
import type { PhotoRecord, Split } from '../../records/photo.ts';
import { listPhotos } from '../../photos/repository.ts';
import { getSetting } from '../../storage/settings.ts';
import type { TrainOptions } from '../../records/training.ts';
import type { ClassRecord } from '../../records/class.ts';

/** The numbers of photos that the next training uses. */
export interface TrainingSet {
  readonly classes: readonly (ClassRecord & {
    /** All photos of the class. */
    readonly photos: number;
    /** Photos in the training split. */
    readonly training: number;
    readonly validation: number;
    readonly test: number;
  })[];
  /** Photos in each split. */
  readonly counts: Readonly<Record<Split, number>>;
  /** Whether each class has at least one training photo. */
  readonly isTrainable: boolean;
}

/**
 * Counts the photos of each class and each split.
 *
 * @param unreadable ids of photos that cannot be decoded, which training ignores
 */
export function trainingSet(
  classes: readonly ClassRecord[],
  photos: readonly PhotoRecord[],
  unreadable: readonly string[] = [],
): TrainingSet {
  const ignored = new Set(unreadable);
  const usable = photos.filter(({ id }) => !ignored.has(id));
  const inSplit = (name: Split) => usable.filter(({ split }) => split === name);
  const [train, validation, test] = [inSplit('train'), inSplit('validation'), inSplit('test')];
  const photosOf = countByClass(usable);
  const trainingOf = countByClass(train);
  const validationOf = countByClass(validation);
  const testOf = countByClass(test);
  const counted = classes.map((record) => ({
    ...record,
    photos: photosOf.get(record.id) ?? 0,
    training: trainingOf.get(record.id) ?? 0,
    validation: validationOf.get(record.id) ?? 0,
    test: testOf.get(record.id) ?? 0,
  }));
  return {
    classes: counted,
    counts: {
      train: train.length,
      validation: validation.length,
      test: test.length,
    },
    isTrainable: counted.every(({ training }) => training > 0),
  };
}

/**
 * The number of photos that are in none of a model's splits.
 *
 * @param unreadable ids of photos that cannot be decoded: another training would ignore them too
 */
export function newPhotos(
  model: Pick<ModelRecord, 'photoIds'>,
  photos: readonly PhotoRecord[],
  unreadable: readonly string[] = [],
): number {
  const { train, validation, test } = model.photoIds;
  const known = new Set([...train, ...validation, ...test, ...unreadable]);
  return photos.filter(({ id }) => !known.has(id)).length;
}

/** All data of the database that the Train page shows. */
export interface TrainingInput {
  readonly classes: readonly ClassRecord[];
  readonly photos: readonly PhotoRecord[];
  /** The model in use. */
  readonly model: ModelRecord | undefined;
  /** All models, newest first. */
  readonly models: readonly ModelRecord[];
  /** The options that the user chose for the next training; undefined before the first choice. */
  readonly options: TrainOptions | undefined;
}

/** Reads all of it from the database. */
export async function loadTrainingInput(): Promise<TrainingInput> {
  const [classes, photos, model, models, options] = await Promise.all([
    listClasses(),
    listPhotos(),
    activeModel(),
    listModels(),
    getSetting('trainingOptions'),
  ]);
  return { classes, photos, model, models, options };
}
