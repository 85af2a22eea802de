import { announce } from '../storage/changes.ts';
import { read, write, type Transaction } from '../storage/database.ts';
import type { StoredImage } from '../storage/schema.ts';
import { classOf, classRange } from './class-store.ts';
import { moveToDeleted, restoreDeleted } from './deleted-photos.ts';
import { wasBefore } from '../platform/undo-time.ts';
import type { PhotoRecord } from '../records/photo.ts';

/** All photos, or all photos of one class, newest first. @throws Problem of a StorageProblemKind */
export async function listPhotos(classId?: string): Promise<PhotoRecord[]> {
  const records = await read(['photos'], (transaction) => {
    const photos = transaction.objectStore('photos');
    return classId === undefined
      ? photos.index('byCreated').getAll()
      : photos.index('byClass').getAll(classRange(classId));
  });
  return records.reverse();
}

/** Ids of the photos that were added after a moment, in milliseconds since the epoch. */
export async function addedAfter(moment: number): Promise<Set<string>> {
  const later = IDBKeyRange.lowerBound(moment, true);
  return new Set(
    await read(['photos'], (transaction) =>
      transaction.objectStore('photos').index('byCreated').getAllKeys(later),
    ),
  );
}

/** Class ids by photo id, without photos whose class does not exist. */
export function listLabels(): Promise<Map<string, string>> {
  return read(['classes', 'photos'], labelsIn);
}

/** `listLabels` within a transaction of the caller. It reads only keys, which is fast. */
export async function labelsIn(
  transaction: Transaction<'classes' | 'photos', 'readonly'>,
): Promise<Map<string, string>> {
  const byClass = transaction.objectStore('photos').index('byClass');
  const classIds = await transaction.objectStore('classes').getAllKeys();
  const ids = await Promise.all(classIds.map((id) => byClass.getAllKeys(classRange(id))));
  return new Map(ids.flatMap((own, c) => own.map((id) => [id, classIds[c]!] as const)));
}

/** Number of photos by class id; a class without photos is absent. */
export async function countPhotos(): Promise<Map<string, number>> {
  return read(['classes', 'photos'], async (transaction) => {
    const byClass = transaction.objectStore('photos').index('byClass');
    const classIds = await transaction.objectStore('classes').getAllKeys();
    const counts = await Promise.all(classIds.map((id) => byClass.count(classRange(id))));
    const pairs = classIds.map((id, i) => [id, counts[i]!] as const);
    return new Map(pairs.filter(([, count]) => count > 0));
  });
}

/**
 * The thumbnail of a photo, also of a deleted one until it is purged; undefined if there is none.
 */
export function getThumbnail(photoId: string): Promise<StoredImage | undefined> {
  return read(['thumbnails'], (transaction) => transaction.objectStore('thumbnails').get(photoId));
}

/** The thumbnails of many photos in the order of `photoIds`, read in one transaction. */
export function getThumbnails(photoIds: readonly string[]): Promise<(StoredImage | undefined)[]> {
  return read(['thumbnails'], (transaction) => {
    const thumbnails = transaction.objectStore('thumbnails');
    return Promise.all(photoIds.map((id) => thumbnails.get(id)));
  });
}

/** The image of a photo, also of a deleted one until it is purged; undefined if there is none. */
export function getImage(photoId: string): Promise<StoredImage | undefined> {
  return read(['images'], (transaction) => transaction.objectStore('images').get(photoId));
}

/**
 * Gives photos another label; their split and their bytes do not change.
 *
 * @throws Problem `gone` when the class was removed; then nothing changes
 */
export async function relabelPhotos(photoIds: readonly string[], classId: string): Promise<void> {
  await labelPhotos(new Map(photoIds.map((id) => [id, classId])));
}

/**
 * Gives each photo its own label, in one transaction; this undoes `relabelPhotos`. Photos that are
 * no longer in the library are skipped.
 *
 * @param labels class ids by photo id
 * @throws Problem `gone` when a class was removed; then nothing changes
 */
export async function labelPhotos(labels: ReadonlyMap<string, string>): Promise<void> {
  await write(['classes', 'photos'], async (transaction) => {
    const classes = transaction.objectStore('classes');
    for (const classId of new Set(labels.values())) await classOf(classes, classId);
    const photos = transaction.objectStore('photos');
    await Promise.all(
      Array.from(labels, async ([id, classId]) => {
        const record = await photos.get(id);
        if (record) await photos.put({ ...record, classId });
      }),
    );
  });
  announce('photos');
}

/** Notes which film a photo and those after it come from; a photo that has a key keeps it. */
export async function noteFileKey(photoId: string, fileKey: string): Promise<void> {
  await write(['photos'], async (transaction) => {
    const photos = transaction.objectStore('photos');
    const record = await photos.get(photoId);
    if (record && record.fileKey === undefined) await photos.put({ ...record, fileKey });
  });
}

/** Deletes photos from the library. `restorePhotos` restores them until they are purged. */
export async function deletePhotos(photoIds: readonly string[]): Promise<void> {
  await write(['photos', 'deletedPhotos'], async (transaction) => {
    const photos = transaction.objectStore('photos');
    const deletedPhotos = transaction.objectStore('deletedPhotos');
    await Promise.all(
      photoIds.map(async (id) => {
        const photo = await photos.get(id);
        if (photo) await moveToDeleted({ photos, deletedPhotos }, photo);
      }),
    );
  });
  announce('photos');
}

/**
 * Undoes `deletePhotos`: restores the same records with the same ids, features and split. Pictures
 * that came again meanwhile stay as they are.
 *
 * @throws Problem `gone` when a photo was purged or its class was removed; then none is restored
 */
export async function restorePhotos(photoIds: readonly string[]): Promise<void> {
  await write(['classes', 'photos', 'deletedPhotos'], async (transaction) => {
    const labels = new Set<string>();
    // One after another: each takes a creation time that no other photo has.
    for (const id of photoIds) {
      const restored = await restoreDeleted(transaction, id);
      if (restored) labels.add(restored.classId);
    }
    for (const classId of labels) await classOf(transaction.objectStore('classes'), classId);
  });
  announce('photos');
}

/**
 * Deletes the bytes and features of photos that were deleted before `time`, in ms since the epoch.
 */
export async function purgeDeletedPhotos(time: number): Promise<void> {
  await write(['deletedPhotos', 'images', 'thumbnails', 'features'], async (transaction) => {
    const deleted = await transaction.objectStore('deletedPhotos').getAll();
    for (const { photo, deletedAt } of deleted) {
      if (wasBefore(deletedAt, time)) await purge(transaction, photo.id);
    }
  });
}

async function purge(
  transaction: Transaction<'deletedPhotos' | 'images' | 'thumbnails' | 'features', 'readwrite'>,
  photoId: string,
): Promise<void> {
  await transaction.objectStore('deletedPhotos').delete(photoId);
  await transaction.objectStore('images').delete(photoId);
  await transaction.objectStore('thumbnails').delete(photoId);
  const features = transaction.objectStore('features');
  for (const key of await features.index('byPhoto').getAllKeys(photoId)) {
    await features.delete(key);
  }
}
