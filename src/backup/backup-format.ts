import type { ClassRecord, PhotoRecord } from '../photos/record.ts';
import type { ModelRecord } from '../models/record.ts';

/**
 * A backup is a zip, stored without compression (JPEGs and weights have none to gain):
 *
 * - `library.json`: a BackupLibrary
 * - `photos/ID.jpg` and `thumbnails/ID.jpg` for each photo, as they are stored
 * - `models/ID.weights` for each model: its weights, float32, little-endian, one behind the other
 * - `files.json`: `{ path: { bytes, sha256 } }` of every other entry, written last, so that it says
 *   what is there and nothing else
 *
 * Features are not in it: they are computed anew. Nor are deleted photos, nor base models.
 */
export const FORMAT = 'purrceptron-backup';
export const FORMAT_VERSION = 1;

export const LIBRARY_PATH = 'library.json';
export const FILES_PATH = 'files.json';

export const photoPath = (id: string) => `photos/${id}.jpg`;
export const thumbnailPath = (id: string) => `thumbnails/${id}.jpg`;
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
  readonly settings: BackupSettings;
}

/** What a model needs to be used again as it was. */
export interface BackupSettings {
  readonly activeModelId?: string;
  readonly baseId?: string;
  readonly inputSize?: number;
}

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
