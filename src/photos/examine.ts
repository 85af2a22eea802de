import { ENOUGH_PHOTOS } from './class-counts.ts';
import type { PhotoRecord, Split } from '../records/photo.ts';
import type { ClassRecord } from '../records/class.ts';

/** A class of the library and the numbers of its photos. */
interface ExaminedClass {
  readonly record: ClassRecord;
  readonly count: number;
  /** Number of photos on each side of the split. */
  readonly sides: Readonly<Record<Split, number>>;
}

/** A problem of the photos that makes a model worse, or its metrics less reliable. */
export type DataWarning =
  | {
      readonly kind: 'no-photos' | 'few-photos';
      readonly record: ClassRecord;
      /** Number of photos that the class needs to have ENOUGH_PHOTOS. */
      readonly missing: number;
    }
  /** `most` has at least IMBALANCE times as many photos as `least`. */
  | {
      readonly kind: 'imbalance';
      readonly least: ClassRecord;
      readonly most: ClassRecord;
      /** Photos of `most` divided by photos of `least`. */
      readonly ratio: number;
    }
  /** No photo of the class is in the test set, so its accuracy is not measured. */
  | { readonly kind: 'no-test'; readonly record: ClassRecord };

/** What `examine` finds. */
export interface Examination {
  readonly classes: readonly ExaminedClass[];
  readonly total: number;
  /** Number of photos on each side of the split. */
  readonly sides: Readonly<Record<Split, number>>;
  /** The most important warning comes first. */
  readonly warnings: readonly DataWarning[];
}

/** From this ratio of photo numbers on, a head is biased towards the larger class. */
const IMBALANCE = 3;

/** Counts the photos by class and by side of the split, and finds what is wrong with them. */
export function examine(
  classes: readonly ClassRecord[],
  photos: readonly Pick<PhotoRecord, 'classId' | 'split'>[],
): Examination {
  const examined = classes.map((record) => {
    const own = photos.filter(({ classId }) => classId === record.id);
    return { record, count: own.length, sides: sidesOf(own) };
  });
  return {
    classes: examined,
    total: photos.length,
    sides: sidesOf(photos),
    warnings:
      photos.length === 0 ? [] : [...tooFew(examined), ...imbalance(examined), ...noTest(examined)],
  };
}

function sidesOf(photos: readonly Pick<PhotoRecord, 'split'>[]): Record<Split, number> {
  const sides = { train: 0, validation: 0, test: 0 };
  for (const { split } of photos) sides[split]++;
  return sides;
}

function tooFew(classes: readonly ExaminedClass[]): DataWarning[] {
  return classes
    .filter(({ count }) => count < ENOUGH_PHOTOS)
    .map(({ record, count }) => ({
      kind: count === 0 ? ('no-photos' as const) : ('few-photos' as const),
      record,
      missing: ENOUGH_PHOTOS - count,
    }));
}

/** Compares only classes that have photos; one without photos has its own warning. */
function imbalance(classes: readonly ExaminedClass[]): DataWarning[] {
  const byCount = classes.filter(({ count }) => count > 0).sort((a, b) => a.count - b.count);
  const [least, most] = [byCount[0], byCount.at(-1)];
  if (!least || !most || most.count < IMBALANCE * least.count) return [];
  return [
    {
      kind: 'imbalance',
      least: least.record,
      most: most.record,
      ratio: most.count / least.count,
    },
  ];
}

function noTest(classes: readonly ExaminedClass[]): DataWarning[] {
  return classes
    .filter(({ count, sides }) => count >= ENOUGH_PHOTOS && sides.test === 0)
    .map(({ record }) => ({ kind: 'no-test' as const, record }));
}
