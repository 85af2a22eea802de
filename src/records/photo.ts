/** How a photo was added: `live` from the live view, `shared` from another app. */
export type PhotoSource = 'camera' | 'file' | 'live' | 'shared';

/** The metadata of a photo; its bytes and its thumbnail are stored separately under the same id. */
export interface PhotoRecord {
  readonly id: string;
  readonly classId: string;
  /** SHA-256 of the stored JPEG, in hexadecimal. */
  readonly sha256: string;
  /** The split that the photo belongs to, assigned once: see `addPhoto`. */
  readonly split: Split;
  /** Set if the split comes from its data set and the user kept it. */
  readonly isSplitBySet?: true;
  readonly source: PhotoSource;
  /** Milliseconds since the Unix epoch; unique in the library, so that it defines the order. */
  readonly createdAt: number;
  /**
   * When it was taken, in milliseconds since the Unix epoch: by the app's own camera, or as the file
   * says. Absent if the file does not say it, and in photos from before database version 5.
   */
  readonly takenAt?: number;
  /** Side of the stored square in pixels. */
  readonly size: number;
  /** Size of the stored JPEG in bytes. */
  readonly bytes: number;
  /**
   * Id of its group of near-duplicates, which the photos of its burst or session belong to as well:
   * the SHA-256 of the group's first photo. A group is in one split. Absent if the id is the photo's
   * own `sha256`; see `groupOf`.
   */
  readonly burstId?: string;
  /**
   * The perceptual hash: 8 integers from 0 to 2047, each 256 times its index plus 8 bits of the hash;
   * see `perceptualHash`. Absent in photos from before database version 3.
   */
  readonly hashBands?: readonly number[];
  /** Identifies the file that it was imported from: see `fileKey`. Of a film, the first photo has it. */
  readonly fileKey?: string;
}

/** A deleted photo that can still be restored. */
export interface DeletedPhoto {
  readonly photo: PhotoRecord;
  /** Milliseconds since the Unix epoch. */
  readonly deletedAt: number;
}

/** What a photo is used for in a training. */
export type Split = 'train' | 'validation' | 'test';
