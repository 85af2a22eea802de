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

export type Split = 'train' | 'validation' | 'test';
