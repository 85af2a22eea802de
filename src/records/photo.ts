import type { Split } from '../photos/stable-split.ts';

/** A thing to tell apart, such as "Cat". Its id never changes; its name may. */
export interface ClassRecord {
  readonly id: string;
  readonly name: string;
  /** Place in every list, and so the index of the class in a model's output. */
  readonly order: number;
  /** Index into the class colours of `ui/theme`. */
  readonly palette: number;
}

export type PhotoSource = 'camera' | 'file' | 'live' | 'shared';

/** What is known of a photo; its bytes and its thumbnail are stored beside it under the same id. */
export interface PhotoRecord {
  readonly id: string;
  readonly classId: string;
  /** SHA-256 of the stored JPEG. */
  readonly sha256: string;
  /** Side of the split that it is on, decided once: see `addPhoto`. */
  readonly split: Split;
  readonly source: PhotoSource;
  /** Milliseconds since the epoch; unique in the library, so that it orders it. */
  readonly createdAt: number;
  /** Side of the stored square in pixels. */
  readonly size: number;
  /** Bytes of the stored JPEG. */
  readonly bytes: number;
  /** Photos of one burst share it, as do photos that look almost the same; and one side of the split. */
  readonly burstId?: string;
  /** The perceptual hash, 8 numbers; photos from before database version 3 have none. */
  readonly hashBands?: readonly number[];
}

export interface DeletedPhoto {
  readonly photo: PhotoRecord;
  readonly deletedAt: number;
}
