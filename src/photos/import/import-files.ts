import { msg } from '../../i18n/msg.ts';
import { encodePhoto, PHOTO_SIZE, type EncodedPhoto } from '../../image/encode.ts';
import type { SquareCrop } from '../../image/square.ts';
import { Problem } from '../../platform/problem.ts';
import type { ClassRecord } from '../../records/class.ts';
import { Throttle } from '../../platform/throttle.ts';
import { isWithheld } from '../../platform/withheld.ts';
import type { PhotoSource, Split } from '../../records/photo.ts';
import { announce } from '../../storage/changes.ts';
import { storePhoto, type NewPhoto } from '../repository.ts';
import { decodeFile } from './decode-file.ts';
import type { FoundPicture, RefusedFile } from './found-picture.ts';
import type { LabelledPicture } from './label-pictures.ts';

/**
 * Interval between two announcements of new photos, in milliseconds: pages and the learning engine
 * read the whole library after each.
 */
const ANNOUNCE_EVERY_MS = 1_000;
/** Number of pictures processed at the same time: one is decoded while another is stored. */
const CONCURRENCY = 2;
/** A picture is decoded at twice the size of a photo or more, so that scaling it down stays smooth. */
const DECODED_SIDE = 2 * PHOTO_SIZE;
/**
 * From this ratio of the longer to the shorter side on, much of a picture is outside its centre
 * square.
 */
const WIDE = 1.15;

export interface ImportOptions {
  /** Stops the import before the next file; stored photos stay. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Only for a data set with its own split; the stable hash decides otherwise. */
  readonly split?: Split;
  /** `file` by default. */
  readonly source?: PhotoSource;
  /** Classes that are added to the library, each together with its first photo. */
  readonly newClasses?: readonly ClassRecord[];
}

/** Numbers of files. */
export interface ImportProgress {
  readonly total: number;
  /** Files that were added, refused, or found to be duplicates. */
  readonly done: number;
  readonly added: number;
}

/** An added photo, which is the centre square of a wide or tall picture. */
export interface WidePhoto {
  readonly photoId: string;
  readonly picture: FoundPicture;
  /** The square that the user has chosen since the import. */
  readonly crop?: SquareCrop;
}

/** The result of an import, with numbers of files. */
export interface ImportReport {
  readonly total: number;
  readonly added: number;
  /** Ids of the added photos. */
  readonly photoIds: readonly string[];
  /** The classes that were added: those of `newClasses` that got a photo. */
  readonly created: readonly ClassRecord[];
  /** Pictures that were in the library already; they keep their label. */
  readonly duplicates: number;
  readonly refused: readonly RefusedFile[];
  /** Names of the added pictures of which a part is missing, because the file is not whole. */
  readonly incomplete: readonly string[];
  /** The added photos for which another square of the picture may be better. */
  readonly wide: readonly WidePhoto[];
  /** Files that were not imported because the import was stopped or storage failed. */
  readonly notTried: number;
  /** What ended the import, such as a full disk: it would have refused every other file too. */
  readonly problem?: Problem;
}

/**
 * Adds labelled pictures to the library. Each one is checked, decoded upright, cropped to its
 * centre square and re-encoded, which also removes EXIF data such as location and date; only the time
 * of taking is kept, in the record, because it tells the session. A bad file
 * is refused by name and does not stop the others; a storage problem stops the import, because it
 * would affect all other files too. New photos are announced about once per second, and at the end.
 * Never rejects: the report contains all errors.
 */
export async function importFiles(
  files: readonly LabelledPicture[],
  { signal, onProgress, split, source = 'file', newClasses = [] }: ImportOptions = {},
): Promise<ImportReport> {
  const waiting = [...files.entries()];
  const photoIds: string[] = [];
  const created: ClassRecord[] = [];
  const wide: { readonly index: number; readonly photo: WidePhoto }[] = [];
  const refused: RefusedFile[] = [];
  const incomplete: string[] = [];
  let duplicates = 0;
  let problem: Problem | undefined;
  const announcing = new Throttle(
    () => announce('photos'),
    (then) => setTimeout(then, ANNOUNCE_EVERY_MS),
  );

  const report = () => {
    const done = photoIds.length + duplicates + refused.length;
    onProgress?.({ total: files.length, done, added: photoIds.length });
  };

  async function importNext(index: number, one: LabelledPicture): Promise<void> {
    const { picture, classId } = one;
    const prepared = await preparePhoto(picture);
    if (prepared instanceof Problem) {
      // It would refuse every other file too.
      if (isWithheld(prepared)) problem ??= prepared;
      else refused.push({ name: picture.name, reason: prepared.message });
      return;
    }
    const { isWide, isIncomplete, ...photo } = prepared;
    try {
      // If the person removes an added class meanwhile, its next photo does not add it again.
      const newClass = newClasses.find((each) => each.id === classId && !created.includes(each));
      const added = { ...photo, classId, source, ...(split && { split }) };
      const result = await storePhoto({ ...added, ...(newClass && { newClass }) });
      if (newClass && result.addedClass) {
        created.push(newClass);
        announce('classes');
      }
      if (result.duplicate) {
        duplicates++;
        return;
      }
      photoIds.push(result.photo.id);
      if (isIncomplete) incomplete.push(picture.name);
      announcing.call();
      if (isWide) wide.push({ index, photo: { photoId: result.photo.id, picture } });
    } catch (thrown) {
      problem ??= Problem.from(thrown);
    }
  }

  async function work(): Promise<void> {
    while (!problem && !signal?.aborted) {
      const next = waiting.shift();
      if (!next) return;
      await importNext(...next);
      report();
    }
  }

  report();
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  announcing.flush();
  const added = photoIds.length;
  return {
    total: files.length,
    added,
    photoIds,
    created,
    duplicates,
    refused,
    incomplete,
    // In the order of `files`, not in the order of completion.
    wide: wide.sort((a, b) => a.index - b.index).map(({ photo }) => photo),
    // The difference includes the files that were being processed when storage failed.
    notTried: files.length - added - duplicates - refused.length,
    ...(problem && { problem }),
  };
}

interface PreparedPhoto extends EncodedPhoto, Pick<NewPhoto, 'takenAt'> {
  readonly isWide: boolean;
  readonly isIncomplete: boolean;
}

/** Decodes and encodes one picture. Returns the Problem instead of throwing it. */
async function preparePhoto(found: FoundPicture): Promise<PreparedPhoto | Problem> {
  let picture: ImageBitmap | undefined;
  try {
    const decoded = await decodeFile(await found.read(), { leastSide: DECODED_SIDE });
    const { takenAt, isIncomplete } = decoded;
    picture = decoded.picture;
    const { width, height } = picture;
    const isWide = Math.max(width, height) > WIDE * Math.min(width, height);
    const encoded = await encodePhoto(picture);
    return { ...encoded, ...(takenAt !== undefined && { takenAt }), isWide, isIncomplete };
  } catch (thrown) {
    return Problem.from(thrown, msg('The picture could not be made smaller to store it.'));
  } finally {
    picture?.close();
  }
}
