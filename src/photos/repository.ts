import type { EncodedImage } from '../image/encode.ts';
import { sha256 } from '../platform/sha256.ts';
import { announce } from '../storage/changes.ts';
import { read, write, type Transaction } from '../storage/database.ts';
import type { StoredImage } from '../storage/schema.ts';
import type { ClassRecord } from '../records/class.ts';
import { classOf, classRange, openClasses, isUnused } from './class-store.ts';
import { moveToDeleted, restoreDeleted } from './deleted-photos.ts';
import { withFreeOrderAndColour } from './free-class.ts';
import { findSessionPhoto } from './find-session.ts';
import { findSimilarPhoto } from './find-alike.ts';
import { freeMoment } from './free-moment.ts';
import type { PhotoRecord, PhotoSource, Split } from '../records/photo.ts';
import { countSides, newGroupSplit } from './new-group-split.ts';
import { groupOf } from './training-sides.ts';

/** A photo that is not stored yet. */
export interface NewPhoto {
  readonly classId: string;
  /** The class of `classId`, which is added with the photo if it is not in the library yet. */
  readonly newClass?: ClassRecord;
  /** A class that `newClass` takes the place of, if nothing refers to it. */
  readonly insteadOf?: ClassRecord | undefined;
  readonly image: EncodedImage;
  readonly thumbnail: EncodedImage;
  readonly hashBands: readonly number[];
  readonly source: PhotoSource;
  /** When it was taken, in ms since the epoch, if that is known. */
  readonly takenAt?: number;
  /** See PhotoRecord. */
  readonly fileKey?: string;
  /** Another photo of the same burst: all photos of a burst are on one side of the split. */
  readonly burstOf?: PhotoRecord;
  /** Only for a data set with its own split; `newGroupSplit` decides otherwise. */
  readonly split?: Split;
}

export interface AddResult {
  /** The added photo, or the one that has the same bytes. */
  readonly photo: PhotoRecord;
  /** The same bytes were in the library already, and nothing was written. */
  readonly duplicate: boolean;
  /** Whether `newClass` was added with the photo. */
  readonly addedClass: boolean;
  /** The class that is no longer in the library, as `newClass` has its place. */
  readonly replacedClass?: ClassRecord;
}

/**
 * Stores a photo: record, bytes and thumbnail in one transaction with strict durability. Resolves
 * after its `complete` event; only then may a page report the photo as saved. A photo that looks
 * almost like another one (a burst, two taps in quick succession), or that belongs to its session, is
 * put on the same side of the split: a model must not be evaluated with photos that are almost in its
 * training set. A photo
 * from Live that is in no group is for training: the person saved it because of the model's
 * answer, so it would bias an evaluation. For any other photo, `newGroupSplit` decides.
 *
 * @throws Problem of a StorageProblemKind, `gone` when its class was removed, or `too-many` or
 *   `taken` when `newClass` cannot be added; then nothing is written
 */
export async function addPhoto(photo: NewPhoto): Promise<AddResult> {
  const [result] = await storePhotos([photo]);
  if (result!.addedClass) announce('classes');
  if (!result!.duplicate) announce('photos');
  return result!;
}

/**
 * As `addPhoto`, but several photos in one transaction, all of them or none, and the caller
 * announces the change.
 *
 * @returns one result per photo, in the order of `photos`
 * @throws Problem as `addPhoto`
 */
export async function storePhotos(photos: readonly NewPhoto[]): Promise<AddResult[]> {
  const hashes = await Promise.all(photos.map(({ image }) => sha256(image.bytes)));
  return write(
    ['classes', 'photos', 'deletedPhotos', 'images', 'thumbnails'],
    async (transaction) => {
      const results: AddResult[] = [];
      // One after another: each may be a look-alike of the one before.
      for (const [index, photo] of photos.entries()) {
        results.push(await storeWithin(transaction, photo, hashes[index]!));
      }
      return results;
    },
  );
}

async function storeWithin(
  transaction: Transaction<
    'classes' | 'photos' | 'deletedPhotos' | 'images' | 'thumbnails',
    'readwrite'
  >,
  photo: NewPhoto,
  hash: string,
): Promise<AddResult> {
  const { classId, newClass, insteadOf } = photo;
  const classes = transaction.objectStore('classes');
  const stored = await openClasses(classes);
  const isNew = stored.every(({ id }) => id !== classId);
  const addedClass = isNew ? newClass : undefined;
  if (isNew && !newClass) await classOf(classes, classId);
  const photos = transaction.objectStore('photos');
  const same = await photos.index('bySha256').get(hash);
  if (same) return { photo: same, duplicate: true, addedClass: false };
  const similar =
    photo.burstOf ??
    (await findSimilarPhoto(photos.index('byHashBand'), photo.hashBands)) ??
    (await findSessionPhoto(photos.index('byTaken'), classId, photo));
  // A data set with its own split keeps it, even if it has look-alikes on two sides.
  const isGrouped = similar && (photo.split ?? similar.split) === similar.split;
  const burstId = isGrouped ? groupOf(similar) : undefined;
  const ownSplit = async (): Promise<Split> =>
    photo.source === 'live'
      ? 'train'
      : newGroupSplit(hash, await countSides(photos.index('byClass'), classId));
  const record: PhotoRecord = {
    id: crypto.randomUUID(),
    classId,
    sha256: hash,
    split: photo.split ?? similar?.split ?? (await ownSplit()),
    source: photo.source,
    createdAt: await freeMoment(photos.index('byCreated'), Date.now()),
    ...(photo.takenAt !== undefined && { takenAt: photo.takenAt }),
    size: photo.image.size,
    bytes: photo.image.bytes.byteLength,
    hashBands: photo.hashBands,
    ...(burstId !== undefined && { burstId }),
    ...(photo.fileKey !== undefined && { fileKey: photo.fileKey }),
  };
  const replacedClass =
    addedClass && insteadOf && (await isUnused(insteadOf, transaction)) ? insteadOf : undefined;
  const others = stored.filter(({ id }) => id !== replacedClass?.id);
  await Promise.all([
    ...(replacedClass ? [classes.delete(replacedClass.id)] : []),
    ...(addedClass ? [classes.put(withFreeOrderAndColour(addedClass, others))] : []),
    photos.add(record),
    transaction.objectStore('images').add(storedImage(record.id, photo.image)),
    transaction.objectStore('thumbnails').add(storedImage(record.id, photo.thumbnail)),
  ]);
  return {
    ...{ photo: record, duplicate: false, addedClass: addedClass !== undefined },
    ...(replacedClass && { replacedClass }),
  };
}

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

/** The photo of that id; undefined if it is not in the library. */
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
 * Undoes `deletePhotos`: restores the same records with the same ids, features and split.
 *
 * @throws Problem `gone` when a photo was purged or its class was removed; then none is restored
 */
export async function restorePhotos(photoIds: readonly string[]): Promise<void> {
  await write(['classes', 'photos', 'deletedPhotos'], async (transaction) => {
    const photos = transaction.objectStore('photos');
    const deletedPhotos = transaction.objectStore('deletedPhotos');
    const labels = await Promise.all(
      photoIds.map(async (id) => (await restoreDeleted({ photos, deletedPhotos }, id)).classId),
    );
    for (const classId of new Set(labels)) {
      await classOf(transaction.objectStore('classes'), classId);
    }
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

function storedImage(photoId: string, image: EncodedImage): StoredImage {
  return { photoId, bytes: image.bytes, type: image.type };
}
