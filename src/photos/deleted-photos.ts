import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import type { DeletedPhoto, PhotoRecord } from '../records/photo.ts';
import type { Transaction } from '../storage/database.ts';
import { freeMoment } from './free-moment.ts';

/** Each photo is in one of these two stores. They belong to a readwrite transaction. */
interface PhotoStores {
  readonly photos: Store<PhotoRecord>;
  readonly deletedPhotos: Store<DeletedPhoto>;
}

interface Store<Value> {
  put(value: Value): Promise<unknown>;
  delete(id: string): Promise<void>;
}

/** Moves a photo from the library to the deleted photos; its bytes stay until it is purged. */
export async function moveToDeleted(stores: PhotoStores, photo: PhotoRecord): Promise<void> {
  await stores.deletedPhotos.put({ photo, deletedAt: Date.now() });
  await stores.photos.delete(photo.id);
}

/**
 * Moves a deleted photo back to the library, unchanged, unless it is there: it was restored already,
 * or the same picture came again meanwhile, from a file or a backup. If another photo has its
 * creation time now, it gets another one.
 *
 * @returns the photo that was moved
 * @throws Problem `gone` when it was purged
 */
export async function restoreDeleted(
  transaction: Pick<Transaction<'photos' | 'deletedPhotos', 'readwrite'>, 'objectStore'>,
  photoId: string,
): Promise<PhotoRecord | undefined> {
  const photos = transaction.objectStore('photos');
  const deletedPhotos = transaction.objectStore('deletedPhotos');
  const deleted = await deletedPhotos.get(photoId);
  if (!deleted) {
    if (await photos.get(photoId)) return undefined;
    throw new Problem('gone', msg('It is too late to bring these photos back.'));
  }
  const { photo } = deleted;
  if (await photos.index('bySha256').getKey(photo.sha256)) return undefined;
  const createdAt = await freeMoment(photos.index('byCreated'), photo.createdAt);
  await Promise.all([photos.put({ ...photo, createdAt }), deletedPhotos.delete(photoId)]);
  return photo;
}
