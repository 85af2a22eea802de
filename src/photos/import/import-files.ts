import { msg } from '../../i18n/msg.ts';
import { pictureSize } from '../../image/draw-square.ts';
import { encodePhoto, type EncodedPhoto } from '../../image/encode.ts';
import type { SquareCrop } from '../../image/square.ts';
import { Problem } from '../../platform/problem.ts';
import type { PhotoSource, Split } from '../../records/photo.ts';
import { addPhoto } from '../repository.ts';
import { decodeFile } from './decode-file.ts';
import type { FoundPicture, RefusedFile } from './found-picture.ts';
import type { LabelledPicture } from './label-pictures.ts';

/** Pictures in work at the same time: one is decoded while another is stored. */
const CONCURRENCY = 2;
/** From here on, longer side by shorter, much of a picture lies outside its middle square. */
const WIDE = 1.15;

export interface ImportOptions {
  /** Stops before the next file; what is stored stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Only where a data set brings its own split; the stable hash decides otherwise. */
  readonly split?: Split;
  /** `file` unless told. */
  readonly source?: PhotoSource;
}

export interface ImportProgress {
  readonly total: number;
  /** Files that are through, whatever became of them. */
  readonly done: number;
  readonly added: number;
}

/** A photo that was added, and the picture that it is the middle square of. */
export interface WidePhoto {
  readonly photoId: string;
  readonly picture: FoundPicture;
  /** The square that the person chose since. */
  readonly crop?: SquareCrop;
}

export interface ImportReport {
  readonly total: number;
  readonly added: number;
  /** Ids of the photos that were added. */
  readonly photoIds: readonly string[];
  /** Pictures that were in the library already; they keep their label. */
  readonly duplicates: number;
  readonly refused: readonly RefusedFile[];
  /** Those of the added photos that another square of their picture may suit better. */
  readonly wide: readonly WidePhoto[];
  /** Files left when the import was stopped or storage failed. */
  readonly notTried: number;
  /** Why storage ended the import: quota, a full disk. */
  readonly problem?: Problem;
}

/**
 * Adds pictures to the library, each under its label: it is checked, decoded upright, cut to its
 * centre square and re-encoded, which also strips EXIF with place and date. A bad file is refused
 * by name and never stops the rest; a storage problem stops the batch, for it would meet them all.
 * Never rejects: the report says all.
 */
export async function importFiles(
  files: readonly LabelledPicture[],
  { signal, onProgress, split, source = 'file' }: ImportOptions = {},
): Promise<ImportReport> {
  const waiting = [...files.entries()];
  const photoIds: string[] = [];
  const wide: { readonly index: number; readonly photo: WidePhoto }[] = [];
  const refused: RefusedFile[] = [];
  let duplicates = 0;
  let problem: Problem | undefined;

  const report = () => {
    const done = photoIds.length + duplicates + refused.length;
    onProgress?.({ total: files.length, done, added: photoIds.length });
  };

  async function importNext(index: number, one: LabelledPicture): Promise<void> {
    const { picture, classId } = one;
    const prepared = await preparePhoto(picture);
    if (prepared instanceof Problem) {
      refused.push({ name: picture.name, reason: prepared.message });
      return;
    }
    const { isWide, ...photo } = prepared;
    try {
      const result = await addPhoto({ ...photo, classId, source, ...(split && { split }) });
      if (result.duplicate) {
        duplicates++;
        return;
      }
      photoIds.push(result.photo.id);
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
  const added = photoIds.length;
  return {
    total: files.length,
    added,
    photoIds,
    duplicates,
    refused,
    // In the order in which they came, not that in which they were done.
    wide: wide.sort((a, b) => a.index - b.index).map(({ photo }) => photo),
    // Counted from the rest: a file that was in work when storage failed is not stored either.
    notTried: files.length - added - duplicates - refused.length,
    ...(problem && { problem }),
  };
}

/** A picture as a photo to store, or the reason why not. */
async function preparePhoto(
  found: FoundPicture,
): Promise<(EncodedPhoto & { readonly isWide: boolean }) | Problem> {
  let picture: ImageBitmap | undefined;
  try {
    picture = await decodeFile(await found.read());
    const { width, height } = pictureSize(picture);
    const isWide = Math.max(width, height) > WIDE * Math.min(width, height);
    return { ...(await encodePhoto(picture)), isWide };
  } catch (thrown) {
    return Problem.from(thrown, msg('The picture could not be made smaller to store it.'));
  } finally {
    picture?.close();
  }
}
