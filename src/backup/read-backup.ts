import { BASE_BYTES } from '../records/base-spec.ts';
import { sha256 } from '../platform/sha256.ts';
import {
  FILES_PATH,
  LIBRARY_PATH,
  basePath,
  photoPath,
  thumbnailPath,
  weightsPath,
  type BackupLibrary,
  type BackupOptions,
  type FileFacts,
} from './backup-format.ts';
import { damaged, notABackup, readProblem, unreadable } from './backup-problem.ts';
import { MAX_TABLE_BYTES, parseFiles, parseLibrary, type LibraryTable } from './backup-tables.ts';
import {
  areWeights,
  isPhoto,
  isThumbnail,
  MAX_PICTURE_BYTES,
  type HashedBytes,
} from './entry-checks.ts';
import { BackupEntries, type BackupSource } from './backup-entries.ts';

/** A backup that was checked completely, and can be restored. */
export interface Backup extends LibraryTable {
  /** Ids of base models with wrong bytes: they are not restored, but all other parts can be. */
  readonly damagedBases: ReadonlySet<string>;
  /** The bytes of an entry, checked again. @throws Problem `unreadable` if the file has changed */
  readonly read: (path: string) => Promise<ArrayBuffer>;
}

/**
 * Opens a backup and checks all of it before any part is used: every listed entry exists and has
 * the listed size and SHA-256, photos are JPEGs of the size in their record, and weights are finite
 * numbers. The bytes of base models are checked too; their contents are validated when they are
 * restored. The names of entries are only looked up and never used as paths; entries that are not
 * listed are ignored.
 *
 * @throws Problem of a BackupProblemKind, or the signal's reason
 */
export async function openBackup(
  source: BackupSource,
  { signal, onProgress }: BackupOptions = {},
): Promise<Backup> {
  const entries = await BackupEntries.list(source).catch((thrown: unknown) => {
    throw readProblem(thrown, notABackup);
  });
  const files = parseFiles(await readTable(entries, FILES_PATH));
  const read = (path: string) => readChecked(entries, files, path);
  if (entries.sizeOf(LIBRARY_PATH) === undefined) throw notABackup(`no ${LIBRARY_PATH}`);
  const table = parseLibrary((await read(LIBRARY_PATH)).bytes);

  const damagedBases = new Set<string>();
  const checks = checksOf(table.library, read, damagedBases);
  let done = 0;
  for (const check of checks) {
    signal?.throwIfAborted();
    await check();
    onProgress?.({ done: ++done, total: checks.length });
  }
  return {
    ...table,
    damagedBases,
    // All entries were intact before, so an error means that the file has changed.
    read: async (path) => {
      try {
        return (await read(path)).bytes;
      } catch (thrown) {
        throw unreadable(thrown);
      }
    },
  };
}

async function readTable(entries: BackupEntries, path: string): Promise<ArrayBuffer> {
  const size = entries.sizeOf(path);
  if (size === undefined) throw notABackup(`no ${path}`);
  if (size > MAX_TABLE_BYTES) throw damaged(`${path}: size`);
  return extract(entries, path);
}

async function readChecked(
  entries: BackupEntries,
  files: ReadonlyMap<string, FileFacts>,
  path: string,
): Promise<HashedBytes> {
  const facts = files.get(path);
  if (!facts) throw damaged(`no ${path}`);
  // Checked before the entry is read, because it may declare a gigabyte.
  if (entries.sizeOf(path) !== facts.bytes || facts.bytes > maxBytes(path)) {
    throw damaged(`${path}: length`);
  }
  const bytes = await extract(entries, path);
  const hash = await sha256(bytes);
  if (bytes.byteLength !== facts.bytes || hash !== facts.sha256) throw damaged(`${path}: bytes`);
  return { bytes, sha256: hash };
}

/** The maximum size of an entry. Weights of models are never larger than those of a base. */
function maxBytes(path: string): number {
  if (path === LIBRARY_PATH) return MAX_TABLE_BYTES;
  return /^(?:photos|thumbnails)\//.test(path) ? MAX_PICTURE_BYTES : BASE_BYTES.weights;
}

async function extract(entries: BackupEntries, path: string): Promise<ArrayBuffer> {
  try {
    return await entries.read(path);
  } catch (thrown) {
    throw readProblem(thrown, damaged);
  }
}

type Read = (path: string) => Promise<HashedBytes>;

/** One check per photo, per model and per base model. */
function checksOf(
  { photos, models, bases = [] }: BackupLibrary,
  read: Read,
  damagedBases: Set<string>,
): (() => Promise<void>)[] {
  return [
    ...photos.map((photo) => async () => {
      if (!isPhoto(photo, await read(photoPath(photo.id)))) throw damaged(`photo ${photo.id}`);
      const thumbnail = await read(thumbnailPath(photo.id));
      if (!isThumbnail(thumbnail.bytes)) throw damaged(`thumbnail ${photo.id}`);
    }),
    ...models.map((model) => async () => {
      if (!areWeights(model, await read(weightsPath(model.id)))) throw damaged(`model ${model.id}`);
    }),
    ...bases.map((base) => async () => {
      for (const file of base.files) {
        const found = await read(basePath(base.id, file.path)).catch((thrown: unknown) => {
          const problem = readProblem(thrown, damaged);
          if (problem.kind === 'unreadable') throw problem;
          return undefined;
        });
        const isIntact = found?.bytes.byteLength === file.bytes && found.sha256 === file.sha256;
        if (!isIntact) damagedBases.add(base.id);
      }
    }),
  ];
}
