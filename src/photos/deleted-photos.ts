import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import type { DeletedPhoto, PhotoRecord } from '../records/photo.ts';

/** The two stores that a photo is in one of, within a transaction that may write. */
interface PhotoStores {
  readonly photos: Store<PhotoRecord>;
  readonly deletedPhotos: Store<DeletedPhoto>;
}

interface Store<Value> {
  get(id: string): Promise<Value | undefined>;
  put(value: Value): Promise<unknown>;
  delete(id: string): Promise<void>;
}

/** Takes a photo out of the library; its bytes stay until it is purged. */
export async function takeOut(stores: PhotoStores, photo: PhotoRecord): Promise<void> {
  await stores.deletedPhotos.put({ photo, deletedAt: Date.now() });
  await stores.photos.delete(photo.id);
}

/**
 * Brings a photo back as it was.
 *
 * @throws Problem `gone` when it was purged meanwhile
 */
export async function bringBack(stores: PhotoStores, photoId: string): Promise<PhotoRecord> {
  const deleted = await stores.deletedPhotos.get(photoId);
  if (!deleted) throw new Problem('gone', msg('It is too late to bring these photos back.'));
  await stores.photos.put(deleted.photo);
  await stores.deletedPhotos.delete(photoId);
  return deleted.photo;
}
