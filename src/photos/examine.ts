import { ENOUGH_PHOTOS } from './class-counts.ts';
import { imbalanceOf, type Imbalance } from './imbalance.ts';
import { trainingSet, type CountedClass } from './training-set.ts';
import type { SplitPhoto } from './training-splits.ts';
import type { Split } from '../records/photo.ts';
import type { ClassRecord } from '../records/class.ts';

/** A problem of the photos that makes a model worse, or its metrics less reliable. */
export type DataWarning =
  | {
      readonly kind: 'no-photos' | 'few-photos';
      readonly record: ClassRecord;
      /** Number of photos that the class needs to have ENOUGH_PHOTOS. */
      readonly missing: number;
    }
  | (Imbalance & { readonly kind: 'imbalance' })
  /** No photo of the class is in the test set, so its accuracy is not measured. */
  | { readonly kind: 'no-test'; readonly record: ClassRecord };

/** What `examine` finds. */
export interface Examination {
  readonly classes: readonly CountedClass[];
  readonly total: number;
  /** Number of photos in each split. */
  readonly splits: Readonly<Record<Split, number>>;
  /** The most important warning comes first. */
  readonly warnings: readonly DataWarning[];
}

/**
 * Counts the photos by class and by split, as a training does, and finds what is wrong with them.
 */
export function examine(
  classes: readonly ClassRecord[],
  photos: readonly SplitPhoto[],
): Examination {
  const { classes: counted, learned, counts } = trainingSet(classes, photos);
  return {
    classes: counted,
    total: counts.train + counts.validation + counts.test,
    splits: counts,
    warnings:
      photos.length === 0 ? [] : [...tooFew(counted), ...imbalance(learned), ...noTest(counted)],
  };
}

function tooFew(classes: readonly CountedClass[]): DataWarning[] {
  return classes
    .filter(({ photos }) => photos < ENOUGH_PHOTOS)
    .map((record) => ({
      kind: record.photos === 0 ? ('no-photos' as const) : ('few-photos' as const),
      record,
      missing: ENOUGH_PHOTOS - record.photos,
    }));
}

function imbalance(learned: readonly CountedClass[]): DataWarning[] {
  const found = imbalanceOf(learned);
  return found ? [{ kind: 'imbalance', ...found }] : [];
}

function noTest(classes: readonly CountedClass[]): DataWarning[] {
  return classes
    .filter(({ photos, test }) => photos >= ENOUGH_PHOTOS && test === 0)
    .map((record) => ({ kind: 'no-test' as const, record }));
}
