import type { PhotoRecord } from '../records/photo.ts';
import type { BaseBackup } from '../records/base-spec.ts';
import type { ModelRecord } from '../records/model.ts';
import type { Settings } from '../storage/schema.ts';
import type { ClassRecord } from '../records/class.ts';

/**
 * A backup is a zip, stored without compression (JPEGs and weights have none to gain):
 *
 * - `library.json`: a BackupLibrary
 * - `photos/ID.jpg` and `thumbnails/ID.jpg` for each photo, as they are stored
 * - `models/ID.weights` for each model: its weights, float32, little-endian, one behind the other
 * - `bases/ID/PATH` for each file of each base model of the person's own: a TF.js model
 * - `files.json`: `{ path: { bytes, sha256 } }` of every other entry, written last, so that it says
 *   what is there and nothing else
 *
 * Features are not in it: they are computed anew. Nor are deleted photos, nor base models that the app
 * serves, nor what belongs to the phone, such as that its camera was used. What an older backup lacks,
 * such as bases, is optional.
 */
export const FORMAT = 'purrceptron-backup';
/** Format 1 had other names for some fields: see `withRenamedFields`. */
export const FORMAT_VERSION = 2;

export const LIBRARY_PATH = 'library.json';
export const FILES_PATH = 'files.json';

export const photoPath = (id: string) => `photos/${id}.jpg`;
export const thumbnailPath = (id: string) => `thumbnails/${id}.jpg`;
export const basePath = (id: string, path: string) => `bases/${id}/${path}`;
export const weightsPath = (id: string) => `models/${id}.weights`;

/** All of a library but bytes. */
export interface BackupLibrary {
  readonly format: typeof FORMAT;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly classes: readonly ClassRecord[];
  readonly photos: readonly PhotoRecord[];
  readonly models: readonly ModelRecord[];
  /** Base models of the person's own. */
  readonly bases?: readonly BaseBackup[];
  readonly settings: BackupSettings;
}

/** What is backed up of the settings: what a model needs to be used again, and what a person would miss. */
export const KEPT_SETTINGS = [
  'activeModelId',
  'baseId',
  'inputSize',
  'trainingOptions',
  'throughputs',
  'rightLabels',
] as const satisfies readonly (keyof Settings)[];

export type BackupSettings = {
  readonly [Key in (typeof KEPT_SETTINGS)[number]]?: Settings[Key];
};

export interface FileFacts {
  readonly bytes: number;
  readonly sha256: string;
}

export interface BackupProgress {
  /** Entries that are through, of all. */
  readonly done: number;
  readonly total: number;
}

export interface BackupOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BackupProgress) => void;
}

/** The name that a backup of that moment is saved under. */
export function backupName(createdAt: number): string {
  const time = new Date(createdAt);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `purrceptron-${day}-${two(time.getHours())}${two(time.getMinutes())}.zip`;
}
