import * as v from 'valibot';
import type { PhotoRecord } from '../records/photo.ts';
import {
  FORMAT,
  FORMAT_VERSION,
  MAX_ENTRIES,
  type BackupLibrary,
  type FileFacts,
} from './backup-format.ts';
import { baseBackup } from './base-schema.ts';
import { modelRecord } from './model-schema.ts';
import { className, count, hash, id, moment, palette, side, word } from './schema-parts.ts';
import { backupSettings } from './settings-schema.ts';
import type { ClassRecord } from '../records/class.ts';

// A backup is untrusted input: every field must have the type that the app gives it, and the range
// where the app depends on it. Fields that are not listed here are dropped.

const classRecord: v.GenericSchema<unknown, ClassRecord> = v.object({
  id,
  name: className,
  order: count,
  palette,
  followsLanguage: v.exactOptional(v.literal(true)),
  known: v.exactOptional(v.nullable(word)),
});

/** Checks a photo; see `withoutOrphans` for its class. */
export const photoRecord: v.GenericSchema<unknown, PhotoRecord> = v.object({
  id,
  classId: id,
  sha256: hash,
  split: v.picklist(['train', 'validation', 'test']),
  isSplitBySet: v.exactOptional(v.literal(true)),
  source: v.picklist(['camera', 'file', 'live', 'shared']),
  createdAt: moment,
  takenAt: v.exactOptional(moment),
  size: side,
  bytes: count,
  burstId: v.exactOptional(hash),
  fileKey: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))),
  hashBands: v.exactOptional(v.pipe(v.array(v.pipe(count, v.maxValue(2047))), v.length(8))),
});

/** Checks `library.json`, including ids that must be unique. */
export const librarySchema: v.GenericSchema<unknown, BackupLibrary> = v.pipe(
  v.object({
    format: v.literal(FORMAT),
    version: v.literal(FORMAT_VERSION),
    createdAt: moment,
    classes: v.pipe(v.array(classRecord), v.minLength(2), v.maxLength(8)),
    photos: v.array(photoRecord),
    models: v.array(modelRecord),
    bases: v.exactOptional(v.array(baseBackup)),
    settings: backupSettings,
  }),
  v.check(({ classes, photos, models, bases = [] }) =>
    [classes, photos, models, bases].every(haveUniqueIds),
  ),
);

/** Maximum length of an entry's path: those of a base model contain the paths in its model.json. */
const MAX_PATH = 1000;

/** Parses `files.json` to a map from the paths of all entries but itself. */
export const filesSchema: v.GenericSchema<unknown, Map<string, FileFacts>> = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(MAX_PATH)), v.object({ bytes: count, sha256: hash })),
  v.check((files) => Object.keys(files).length < MAX_ENTRIES),
  v.transform((files) => new Map(Object.entries(files))),
);

function haveUniqueIds(records: readonly { readonly id: string }[]): boolean {
  return new Set(records.map((record) => record.id)).size === records.length;
}
