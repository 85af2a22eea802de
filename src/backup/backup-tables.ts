import * as v from 'valibot';
import { jsonShape } from '../platform/json-shape.ts';
import { withRenamedFields } from '../storage/renamed-fields.ts';
import { FORMAT_VERSION, type BackupLibrary, type FileFacts } from './backup-format.ts';
import { damaged, newerBackup } from './backup-problem.ts';
import { filesSchema, librarySchema } from './backup-schema.ts';

/** Maximum size of a JSON file; that of 50,000 photos takes a quarter of it. */
export const MAX_TABLE_BYTES = 100_000_000;
/** Maximum number of values in a JSON file; that of 50,000 photos has a million. */
const MAX_TABLE_VALUES = 5_000_000;
/** Maximum nesting of brackets in a JSON file. */
const MAX_TABLE_DEPTH = 20;

/** The contents of `library.json`. */
export interface LibraryTable {
  /** Each photo has a class. */
  readonly library: BackupLibrary;
  /** Number of photos that the table lists with a class that it does not have. */
  readonly photosWithoutClass: number;
}

/**
 * Parses `library.json`. Photos without a class, which earlier versions of the app could write, are
 * left out and counted.
 *
 * @throws Problem `damaged-backup` or `newer-backup`
 */
export function parseLibrary(bytes: ArrayBuffer): LibraryTable {
  const table = parseJson(bytes);
  const version = typeof table === 'object' && table && 'version' in table && table.version;
  if (typeof version === 'number' && version > FORMAT_VERSION) throw newerBackup();
  const current = version === 1 ? fromFormat1(table as object) : table;
  return withoutOrphans(parseTable(librarySchema, current));
}

/** Parses `files.json`. @throws Problem `damaged-backup` */
export function parseFiles(bytes: ArrayBuffer): ReadonlyMap<string, FileFacts> {
  return parseTable(filesSchema, parseJson(bytes));
}

/** The photos of a library that have a class, and the number of those that have none. */
export function withoutOrphans(library: BackupLibrary): LibraryTable {
  const classIds = new Set(library.classes.map(({ id }) => id));
  const photos = library.photos.filter(({ classId }) => classIds.has(classId));
  const photosWithoutClass = library.photos.length - photos.length;
  return { library: { ...library, photos }, photosWithoutClass };
}

function parseJson(bytes: ArrayBuffer): unknown {
  if (bytes.byteLength > MAX_TABLE_BYTES) throw damaged(`table: ${bytes.byteLength} bytes`);
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
