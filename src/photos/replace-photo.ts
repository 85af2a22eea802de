import { msg } from '../i18n/msg.ts';
import type { EncodedPhoto } from '../image/encode.ts';
import { Problem } from '../platform/problem.ts';
import { sha256 } from '../platform/sha256.ts';
import { announce } from '../storage/changes.ts';
import { write } from '../storage/database.ts';
import { moveToDeleted } from './deleted-photos.ts';
import type { PhotoRecord } from '../records/photo.ts';
import { groupOf } from './training-splits.ts';

/**
 * Replaces a photo by another square of the same picture, in one transaction. The label, the
 * split and the position in the library stay. The new photo has a new id, because features and
 * models refer to the old one, which is moved to the deleted photos.
 *
 * @returns the new photo, or the old one if the square is the same
 * @throws Problem of a StorageProblemKind, `gone` when the photo was deleted, or `taken` when the
 *   same square is in the library under another id; then nothing is written
 */
export async function replacePhoto(photoId: string, square: EncodedPhoto): Promise<PhotoRecord> {
  const { image, thumbnail, hashBands } = square;
  const hash = await sha256(image.bytes);
  const result = await write(
    ['photos', 'deletedPhotos', 'images', 'thumbnails'],
    async (transaction) => {
      const photos = transaction.objectStore('photos');
      const deletedPhotos = transaction.objectStore('deletedPhotos');
      const old = await photos.get(photoId);
      if (!old) throw new Problem('gone', msg('The photo was deleted meanwhile.'));
      if (old.sha256 === hash) return old;
      if (await photos.index('bySha256').getKey(hash)) {
        throw new Problem('taken', msg('The very same square is in your library already.'));
      }
      const id = crypto.randomUUID();
      const { size, type } = image;
      // The other photos of its group know the first one by its old SHA-256.
      const burstId = groupOf(old);
      const bytes = image.bytes.byteLength;
      const record = { ...old, id, sha256: hash, burstId, size, bytes, hashBands };
      await moveToDeleted({ photos, deletedPhotos }, old);
      await photos.add(record);
      await transaction.objectStore('images').add({ photoId: id, bytes: image.bytes, type });
      await transaction
        .objectStore('thumbnails')
        .add({ photoId: id, bytes: thumbnail.bytes, type: thumbnail.type });
      return record;
    },
  );
  announce('photos');
  return result;
}
