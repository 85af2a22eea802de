import { msg } from '../../i18n/msg.ts';
import type { FindSquare, PictureSquare } from '../../image/square.ts';
import { Problem } from '../../platform/problem.ts';
import type { ClassRecord } from '../../records/class.ts';
import { SerialQueue } from '../../platform/serial-queue.ts';
import { Throttle } from '../../platform/throttle.ts';
import { isWithheld } from '../../platform/withheld.ts';
import type { PhotoRecord, PhotoSource } from '../../records/photo.ts';
import { announce } from '../../storage/changes.ts';
import { listPhotos, noteFileKey } from '../repository.ts';
import { storePhotos, type AddResult, type NewPhoto } from '../store-photos.ts';
import { filmFrames } from './film-frames.ts';
import { FRAMES_PER_FILM } from './found-films.ts';
import { FORMAT_BYTES, isFilm } from './headers/formats.ts';
import type { FoundPicture, RefusedFile } from './found-picture.ts';
import { ImportedFiles, keyOf } from './imported-files.ts';
import type { LabelledPicture } from './label-pictures.ts';
import { PreparePool } from './prepare-pool.ts';
import { StoreQueue } from './store-queue.ts';

/**
 * Interval between two announcements of new photos in milliseconds, and how much longer each added
 * photo makes it: pages and the learning engine read the whole library after each.
 */
const ANNOUNCE_EVERY_MS = 1_000;
const ANNOUNCE_LATER_MS = 2;
/** Number of files on their way: while some are decoded, the photos of the others are stored. */
const CONCURRENCY = 4;

export interface ImportOptions {
  /** Stops the import before the next file; stored photos stay. */
  readonly signal?: AbortSignal;
  /** Awaited before each file and each frame of a film: it resolves unless the import is paused. */
  readonly whenResumed?: () => Promise<void>;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** `file` by default. */
  readonly source?: PhotoSource;
  /** Classes that are added to the library, each together with its first photo. */
  readonly newClasses?: readonly ClassRecord[];
  /** By the id of a new class, the unused class whose place it takes. */
  readonly replaced?: ReadonlyMap<string, ClassRecord>;
  /** The most photos that are taken from each film; FRAMES_PER_FILM by default. */
  readonly framesPerFilm?: number;
  /** Finds the square of a wide picture; by default it is the centre square. */
  readonly findSquare?: FindSquare;
}

/** Numbers of photos: each file is one, and a film as many as are taken from it. */
export interface ImportProgress {
  readonly total: number;
  /** Photos that were added, refused, or found to be duplicates. */
  readonly done: number;
  readonly added: number;
}

/** An added photo, which is a square of a wide or tall picture. */
export interface WidePhoto {
  readonly photoId: string;
  readonly picture: FoundPicture;
  /** The square that was found, or that the user has chosen since; the centre square if absent. */
  readonly square?: PictureSquare;
}

/** The result of an import, with numbers of photos as in ImportProgress. */
export interface ImportReport {
  readonly total: number;
  readonly added: number;
  /** Ids of the added photos. */
  readonly photoIds: readonly string[];
  /** The classes that were added: those of `newClasses` that got a photo. */
  readonly created: readonly ClassRecord[];
  /** By the id of a created class, the unused class that it took the place of. */
  readonly replaced: ReadonlyMap<string, ClassRecord>;
  /** Pictures that were in the library already; they keep their label. */
  readonly duplicates: number;
  readonly refused: readonly RefusedFile[];
  /** Names of the added pictures of which a part is missing, because the file is not whole. */
  readonly incomplete: readonly string[];
  /** The added photos for which another square of the picture may be better. */
  readonly wide: readonly WidePhoto[];
  /** Number of added photos whose square is not the centre of the picture. */
  readonly moved: number;
  /** Photos that were not imported because the import was stopped or storage failed. */
  readonly notTried: number;
  /** What ended the import, such as a full disk: it would have refused every other file too. */
  readonly problem?: Problem;
}

/**
 * Adds labelled pictures to the library. Each one is checked, decoded upright, cropped to a square
 * and re-encoded, which also removes EXIF data such as location and date; only the time
 * of taking is kept, in the record, because it tells the session. From a film, frames that differ are
 * added as one group. A bad file is refused by name and does not stop the others; a storage problem
 * stops the import, because it would affect all other files too. New photos are announced about once
 * per second at first, and at the end. Never rejects: the report contains all errors.
 */
