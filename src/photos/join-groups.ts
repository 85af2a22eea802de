import type { PhotoRecord, Split } from '../records/photo.ts';
import type { Transaction } from '../storage/database.ts';
import { groupOf } from './training-splits.ts';

/** The group that a new photo belongs to, and its split. */
interface JoinedGroup {
  readonly burstId: string;
  readonly split: Split;
}

/**
 * Makes one group of those that a new photo links: it looks like photos of one, and belongs to the
 * session of another, or lies between two parts of a session. If they are in different splits,
 * all of it is for training: so nothing that was learned from is tested on. A group whose split comes
 * from its data set stays as it is.
 *
 * @param linked the first one's group takes the others in
 */
export async function joinGroups(
  transaction: Pick<Transaction<'photos', 'readwrite'>, 'objectStore'>,
  linked: readonly [PhotoRecord, ...PhotoRecord[]],
): Promise<JoinedGroup> {
  const [first] = linked;
  const burstId = groupOf(first);
  const ids = [...new Set(linked.map(groupOf))];
  if (ids.length === 1) return { burstId, split: first.split };
  const photos = transaction.objectStore('photos');
  const members: PhotoRecord[] = [];
  for (const id of ids) {
    const oldest = await photos.index('bySha256').get(id);
    const others = await photos.index('byBurst').getAll(id);
    const group = [...(oldest ? [oldest] : []), ...others];
    const isOfSet = group.some(({ isSplitBySet }) => isSplitBySet);
    if (isOfSet && id === burstId) return { burstId, split: first.split };
    if (!isOfSet) members.push(...group);
  }
  const splits = new Set(members.map(({ split }) => split));
  const split = splits.size === 1 ? first.split : 'train';
  for (const member of members) {
    const isChanged = member.split !== split || groupOf(member) !== burstId;
    if (isChanged) await photos.put({ ...member, burstId, split });
  }
  return { burstId, split };
}
