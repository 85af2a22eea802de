import { encodePhoto } from '../../image/encode.ts';
import { Problem } from '../../problem.ts';
import { addPhoto, type NewPhoto } from '../repository.ts';
import type { Split } from '../stable-split.ts';
import { decodeFile } from './decode-file.ts';

/** Pictures in work at the same time: one is decoded while another is stored. */
const CONCURRENCY = 2;

export interface ImportOptions {
  /** Stops before the next file; what is stored stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Only where a data set brings its own split; the stable hash decides otherwise. */
  readonly split?: Split;
}

export interface ImportProgress {
  readonly total: number;
  /** Files that are through, whatever became of them. */
  readonly done: number;
  readonly added: number;
}

interface RefusedFile {
  readonly name: string;
  /** A sentence for the person. */
  readonly reason: string;
}

export interface ImportReport {
  readonly total: number;
  readonly added: number;
  /** Ids of the photos that were added. */
  readonly photoIds: readonly string[];
  /** Pictures that were in the library already; they keep their label. */
  readonly duplicates: number;
  readonly refused: readonly RefusedFile[];
  /** Files left when the import was stopped or storage failed. */
  readonly notTried: number;
  /** Why storage ended the import: quota, a full disk. */
  readonly problem?: Problem;
}

/**
 * Adds picture files to the library under one label: each is checked, decoded upright, cut to its
 * centre square and re-encoded, which also strips EXIF with place and date. A bad file is refused
 * by name and never stops the rest; a storage problem stops the batch, for it would meet them all.
 * Never rejects: the report says all.
 */
export async function importFiles(
  files: readonly File[],
  classId: string,
  { signal, onProgress, split }: ImportOptions = {},
): Promise<ImportReport> {
  const waiting = [...files];
  const photoIds: string[] = [];
  const refused: RefusedFile[] = [];
  let duplicates = 0;
  let problem: Problem | undefined;

  const report = () => {
    const done = photoIds.length + duplicates + refused.length;
    onProgress?.({ total: files.length, done, added: photoIds.length });
  };

  async function importNext(file: File): Promise<void> {
    const photo = await preparePhoto(file, classId, split);
    if (photo instanceof Problem) {
      refused.push({ name: file.name, reason: photo.message });
      return;
    }
    try {
      const result = await addPhoto(photo);
      if (result.duplicate) duplicates++;
      else photoIds.push(result.photo.id);
    } catch (thrown) {
      problem ??= Problem.from(thrown);
    }
  }

  async function work(): Promise<void> {
    while (!problem && !signal?.aborted) {
      const file = waiting.shift();
      if (!file) return;
      await importNext(file);
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
    // Counted from the rest: a file that was in work when storage failed is not stored either.
    notTried: files.length - added - duplicates - refused.length,
    ...(problem && { problem }),
  };
}

/** A file as a photo to store, or the reason why not. */
async function preparePhoto(
  file: File,
  classId: string,
  split: Split | undefined,
): Promise<NewPhoto | Problem> {
  let picture: ImageBitmap | undefined;
  try {
    picture = await decodeFile(file);
    const encoded = await encodePhoto(picture);
    return { ...encoded, classId, source: 'file', ...(split && { split }) };
  } catch (thrown) {
    return Problem.from(thrown, 'The picture could not be made smaller to store it.');
  } finally {
    picture?.close();
  }
}
