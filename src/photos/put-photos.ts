import { announce } from '../storage/changes.ts';
import { write } from '../storage/database.ts';
import { classOf } from './class-store.ts';
import { freeMoment } from './free-moment.ts';
import type { PhotoRecord } from '../records/photo.ts';

/** The record of a photo with its bytes, from another library or an earlier state of this one. */
export interface WholePhoto {
  readonly record: PhotoRecord;
  /** The bytes of a JPEG file. */
  readonly image: ArrayBuffer;
  /** The bytes of a JPEG file. */
  readonly thumbnail: ArrayBuffer;
}

export interface PutResult {
  /** Number of photos that were added. */
  readonly added: number;
  /** For each given photo, the id that it has in this library. */
  readonly ids: readonly string[];
}

/**
 * Stores photos with their records unchanged, in one transaction: all of them or none. If the
 * library has a photo with the same bytes, that photo stays as it is. If an id or a creation time
 * is taken, the photo gets another one.
 *
 * @throws Problem of a StorageProblemKind, or `gone` when a class was removed, for example in another
 *   window; then nothing is written
 */
export async function putPhotos(photos: readonly WholePhoto[]): Promise<PutResult> {
  const result = await write(['classes', 'photos', 'images', 'thumbnails'], async (transaction) => {
    const classes = transaction.objectStore('classes');
    for (const classId of new Set(photos.map(({ record }) => record.classId))) {
      await classOf(classes, classId);
    }
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
      // A deleted photo still has its id and its image, as long as it can be restored.
      const taken = (await images.getKey(record.id)) !== undefined;
      const id = taken ? crypto.randomUUID() : record.id;
      const createdAt = await freeMoment(records.index('byCreated'), record.createdAt);
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
