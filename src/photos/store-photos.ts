import type { EncodedImage } from '../image/encode.ts';
import { sha256 } from '../platform/sha256.ts';
import type { ClassRecord } from '../records/class.ts';
import type { PhotoRecord, PhotoSource, Split } from '../records/photo.ts';
import { announce } from '../storage/changes.ts';
import { write, type Transaction } from '../storage/database.ts';
import type { StoredImage } from '../storage/schema.ts';
import { classOf, isUnused, openClasses } from './class-store.ts';
import { findSimilarPhoto } from './find-alike.ts';
import { findSessionPhotos } from './find-session.ts';
import { withFreeOrderAndColour } from './free-class.ts';
import { freeMoment } from './free-moment.ts';
import { joinGroups } from './join-groups.ts';
import { countSplits, newGroupSplit } from './new-group-split.ts';
import { groupOf } from './training-splits.ts';

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
  /** Another photo of the same burst: all photos of a burst are in one split. */
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
 * almost like another one (a burst, two taps in quick succession), or that belongs to its session,
 * is put in the same split: a model must not be evaluated with photos that are almost in
 * its training set. A photo from Live that is in no group is for training: the person saved it
 * because of the model's answer, so it would bias an evaluation. For any other photo,
 * `newGroupSplit` decides.
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
      // One after another: each may be a near-duplicate of the one before.
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
  const [nearest, ...others] = await linkedPhotos(transaction, photo);
  // A data set with its own split keeps it, even if it has near-duplicates in two splits.
  const group =
    nearest && photo.split === undefined
      ? await joinGroups(transaction, [nearest, ...others])
      : nearest && photo.split === nearest.split
        ? { burstId: groupOf(nearest), split: nearest.split }
        : undefined;
  const ownSplit = async (): Promise<Split> =>
    photo.source === 'live'
      ? 'train'
      : newGroupSplit(hash, await countSplits(photos.index('byClass'), classId));
  const record: PhotoRecord = {
    id: crypto.randomUUID(),
    classId,
    sha256: hash,
    split: photo.split ?? group?.split ?? (await ownSplit()),
    ...(photo.split && { isSplitBySet: true }),
    source: photo.source,
    createdAt: await freeMoment(photos.index('byCreated'), Date.now()),
    ...(photo.takenAt !== undefined && { takenAt: photo.takenAt }),
    size: photo.image.size,
    bytes: photo.image.bytes.byteLength,
    hashBands: photo.hashBands,
    ...(group && { burstId: group.burstId }),
    ...(photo.fileKey !== undefined && { fileKey: photo.fileKey }),
  };
  const replacedClass =
    addedClass && insteadOf && (await isUnused(insteadOf, transaction)) ? insteadOf : undefined;
  const staying = stored.filter(({ id }) => id !== replacedClass?.id);
  await Promise.all([
    ...(replacedClass ? [classes.delete(replacedClass.id)] : []),
    ...(addedClass ? [classes.put(withFreeOrderAndColour(addedClass, staying))] : []),
    photos.add(record),
    transaction.objectStore('images').add(storedImage(record.id, photo.image)),
    transaction.objectStore('thumbnails').add(storedImage(record.id, photo.thumbnail)),
  ]);
  return {
    ...{ photo: record, duplicate: false, addedClass: addedClass !== undefined },
    ...(replacedClass && { replacedClass }),
  };
}

/** The photos whose groups a new one joins: its burst, or its near-duplicates and its session. */
async function linkedPhotos(
  transaction: Pick<Transaction<'photos', 'readwrite'>, 'objectStore'>,
  photo: NewPhoto,
): Promise<PhotoRecord[]> {
  const photos = transaction.objectStore('photos');
  // Its group may have joined another one meanwhile.
  if (photo.burstOf) return [(await photos.get(photo.burstOf.id)) ?? photo.burstOf];
  const similar = await findSimilarPhoto(photos.index('byHashBand'), photo.hashBands);
  const isOwn = photo.source === 'camera' || photo.source === 'live';
  if (similar && isOwn) return [similar];
  const session = await findSessionPhotos(photos.index('byTaken'), photo.classId, photo);
  return [...(similar ? [similar] : []), ...session];
}

function storedImage(photoId: string, image: EncodedImage): StoredImage {
  return { photoId, bytes: image.bytes, type: image.type };
}
