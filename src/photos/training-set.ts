import type { ClassRecord } from '../records/class.ts';
import type { Split } from '../records/photo.ts';
import { ENOUGH_PHOTOS } from './class-counts.ts';
import { FEWEST_CLASSES } from './class-limits.ts';
import { withTrainingSplits, type SplitPhoto } from './training-splits.ts';

/** A class with the numbers of its photos. */
export interface CountedClass extends ClassRecord {
  /** All photos of the class. */
  readonly photos: number;
  /** Photos in the training split. */
  readonly training: number;
  readonly validation: number;
  readonly test: number;
}

/** What a training on the library learns from. */
export interface TrainingSet<Photo extends SplitPhoto = SplitPhoto> {
  /** All classes of the library. */
  readonly classes: readonly CountedClass[];
  /** The classes that the training learns. */
  readonly learned: readonly CountedClass[];
  /** The classes that have too few photos to be learned. */
  readonly leftOut: readonly CountedClass[];
  /** The photos of the learned classes, by split. */
  readonly photos: Readonly<Record<Split, readonly Photo[]>>;
  /** Numbers of `photos`. */
  readonly counts: Readonly<Record<Split, number>>;
  /** Whether there are enough learned classes to tell apart. */
  readonly isTrainable: boolean;
}

interface TrainingSetOptions {
  /** Number of training photos that a class needs, 1 or more; 1 by default. */
  readonly fewest?: number;
  /** Ids of photos that cannot be decoded; none by default. */
  readonly unreadable?: readonly string[];
}

/**
 * Divides the photos of a library into those to learn from, to validate with and to test with; see
 * `withTrainingSplits`. A class with too few photos to learn from is left out with its photos, and
 * does not stop the others.
 *
 * @param photos those of `unreadable` are left out
 */
export function trainingSet<Photo extends SplitPhoto>(
  classes: readonly ClassRecord[],
  photos: readonly Photo[],
  { fewest = 1, unreadable = [] }: TrainingSetOptions = {},
): TrainingSet<Photo> {
  const ignored = new Set(unreadable);
  const usable = photos.filter(({ id }) => !ignored.has(id));
  const assigned = withTrainingSplits(classes, usable);
  const counts = new Map(classes.map(({ id }) => [id, { train: 0, validation: 0, test: 0 }]));
  for (const { classId, split } of assigned) {
    const own = counts.get(classId);
    if (own) own[split]++;
  }
  const counted = classes.map((record): CountedClass => {
    const { train, validation, test } = counts.get(record.id)!;
    return { ...record, photos: train + validation + test, training: train, validation, test };
  });
  const learned = counted.filter(({ training }) => training >= fewest);
  const ids = new Set(learned.map(({ id }) => id));
  const inSplit = (wanted: Split) =>
    assigned.filter(({ classId, split }) => split === wanted && ids.has(classId));
  const bySplit = {
    train: inSplit('train'),
    validation: inSplit('validation'),
    test: inSplit('test'),
  };
  return {
    classes: counted,
    learned,
    leftOut: counted.filter(({ id }) => !ids.has(id)),
    photos: bySplit,
    counts: {
      train: bySplit.train.length,
      validation: bySplit.validation.length,
      test: bySplit.test.length,
    },
    isTrainable: learned.length >= FEWEST_CLASSES,
  };
}

/**
 * The class that lacks the most photos to have ENOUGH_PHOTOS; undefined if none lacks any, so that
 * a first training is worthwhile. A class that the training would leave out does not count.
 */
export function neediestClass({
  classes,
  learned,
  isTrainable,
}: TrainingSet): CountedClass | undefined {
  const wanted = isTrainable ? learned : classes;
  const lacking = wanted.filter(({ photos }) => photos < ENOUGH_PHOTOS);
  return lacking.sort((a, b) => a.photos - b.photos)[0];
}
