import { read } from '../storage/database.ts';
import type { PhotoRecord } from '../records/photo.ts';
import { labelsIn } from './repository.ts';

/** Records that are read at a time: to read ten thousand at once would hold up a frame. */
const BATCH = 500;

/**
 * Every photo of the library, kept in memory. After a change only the keys are read again, which
 * tell the label of each photo, and the records that are new: of a record nothing but its label ever
 * changes. A record that is as it was stays the same object, as does a list that is as it was.
 */
export class PhotoList {
  #photos: readonly PhotoRecord[] | undefined;

  /** Every photo as of now, newest first. @throws Problem of a StorageProblemKind */
  async read(): Promise<readonly PhotoRecord[]> {
    this.#photos = await (this.#photos ? readChanges(this.#photos) : readAll());
    return this.#photos;
  }
}

/** The page's one: the library need not be read anew each time that it is looked at. */
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
    // A photo of a class that is not there: the keys alone do not tell of it.
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
  const isAsBefore = now.length === before.length && now.every((photo, i) => photo === before[i]);
  return isAsBefore ? before : now;
}
