import { msg } from '../i18n/msg.ts';
import * as v from 'valibot';
import { jsonShape } from '../platform/json-shape.ts';
import { BASE_BYTES } from '../records/base-spec.ts';
import { weightBytes } from '../models/repository.ts';
import { readImageHeader } from '../photos/import/image-header.ts';
import { refusalOfSize } from '../photos/import/image-limits.ts';
import { Problem } from '../platform/problem.ts';
import { sha256 } from '../platform/sha256.ts';
import { withRenamedFields } from '../storage/renamed-fields.ts';
import {
  FORMAT_VERSION,
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
import { filesSchema, librarySchema } from './backup-schema.ts';
import { StoredEntries } from './stored-entries.ts';

/** Why a backup is refused. */
type BackupProblemKind = 'not-a-backup' | 'newer-backup' | 'damaged-backup' | 'unreadable';

/** Maximum number of values in a JSON file; that of 50,000 photos has a million. */
const MAX_TABLE_VALUES = 5_000_000;
/** Maximum nesting of brackets in a JSON file. */
const MAX_TABLE_DEPTH = 20;
/** Maximum size of a JSON file; that of 50,000 photos takes a quarter of it. */
const MAX_TABLE_BYTES = 100_000_000;
/** Maximum size of a photo or of its thumbnail. */
const MAX_PICTURE_BYTES = 10_000_000;

/** A backup that was checked completely, and can be restored. */
export interface Backup {
  readonly library: BackupLibrary;
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
  file: Blob,
  { signal, onProgress }: BackupOptions = {},
): Promise<Backup> {
  const entries = await listEntries(file);
  const files = parseTable(filesSchema, parseJson(await readTable(entries, FILES_PATH)));
  const read = (path: string) => readChecked(entries, files, path);
  if (entries.sizeOf(LIBRARY_PATH) === undefined) throw notABackup(`no ${LIBRARY_PATH}`);
  const library = parseLibrary(parseJson(await read(LIBRARY_PATH)));

  const damagedBases = new Set<string>();
  const checks = checksOf(library, read, damagedBases);
  let done = 0;
  for (const check of checks) {
    signal?.throwIfAborted();
    await check();
    onProgress?.({ done: ++done, total: checks.length });
  }
  return {
    library,
    damagedBases,
    // All entries were intact before, so an error means that the file has changed.
    read: (path) =>
      read(path).catch((thrown: unknown) => {
        throw unreadable(thrown);
      }),
  };
}

async function listEntries(file: Blob): Promise<StoredEntries> {
  try {
    return await StoredEntries.list(file);
  } catch (thrown) {
    throw isUnreadable(thrown) ? unreadable(thrown) : notABackup(thrown);
  }
}

async function readTable(entries: StoredEntries, path: string): Promise<ArrayBuffer> {
  const size = entries.sizeOf(path);
  if (size === undefined) throw notABackup(`no ${path}`);
  if (size > MAX_TABLE_BYTES) throw damaged(`${path}: size`);
  return extract(entries, path);
}

function parseJson(bytes: ArrayBuffer): unknown {
  const { depth, values } = jsonShape(new Uint8Array(bytes));
  if (depth > MAX_TABLE_DEPTH || values > MAX_TABLE_VALUES) {
    throw damaged(`table: ${depth} deep, ${values} values`);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (thrown) {
    throw damaged(thrown);
  }
}

function parseTable<Value>(schema: v.GenericSchema<unknown, Value>, table: unknown): Value {
  const result = v.safeParse(schema, table, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw damaged(`${v.getDotPath(issue) ?? ''}: ${issue.message}`);
}

function parseLibrary(table: unknown): BackupLibrary {
  const version = typeof table === 'object' && table && 'version' in table && table.version;
  if (typeof version === 'number' && version > FORMAT_VERSION) {
    throw new Problem<BackupProblemKind>(
      'newer-backup',
      msg('This backup is from a newer version of the app. Update the app, then restore it.'),
    );
  }
  return parseTable(librarySchema, version === 1 ? fromFormat1(table as object) : table);
}

/** Converts a library of format 1, which has other names for some fields, to the current format. */
function fromFormat1(table: object): unknown {
  const { models, settings, ...rest } = table as Record<string, unknown>;
  return {
    ...rest,
    version: FORMAT_VERSION,
    models: withRenamedFields(models),
    settings: withRenamedFields(settings),
  };
}

async function readChecked(
  entries: StoredEntries,
  files: ReadonlyMap<string, FileFacts>,
  path: string,
): Promise<ArrayBuffer> {
  const facts = files.get(path);
  if (!facts) throw damaged(`no ${path}`);
  // Checked before the entry is read, because it may declare a gigabyte.
  if (entries.sizeOf(path) !== facts.bytes || facts.bytes > maxBytes(path)) {
    throw damaged(`${path}: length`);
  }
  const bytes = await extract(entries, path);
  if (bytes.byteLength !== facts.bytes || (await sha256(bytes)) !== facts.sha256) {
    throw damaged(`${path}: bytes`);
  }
  return bytes;
}

/** The maximum size of an entry. Weights of models are never larger than those of a base. */
function maxBytes(path: string): number {
  if (path === LIBRARY_PATH) return MAX_TABLE_BYTES;
  return /^(?:photos|thumbnails)\//.test(path) ? MAX_PICTURE_BYTES : BASE_BYTES.weights;
}

async function extract(entries: StoredEntries, path: string): Promise<ArrayBuffer> {
  try {
    return await entries.read(path);
  } catch (thrown) {
    throw isUnreadable(thrown) ? unreadable(thrown) : damaged(thrown);
  }
}

/**
 * Whether the error is the browser's for a file that was moved, changed or deleted after it was
 * chosen.
 */
function isUnreadable(thrown: unknown): boolean {
  return thrown instanceof DOMException && /^Not(?:Readable|Found)Error$/.test(thrown.name);
}

type Read = Backup['read'];

/** One check per photo, per model and per base model. */
function checksOf(
  { photos, models, bases = [] }: BackupLibrary,
  read: Read,
  damagedBases: Set<string>,
): (() => Promise<void>)[] {
  return [
    ...photos.map((photo) => async () => {
      const image = await read(photoPath(photo.id));
      const isIntact = image.byteLength === photo.bytes && (await sha256(image)) === photo.sha256;
      if (!isIntact || sideOf(image) !== photo.size) throw damaged(`photo ${photo.id}`);
      if (sideOf(await read(thumbnailPath(photo.id))) === undefined) {
        throw damaged(`thumbnail ${photo.id}`);
      }
    }),
    ...models.map((model) => async () => {
      const weights = await read(weightsPath(model.id));
      const isIntact =
        weights.byteLength === weightBytes(model.weights) &&
        (await sha256(weights)) === model.sha256;
      if (!isIntact || !new Float32Array(weights).every(Number.isFinite)) {
        throw damaged(`model ${model.id}`);
      }
    }),
    ...bases.map((base) => async () => {
      for (const file of base.files) {
        const bytes = await read(basePath(base.id, file.path)).catch(() => undefined);
        const isIntact = bytes?.byteLength === file.bytes && (await sha256(bytes)) === file.sha256;
        if (!isIntact) damagedBases.add(base.id);
      }
    }),
  ];
}

/** Width and height in pixels of a square JPEG that may be decoded; undefined for anything else. */
function sideOf(bytes: ArrayBuffer): number | undefined {
  const header = readImageHeader(new Uint8Array(bytes));
  const isSquareJpeg = header?.format === 'jpeg' && header.width === header.height;
  return isSquareJpeg && !refusalOfSize(header) ? header.width : undefined;
}

function notABackup(cause: unknown): Problem<BackupProblemKind> {
  return new Problem('not-a-backup', msg('This file is not a backup of Purrceptron.'), { cause });
}

function unreadable(cause: unknown): Problem<BackupProblemKind> {
  return new Problem(
    'unreadable',
    msg('The file cannot be read, or was changed meanwhile. Choose it once more.'),
    { cause },
  );
}

function damaged(cause: unknown): Problem<BackupProblemKind> {
  return new Problem(
    'damaged-backup',
    msg('This backup is damaged: nothing of it was restored, and nothing here was changed.'),
    { cause },
  );
}
