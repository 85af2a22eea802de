import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import type { DeletedPhoto, PhotoRecord } from '../records/photo.ts';

/** Each photo is in one of these two stores. They belong to a readwrite transaction. */
interface PhotoStores {
  readonly photos: Store<PhotoRecord>;
  readonly deletedPhotos: Store<DeletedPhoto>;
}

interface Store<Value> {
  get(id: string): Promise<Value | undefined>;
  put(value: Value): Promise<unknown>;
  delete(id: string): Promise<void>;
}

/** Moves a photo from the library to the deleted photos; its bytes stay until it is purged. */
export async function moveToDeleted(stores: PhotoStores, photo: PhotoRecord): Promise<void> {
  await stores.deletedPhotos.put({ photo, deletedAt: Date.now() });
  await stores.photos.delete(photo.id);
}

/**
 * Moves a deleted photo back to the library, unchanged.
 *
 * @throws Problem `gone` when it was purged
 */
export async function restoreDeleted(stores: PhotoStores, photoId: string): Promise<PhotoRecord> {
  const deleted = await stores.deletedPhotos.get(photoId);
  if (!deleted) throw new Problem('gone', msg('It is too late to bring these photos back.'));
  await stores.photos.put(deleted.photo);
  await stores.deletedPhotos.delete(photoId);
  return deleted.photo;
}