export async function importFiles(
  files: readonly LabelledPicture[],
  {
    signal,
    whenResumed = () => Promise.resolve(),
    onProgress,
    source = 'file',
    newClasses = [],
    replaced,
    framesPerFilm = FRAMES_PER_FILM,
    findSquare,
  }: ImportOptions = {},
): Promise<ImportReport> {
  const waiting = files.entries();
  const photoIds: string[] = [];
  const created: ClassRecord[] = [];
  const gone = new Map<string, ClassRecord>();
  const wide: { readonly index: number; readonly photo: WidePhoto }[] = [];
  const refused: RefusedFile[] = [];
  const incomplete: string[] = [];
  let total = files.length;
  let duplicates = 0;
  let problem: Problem | undefined;
  const announcing = new Throttle(
    () => announce('photos'),
    (then) => setTimeout(then, ANNOUNCE_EVERY_MS + ANNOUNCE_LATER_MS * photoIds.length),
  );

  const report = () => {
    const done = photoIds.length + duplicates + refused.length;
    onProgress?.({ total, done, added: photoIds.length });
  };
  const isOver = () => problem !== undefined || signal?.aborted === true;

  const pool = new PreparePool({ findSquare });
  const films = new SerialQueue();
  const storing = new StoreQueue((photos: readonly NewPhoto[]) =>
    storePhotos(
      photos.map((photo) => {
        // If the person removes an added class meanwhile, its next photo does not add it again.
        const newClass = newClasses.find(
          (each) => each.id === photo.classId && !created.includes(each),
        );
        const insteadOf = newClass && replaced?.get(newClass.id);
        return { ...photo, ...(newClass && { newClass }), ...(insteadOf && { insteadOf }) };
      }),
    ),
  );

  /** @returns undefined if `problem` now says why the photo is not stored */
  async function store(photo: NewPhoto): Promise<AddResult | undefined> {
    try {
      const result = await storing.add(photo);
      if (result.addedClass) {
        created.push(...newClasses.filter(({ id }) => id === photo.classId));
        if (result.replacedClass) gone.set(photo.classId, result.replacedClass);
        announce('classes');
      }
      if (result.duplicate) {
        duplicates++;
      } else {
        photoIds.push(result.photo.id);
        announcing.call();
      }
      return result;
    } catch (thrown) {
      problem ??= Problem.from(thrown);
      return undefined;
    }
  }

  report();
  const imported = new ImportedFiles(await listPhotos().catch(() => []));

  async function importPicture(index: number, one: LabelledPicture, file: Blob): Promise<void> {
    const { picture, classId, split } = one;
    const key = await keyOf(picture, file);
    if (imported.has(key)) {
      duplicates++;
      return;
    }
    const prepared = await pool.prepare(file, isOver);
    if (!prepared) return;
    const { isWide, isIncomplete, moved, ...photo } = prepared;
    const known = { ...(split && { split }), ...(key !== undefined && { fileKey: key }) };
    const result = await store({ ...photo, classId, source, ...known });
    if (!result || result.duplicate) return;
    if (isIncomplete) incomplete.push(picture.name);
    const square = moved && { square: moved };
    if (isWide) wide.push({ index, photo: { photoId: result.photo.id, picture, ...square } });
  }

  async function importFilm(
    { picture, classId, split }: LabelledPicture,
    file: Blob,
  ): Promise<void> {
    // It may have waited for another film.
    await whenResumed();
    if (isOver()) return;
    const key = await keyOf(picture, file, framesPerFilm);
    if (imported.has(key)) {
      duplicates++;
      return;
    }
    // The film counted as one photo so far.
    total += framesPerFilm - 1;
    let taken = 0;
    let first: PhotoRecord | undefined;
    report();
    try {
      for await (const frame of filmFrames(file, framesPerFilm)) {
        const grouped = { ...frame, classId, source, ...(first && { burstOf: first }) };
        const result = await store({ ...grouped, ...(split && { split }) });
        if (!result) return;
        first ??= result.photo;
        taken++;
        report();
        await whenResumed();
        if (isOver()) return;
      }
      total -= framesPerFilm - taken;
    } catch (thrown) {
      // The film itself is refused, and its frames so far stay.
      total -= framesPerFilm - taken - 1;
      throw thrown;
    }
    // Not before the end: a film that was stopped is taken up again.
    if (key === undefined || !first) return;
    await noteFileKey(first.id, key).catch((thrown: unknown) => {
      problem ??= Problem.from(thrown);
    });
  }

  async function importNext(index: number, one: LabelledPicture): Promise<void> {
    const { picture } = one;
    try {
      if (await imported.hasEntry(picture, framesPerFilm)) {
        duplicates++;
        return;
      }
      const file = await picture.read();
      const head = new Uint8Array(await file.slice(0, FORMAT_BYTES).arrayBuffer());
      // One film at a time, because a decoder of 4K pictures takes much memory.
      if (isFilm(head)) await films.run(() => importFilm(one, file));
      else await importPicture(index, one, file);
    } catch (thrown) {
      const refusal = Problem.from(thrown, msg('The file could not be read.'));
      // It would refuse every other file too.
      if (isWithheld(refusal)) problem ??= refusal;
      else refused.push({ name: picture.name, reason: refusal.message });
    }
  }

  async function work(): Promise<void> {
    for (;;) {
      await whenResumed();
      if (isOver()) return;
      const next = waiting.next();
      if (next.done) return;
      await importNext(...next.value);
      report();
    }
  }

  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  pool.end();
  announcing.flush();
  const added = photoIds.length;
  return {
    total,
    added,
    photoIds,
    created,
    replaced: gone,
    duplicates,
    refused,
    incomplete,
    // In the order of `files`, not in the order of completion.
    wide: wide.sort((a, b) => a.index - b.index).map(({ photo }) => photo),
    moved: wide.filter(({ photo }) => photo.square).length,
    // The difference includes the files that were being processed when storage failed.
    notTried: total - added - duplicates - refused.length,
    ...(problem && { problem }),
  };
}
