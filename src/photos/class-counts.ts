import type { PhotoRecord } from '../records/photo.ts';

/** Number of photos of each class from which a first training is worthwhile. */
export const ENOUGH_PHOTOS = 10;

/**
 * Training photos of a class from which its predictions are better than random ones. Train takes
 * fewer too; the background training does not.
 */
export const FEWEST_TO_LEARN = 3;

/** Number of photos by class id; a class without photos is absent. */
export function countByClass(photos: readonly Pick<PhotoRecord, 'classId'>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { classId } of photos) counts.set(classId, (counts.get(classId) ?? 0) + 1);
  return counts;
}
