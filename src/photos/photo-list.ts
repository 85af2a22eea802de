import { read, type Transaction } from '../storage/database.ts';
import type { PhotoRecord } from '../records/photo.ts';
import { labelsIn } from './repository.ts';

/** Number of records per read: reading ten thousand at once would delay a frame. */
const BATCH = 500;

/**
 * All photos of the library, cached in memory. After a change, only the keys, which contain the
 * label of each photo, and the records of new photos and their groups are read: nothing else of the
 * list changes. An unchanged record stays the same object, and so does an unchanged list.
 */
export class PhotoList {
  #photos: readonly PhotoRecord[] | undefined;

  /** All photos, newest first. @throws Problem of a StorageProblemKind */
  async read(): Promise<readonly PhotoRecord[]> {
    this.#photos = await (this.#photos ? readChanges(this.#photos) : readAll());
    return this.#photos;
  }
}

/** The list of this page, which all its views share. */
export const photoList = new PhotoList();

async function readAll(): Promise<PhotoRecord[]> {
  const photos = await read(['photos'], async (transaction) => {
    const byCreated = transaction.objectStore('photos').index('byCreated');
    const photos: PhotoRecord[] = [];
    for (;;) {
      const last = photos.at(-1);
      const range = last && IDBKeyRange.lowerBound(last.createdAt, true);
      const batch = await byCreated.getAll(range, BATCH);
      photos.push(...batch);
      if (batch.length < BATCH) return photos;
    }
  });
  return photos.reverse();
}

async function readChanges(before: readonly PhotoRecord[]): Promise<readonly PhotoRecord[]> {
  const known = new Map(before.map((photo) => [photo.id, photo]));
  const now = await read(['classes', 'photos'], async (transaction) => {
    const photos = transaction.objectStore('photos');
    const labels = [...(await labelsIn(transaction))];
    // A photo has a class that does not exist, so `labels` lacks it.
    if (labels.length !== (await photos.count())) return undefined;
    const ids = labels.map(([id]) => id).filter((id) => !known.has(id));
    const added = await Promise.all(ids.map(async (id) => (await photos.get(id))!));
    for (const photo of [...added, ...(await joinedBy(added, transaction))]) {
      if (!isSameGroup(photo, known.get(photo.id))) known.set(photo.id, photo);
    }
    return labels.map(([id, classId]) => {
      const photo = known.get(id)!;
      return photo.classId === classId ? photo : { ...photo, classId };
    });
  });
  if (!now) return readAll();
  now.sort((a, b) => b.createdAt - a.createdAt);
  const isUnchanged = now.length === before.length && now.every((photo, i) => photo === before[i]);
  return isUnchanged ? before : now;
}

/** The photos in the groups of new ones: `joinGroups` may have changed the group and the split of each. */
async function joinedBy(
  added: readonly PhotoRecord[],
  transaction: Pick<Transaction<'photos', 'readonly'>, 'objectStore'>,
): Promise<PhotoRecord[]> {
  const byBurst = transaction.objectStore('photos').index('byBurst');
  const groups = new Set(added.flatMap(({ burstId }) => burstId ?? []));
  return (await Promise.all([...groups].map((id) => byBurst.getAll(id)))).flat();
}

function isSameGroup(one: PhotoRecord, other: PhotoRecord | undefined): boolean {
  return one.split === other?.split && one.burstId === other.burstId;
}
