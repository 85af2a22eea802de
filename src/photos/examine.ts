import { ENOUGH_PHOTOS } from './class-counts.ts';
import type { PhotoRecord, Split } from '../records/photo.ts';
import type { ClassRecord } from '../records/class.ts';

/** A class of the library and how its photos divide. */
export interface ExaminedClass {
  readonly record: ClassRecord;
  readonly count: number;
  readonly sides: Readonly<Record<Split, number>>;
}

/** Something about the photos that makes a model worse, or its figures mean less. */
export type DataWarning =
  | {
      readonly kind: 'no-photos' | 'few-photos';
      readonly record: ClassRecord;
      readonly missing: number;
    }
  /** `most` has more than IMBALANCE times the photos of `least`. */
  | {
      readonly kind: 'imbalance';
      readonly least: ClassRecord;
      readonly most: ClassRecord;
      readonly ratio: number;
    }
  /** No photo of the class judges the result: nothing is said of how well it is known. */
  | { readonly kind: 'no-test'; readonly record: ClassRecord };

export interface Examination {
  readonly classes: readonly ExaminedClass[];
  readonly total: number;
  readonly sides: Readonly<Record<Split, number>>;
  /** What matters most stands first. */
  readonly warnings: readonly DataWarning[];
}

/** From this ratio on a head leans towards the class that it saw more of. */
export const IMBALANCE = 3;

/** What the photos are: counts, sides of the split, and what is wrong with them. */
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

/** Of the classes that have photos: one without any is a matter of its own. */
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
