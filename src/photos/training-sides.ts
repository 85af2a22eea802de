import type { ClassRecord } from '../records/class.ts';
import type { PhotoRecord, Split } from '../records/photo.ts';

/** The fields of a photo that decide its side of the split. */
export type SidedPhoto = Pick<
  PhotoRecord,
  'id' | 'classId' | 'split' | 'sha256' | 'burstId' | 'createdAt'
>;

/** Photos that look almost the same. */
interface Group {
  side: Split;
  readonly classIds: Set<string>;
  /** `createdAt` of the oldest photo. */
  oldest: number;
}

/** The id of a photo's group of look-alikes: the SHA-256 of the first photo of the group. */
export function groupOf({ burstId, sha256 }: Pick<PhotoRecord, 'burstId' | 'sha256'>): string {
  return burstId ?? sha256;
}

/**
 * The photos with the side of the split that they have in a training. It is the stored side, except
 * in two cases. A group of look-alikes is never on two sides: if its stored sides differ, as after
 * a restored backup, all of it is for training. And each class learns before it is tested: if a
 * class has no training photo, because it was deleted or got another label, its oldest group is for
 * training.
 *
 * @returns the photos in the same order; a photo whose side is the stored one stays the same object
 */
export function withTrainingSides<Photo extends SidedPhoto>(
  classes: readonly Pick<ClassRecord, 'id'>[],
  photos: readonly Photo[],
): Photo[] {
  const groups = groupsOf(photos);
  const all = [...groups.values()];
  for (const { id } of classes) {
    const own = all.filter(({ classIds }) => classIds.has(id));
    if (own.length === 0 || own.some(({ side }) => side === 'train')) continue;
    own.reduce((a, b) => (b.oldest < a.oldest ? b : a)).side = 'train';
  }
  return photos.map((photo) => {
    const split = groups.get(groupOf(photo))!.side;
    return split === photo.split ? photo : { ...photo, split };
  });
}

function groupsOf(photos: readonly SidedPhoto[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const photo of photos) {
    const { split, classId, createdAt } = photo;
    const id = groupOf(photo);
    const group = groups.get(id) ?? { side: split, classIds: new Set(), oldest: createdAt };
    groups.set(id, group);
    if (group.side !== split) group.side = 'train';
    group.classIds.add(classId);
    group.oldest = Math.min(group.oldest, createdAt);
  }
  return groups;
}
