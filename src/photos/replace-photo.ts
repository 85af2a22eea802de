import { msg } from '../i18n/msg.ts';
import type { EncodedPhoto } from '../image/encode.ts';
import { Problem } from '../platform/problem.ts';
import { sha256 } from '../platform/sha256.ts';
import { announce } from '../storage/changes.ts';
import { write } from '../storage/database.ts';
import { takeOut } from './deleted-photos.ts';
import type { PhotoRecord } from '../records/photo.ts';

/**
 * Puts another square of the same picture in a photo's place, with its label, side of the split and
 * place in the library, in one transaction. It is a new photo with a new id: features and models
 * name the old one, which goes where deleted photos go.
 *
 * @returns the photo that is there now; the old one where the square is the same
 * @throws Problem of a StorageProblemKind, `gone` when the photo was deleted meanwhile, or `taken`
 *   when the very same square is in the library under another id; then nothing was written
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
      const record = { ...old, id, sha256: hash, size, bytes: image.bytes.byteLength, hashBands };
      await takeOut({ photos, deletedPhotos }, old);
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
