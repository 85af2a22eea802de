import type { PhotoRecord, Split } from '../records/photo.ts';
import { FEWEST_TO_LEARN } from './class-counts.ts';
import { stableSplit } from './stable-split.ts';

/** The index of the photos by class and creation time, within a transaction. */
interface ClassIndex {
  getAll(range: IDBKeyRange, count: number): Promise<PhotoRecord[]>;
}

/** Photos read at a time: nearly always the first ones of a class show all three splits. */
const BATCH = 50;

/**
 * The split for a photo that looks like no other. The first group of a class is for
 * training. As soon as a class has FEWEST_TO_LEARN training photos, its next group is for testing,
 * and the one after that for validation, if it has none yet: so a library of a few bursts is tested
 * too. Otherwise the stable hash decides.
 *
 * @param hash as in `stableSplit`
 * @param counts photos of the class in each split
 */
export function newGroupSplit(hash: string, counts: Readonly<Record<Split, number>>): Split {
  if (counts.train === 0) return 'train';
  if (counts.train >= FEWEST_TO_LEARN) {
    if (counts.test === 0) return 'test';
    if (counts.validation === 0) return 'validation';
  }
  return stableSplit(hash);
}

/**
 * Counts the photos of a class in each split, the oldest first, until `newGroupSplit` would decide
 * by the hash.
 */
export async function countSplits(
  byClass: ClassIndex,
  classId: string,
): Promise<Record<Split, number>> {
  const counts = { train: 0, validation: 0, test: 0 };
  for (let after = -Infinity; ;) {
    const range = IDBKeyRange.bound([classId, after], [classId, Infinity], true);
    const photos = await byClass.getAll(range, BATCH);
    for (const { split } of photos) counts[split]++;
    const isSettled = counts.train >= FEWEST_TO_LEARN && counts.validation > 0 && counts.test > 0;
    if (isSettled || photos.length < BATCH) return counts;
    after = photos.at(-1)!.createdAt;
  }
}
