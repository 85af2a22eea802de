import type { EncodedImage } from '../image/encode.ts';
import { sha256 } from '../platform/sha256.ts';
import { announce } from '../storage/changes.ts';
import { read, write, type Transaction } from '../storage/database.ts';
import type { StoredImage } from '../storage/schema.ts';
import { classOf } from './class-store.ts';
import { bringBack, takeOut } from './deleted-photos.ts';
import { findAlike } from './find-alike.ts';
import type { PhotoRecord, PhotoSource, Split } from '../records/photo.ts';
import { stableSplit } from './stable-split.ts';

/** A photo that is not stored yet. */
export interface NewPhoto {
  readonly classId: string;
  readonly image: EncodedImage;
  readonly thumbnail: EncodedImage;
  readonly hashBands: readonly number[];
  readonly source: PhotoSource;
  /** Another photo of the burst it belongs to: a whole burst falls on one side of the split. */
  readonly burstOf?: PhotoRecord;
  /** Only where a data set brings its own split; see `sideOf` otherwise. */
  readonly split?: Split;
}

export interface AddResult {
  readonly photo: PhotoRecord;
  /** The very same bytes were there already, and nothing was written. */
  readonly duplicate: boolean;
}

/**
 * Stores a photo: record, bytes and thumbnail in one strict transaction. Resolves after the
 * transaction's `complete`; only then may a page say that the photo is saved. One that looks almost
 * like another (a burst, two taps in a row) falls on that photo's side of the split: a model must
 * not be judged by what it has as good as seen.
 *
 * @throws Problem of a StorageProblemKind, or `gone` when its class was removed meanwhile; then
 *   nothing was written
 */
export async function addPhoto(photo: NewPhoto): Promise<AddResult> {
  const hash = await sha256(photo.image.bytes);
  const result = await write(['classes', 'photos', 'images', 'thumbnails'], async (transaction) => {
    await classOf(transaction.objectStore('classes'), photo.classId);
    const photos = transaction.objectStore('photos');
    const same = await photos.index('bySha256').get(hash);
    if (same) return { photo: same, duplicate: true };
    const alike = photo.burstOf ?? (await findAlike(photos.index('byHashBand'), photo.hashBands));
    const burstId = alike && (alike.burstId ?? alike.sha256);
    const newest = await photos.index('byCreated').openKeyCursor(null, 'prev');
    const record: PhotoRecord = {
      id: crypto.randomUUID(),
      classId: photo.classId,
      sha256: hash,
      split: photo.split ?? alike?.split ?? sideOf(photo.source, hash),
      source: photo.source,
      createdAt: Math.max(Date.now(), (newest?.key ?? 0) + 1),
      size: photo.image.size,
      bytes: photo.image.bytes.byteLength,
      hashBands: photo.hashBands,
      ...(burstId !== undefined && { burstId }),
    };
    await Promise.all([
      photos.add(record),
      transaction.objectStore('images').add(stored(record.id, photo.image)),
      transaction.objectStore('thumbnails').add(stored(record.id, photo.thumbnail)),
    ]);
    return { photo: record, duplicate: false };
  });
  if (!result.duplicate) announce('photos');
  return result;
}

/** Every photo, newest first; of one class only, if it is named. */
export async function listPhotos(classId?: string): Promise<PhotoRecord[]> {
  const records = await read(['photos'], (transaction) => {
    const photos = transaction.objectStore('photos');
    return classId === undefined
      ? photos.index('byCreated').getAll()
      : photos.index('byClass').getAll(classRange(classId));
  });
  return records.reverse();
}

/** The class id of every photo by its id, of classes that are there. */
export function listLabels(): Promise<Map<string, string>> {
  return read(['classes', 'photos'], labelsIn);
}

/** The same within a transaction. It reads keys alone, which is quick. */
export async function labelsIn(
  transaction: Transaction<'classes' | 'photos', 'readonly'>,
): Promise<Map<string, string>> {
  const byClass = transaction.objectStore('photos').index('byClass');
  const classIds = await transaction.objectStore('classes').getAllKeys();
  const ids = await Promise.all(classIds.map((id) => byClass.getAllKeys(classRange(id))));
  return new Map(ids.flatMap((own, c) => own.map((id) => [id, classIds[c]!] as const)));
}

