import { activeModel, listModels } from '../../models/repository.ts';
import type { ModelRecord } from '../../records/model.ts';
import { listClasses } from '../../photos/classes.ts';
import { countByClass } from '../../photos/class-counts.ts';
import type { PhotoRecord, Split } from '../../records/photo.ts';
import { listPhotos } from '../../photos/repository.ts';
import { getSetting } from '../../storage/settings.ts';
import type { TrainOptions } from '../../records/training.ts';
import type { ClassRecord } from '../../records/class.ts';

/** What a training would learn from, as numbers. */
export interface TrainingSet {
  readonly classes: readonly (ClassRecord & {
    readonly photos: number;
    /** Photos on the training side. */
    readonly training: number;
    readonly validation: number;
    readonly test: number;
  })[];
  readonly counts: Readonly<Record<Split, number>>;
  /** Each class has a photo to learn from. */
  readonly isTrainable: boolean;
}

/** @param unreadable ids of photos that training leaves out */
export function trainingSet(
  classes: readonly ClassRecord[],
  photos: readonly PhotoRecord[],
  unreadable: readonly string[] = [],
): TrainingSet {
  const left = new Set(unreadable);
  const usable = photos.filter(({ id }) => !left.has(id));
  const side = (name: Split) => usable.filter(({ split }) => split === name);
  const [train, validation, test] = [side('train'), side('validation'), side('test')];
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
 * How many photos a model has never seen, on no side of its split.
 *
 * @param unreadable ids of photos that training leaves out: another training would not see them
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

/** All that the Train page shows of the database. */
export interface TrainingInput {
  readonly classes: readonly ClassRecord[];
  readonly photos: readonly PhotoRecord[];
  /** The one in use. */
  readonly model: ModelRecord | undefined;
  /** Every one, newest first. */
  readonly models: readonly ModelRecord[];
  /** How the person wants the next training; absent where that was never chosen. */
  readonly options: TrainOptions | undefined;
}

/** Reads it together. */
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
