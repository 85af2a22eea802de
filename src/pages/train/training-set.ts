import { activeModel } from '../../models/repository.ts';
import type { ModelRecord } from '../../models/record.ts';
import { listClasses } from '../../photos/classes.ts';
import type { ClassRecord, PhotoRecord } from '../../photos/record.ts';
import { listPhotos } from '../../photos/repository.ts';
import type { Split } from '../../photos/stable-split.ts';

/** Photos of each class that make a good start. */
export const ENOUGH_PHOTOS = 10;

/** What a training would learn from, as numbers. */
export interface TrainingSet {
  readonly classes: readonly (ClassRecord & {
    readonly photos: number;
    /** Photos on the training side. */
    readonly training: number;
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
  const count = (test: (photo: PhotoRecord) => boolean) => usable.filter(test).length;
  const counted = classes.map((record) => ({
    ...record,
    photos: count(({ classId }) => classId === record.id),
    training: count(({ classId, split }) => classId === record.id && split === 'train'),
  }));
  return {
    classes: counted,
    counts: {
      train: count(({ split }) => split === 'train'),
      validation: count(({ split }) => split === 'validation'),
      test: count(({ split }) => split === 'test'),
    },
    isTrainable: counted.every(({ training }) => training > 0),
  };
}

/** How many photos a model has never seen, on no side of its split. */
export function newPhotos(model: ModelRecord, photos: readonly PhotoRecord[]): number {
  const { train, validation, test } = model.photoIds;
  const seen = new Set([...train, ...validation, ...test]);
  return photos.filter(({ id }) => !seen.has(id)).length;
}

/** All that the Train page shows of the database, read together. */
export async function loadTrainingInput(): Promise<{
  classes: readonly ClassRecord[];
  photos: readonly PhotoRecord[];
  model: ModelRecord | undefined;
}> {
  const [classes, photos, model] = await Promise.all([listClasses(), listPhotos(), activeModel()]);
  return { classes, photos, model };
}
