import { announce } from '../storage/changes.ts';
import { write } from '../storage/database.ts';
import type { PhotoRecord } from '../records/photo.ts';

/** A photo with all that is stored of it, from another library or an earlier state of this one. */
export interface WholePhoto {
  readonly record: PhotoRecord;
  /** JPEGs. */
  readonly image: ArrayBuffer;
  readonly thumbnail: ArrayBuffer;
}

export interface PutResult {
  readonly added: number;
  /** For each of the photos, the id that it has here. */
  readonly ids: readonly string[];
}

/**
 * Stores photos with their records as they are, in one transaction: all of them or none. One whose
 * bytes are here already stays as it is here; where an id or a moment is taken, another is given.
 *
 * @throws Problem of a StorageProblemKind
 */
export async function putPhotos(photos: readonly WholePhoto[]): Promise<PutResult> {
  const result = await write(['photos', 'images', 'thumbnails'], async (transaction) => {
    const records = transaction.objectStore('photos');
    const images = transaction.objectStore('images');
    const thumbnails = transaction.objectStore('thumbnails');
    const ids: string[] = [];
    let added = 0;
    for (const { record, image, thumbnail } of photos) {
      const same = await records.index('bySha256').getKey(record.sha256);
      if (same !== undefined) {
        ids.push(same);
        continue;
      }
      // A deleted photo holds its id too, and its image, as long as it can be brought back.
      const taken = (await images.getKey(record.id)) !== undefined;
      const id = taken ? crypto.randomUUID() : record.id;
      let { createdAt } = record;
      while ((await records.index('byCreated').getKey(createdAt)) !== undefined) createdAt++;
      await Promise.all([
        records.add({ ...record, id, createdAt }),
        images.add({ photoId: id, bytes: image, type: 'image/jpeg' }),
        thumbnails.add({ photoId: id, bytes: thumbnail, type: 'image/jpeg' }),
      ]);
      ids.push(id);
      added++;
    }
    return { added, ids };
  });
  if (result.added > 0) announce('photos');
  return result;
}
