import { fileStamp } from '../platform/file-stamp.ts';
import type { PhotoRecord } from '../records/photo.ts';
import type { BaseBackup } from '../records/base-spec.ts';
import type { ModelRecord } from '../records/model.ts';
import type { Settings } from '../storage/schema.ts';
import type { ClassRecord } from '../records/class.ts';

/**
 * A backup is a zip archive without compression (JPEGs and weights hardly compress):
 *
 * - `library.json`: a BackupLibrary
 * - `photos/ID.jpg` and `thumbnails/ID.jpg` for each photo, as they are stored
 * - `models/ID.weights` for each model: its concatenated weights, float32, little-endian
 * - `bases/ID/PATH` for each file of each base model that the user added: a TF.js model
 * - `files.json`: `{ path: { bytes, sha256 } }` of every other entry, written last, so that it
 *   lists exactly what was written
 *
 * Features are not included, because they can be computed again. Deleted photos, base models that
 * the app serves, and facts about the phone, such as that its camera was used, are not included
 * either. Fields that older backups lack, such as `bases`, are optional.
 */
export const FORMAT = 'purrceptron-backup';
/** Some fields have other names in format 1; see `withRenamedFields`. */
export const FORMAT_VERSION = 2;

export const LIBRARY_PATH = 'library.json';
export const FILES_PATH = 'files.json';

/** Maximum number of entries; a backup of 50,000 photos has half of it. */
export const MAX_ENTRIES = 200_000;

export const photoPath = (id: string) => `photos/${id}.jpg`;
export const thumbnailPath = (id: string) => `thumbnails/${id}.jpg`;
export const basePath = (id: string, path: string) => `bases/${id}/${path}`;
export const weightsPath = (id: string) => `models/${id}.weights`;

/** The whole library except the bytes of photos, weights and base models. */
export interface BackupLibrary {
  readonly format: typeof FORMAT;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly classes: readonly ClassRecord[];
  readonly photos: readonly PhotoRecord[];
  readonly models: readonly ModelRecord[];
  /** Base models that the user added. */
  readonly bases?: readonly BaseBackup[];
  readonly settings: BackupSettings;
}

/** The settings in a backup: those that a model needs to be used, and those that the user chose. */
export const SETTING_KEYS = [
  'activeModelId',
  'baseId',
  'inputSize',
  'trainingOptions',
  'throughputs',
  'rightLabels',
  'usesKnownClasses',
  'movesSquares',
] as const satisfies readonly (keyof Settings)[];

export type BackupSettings = {
  readonly [Key in (typeof SETTING_KEYS)[number]]?: Settings[Key];
};

/** Size and digest of one entry. */
export interface FileFacts {
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Numbers of photos, models and base models. */
export interface BackupProgress {
  readonly done: number;
  readonly total: number;
}

export interface BackupOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BackupProgress) => void;
}

/** The file name for a backup. @param createdAt milliseconds since the epoch */
export function backupName(createdAt: number): string {
  return `purrceptron-${fileStamp(createdAt)}.zip`;
}
