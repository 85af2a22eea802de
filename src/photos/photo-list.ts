import { read } from '../storage/database.ts';
import type { PhotoRecord } from '../records/photo.ts';
import { labelsIn } from './repository.ts';

/** Number of records per read: reading ten thousand at once would delay a frame. */
const BATCH = 500;

/**
 * All photos of the library, cached in memory. After a change only the keys, which contain the
 * label of each photo, and the new records are read, because nothing but the label of a record ever
 * changes. An unchanged record stays the same object, and so does an unchanged list.
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
    return Promise.all(
      labels.map(async ([id, classId]) => {
        const photo = known.get(id) ?? (await photos.get(id))!;
        return photo.classId === classId ? photo : { ...photo, classId };
      }),
    );
  });
  if (!now) return readAll();
  now.sort((a, b) => b.createdAt - a.createdAt);
  const isUnchanged = now.length === before.length && now.every((photo, i) => photo === before[i]);
  return isUnchanged ? before : now;
}
