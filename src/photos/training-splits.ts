import type { ClassRecord } from '../records/class.ts';
import type { PhotoRecord, Split } from '../records/photo.ts';

/** The fields of a photo that decide its split in a training. */
export type SplitPhoto = Pick<
  PhotoRecord,
  'id' | 'classId' | 'split' | 'sha256' | 'burstId' | 'createdAt'
>;

/** Photos that look almost the same. */
interface Group {
  split: Split;
  readonly classIds: Set<string>;
  /** `createdAt` of the oldest photo. */
  oldest: number;
}

/** The id of a photo's group of near-duplicates: the SHA-256 of the first photo of the group. */
export function groupOf({ burstId, sha256 }: Pick<PhotoRecord, 'burstId' | 'sha256'>): string {
  return burstId ?? sha256;
}

/**
 * The photos with the split that they have in a training. It is the stored split, except in two
 * cases. A group of near-duplicates is never in two splits: if its stored splits differ, as after a
 * restored backup, all of it is for training. And each class learns before it is tested: if a
 * class has no training photo, because it was deleted or got another label, its oldest group is for
 * training.
 *
 * @returns the photos in the same order; a photo in its stored split stays the same object
 */
export function withTrainingSplits<Photo extends SplitPhoto>(
  classes: readonly Pick<ClassRecord, 'id'>[],
  photos: readonly Photo[],
): Photo[] {
  const groups = groupsOf(photos);
  const all = [...groups.values()];
  for (const { id } of classes) {
    const own = all.filter(({ classIds }) => classIds.has(id));
    if (own.length === 0 || own.some(({ split }) => split === 'train')) continue;
    own.reduce((a, b) => (b.oldest < a.oldest ? b : a)).split = 'train';
  }
  return photos.map((photo) => {
    const split = groups.get(groupOf(photo))!.split;
    return split === photo.split ? photo : { ...photo, split };
  });
}

function groupsOf(photos: readonly SplitPhoto[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const photo of photos) {
    const { split, classId, createdAt } = photo;
    const id = groupOf(photo);
    const group = groups.get(id) ?? { split, classIds: new Set(), oldest: createdAt };
    groups.set(id, group);
    if (group.split !== split) group.split = 'train';
    group.classIds.add(classId);
    group.oldest = Math.min(group.oldest, createdAt);
  }
  return groups;
}