/** One photo, or undefined where there is none of that id in the library. */
export function getPhoto(photoId: string): Promise<PhotoRecord | undefined> {
  return read(['photos'], (transaction) => transaction.objectStore('photos').get(photoId));
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

export function getThumbnail(photoId: string): Promise<StoredImage | undefined> {
  return read(['thumbnails'], (transaction) => transaction.objectStore('thumbnails').get(photoId));
}

/** Thumbnails of many photos in one transaction, in their order; undefined for one that has none. */
export function getThumbnails(photoIds: readonly string[]): Promise<(StoredImage | undefined)[]> {
  return read(['thumbnails'], (transaction) => {
    const thumbnails = transaction.objectStore('thumbnails');
    return Promise.all(photoIds.map((id) => thumbnails.get(id)));
  });
}

export function getImage(photoId: string): Promise<StoredImage | undefined> {
  return read(['images'], (transaction) => transaction.objectStore('images').get(photoId));
}

/**
 * Gives photos another label; their split and their bytes stay as they are.
 *
 * @throws Problem `gone` when the class of that label was removed meanwhile; then nothing is changed
 */
export async function relabelPhotos(photoIds: readonly string[], classId: string): Promise<void> {
  await labelPhotos(new Map(photoIds.map((id) => [id, classId])));
}

/**
 * Gives each photo a label of its own, in one transaction: what undoes `relabelPhotos`. A photo that
 * is not there any more is passed over.
 *
 * @param labels class id by photo id
 * @throws Problem `gone` when a class was removed meanwhile; then nothing is changed
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

/** Takes photos out of the library. `restorePhotos` brings them back until they are purged. */
export async function deletePhotos(photoIds: readonly string[]): Promise<void> {
  await write(['photos', 'deletedPhotos'], async (transaction) => {
    const photos = transaction.objectStore('photos');
    const deletedPhotos = transaction.objectStore('deletedPhotos');
    await Promise.all(
      photoIds.map(async (id) => {
        const photo = await photos.get(id);
        if (photo) await takeOut({ photos, deletedPhotos }, photo);
      }),
    );
  });
  announce('photos');
}

/**
 * Undoes `deletePhotos`: the same records, with the same ids, features and split.
 *
 * @throws Problem `gone` when one of them was purged meanwhile, or its class removed; then none is
 *   restored
 */
export async function restorePhotos(photoIds: readonly string[]): Promise<void> {
  await write(['classes', 'photos', 'deletedPhotos'], async (transaction) => {
    const photos = transaction.objectStore('photos');
    const deletedPhotos = transaction.objectStore('deletedPhotos');
    const labels = await Promise.all(
      photoIds.map(async (id) => (await bringBack({ photos, deletedPhotos }, id)).classId),
    );
    for (const classId of new Set(labels)) {
      await classOf(transaction.objectStore('classes'), classId);
    }
  });
  announce('photos');
}

/** Frees the bytes of photos that were deleted before `time`, in ms since the epoch. */
export async function purgeDeletedPhotos(time: number): Promise<void> {
  await write(['deletedPhotos', 'images', 'thumbnails', 'features'], async (transaction) => {
    const deleted = await transaction.objectStore('deletedPhotos').getAll();
    for (const { photo, deletedAt } of deleted) {
      if (deletedAt < time) await purge(transaction, photo.id);
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

/**
 * The side of a photo that looks like no other. A correction in Live is made to teach; and a picture that
 * the model was just asked about, kept because of what it answered, would be no fair judge. Of any other
 * photo the stable hash decides.
 */
function sideOf(source: PhotoSource, hash: string): Split {
  return source === 'live' ? 'train' : stableSplit(hash);
}

function stored(photoId: string, image: EncodedImage): StoredImage {
  return { photoId, bytes: image.bytes, type: image.type };
}

/** Keys of the index `byClass` that are photos of that class. */
export function classRange(classId: string): IDBKeyRange {
  return IDBKeyRange.bound([classId, -Infinity], [classId, Infinity]);
}
