import { encodePhoto, type EncodedImage } from '../image/encode.ts';
import { withPicture } from '../image/frame-canvas.ts';
import type { PhotoRecord, PhotoSource } from '../records/photo.ts';
import { addPhoto } from './store-photos.ts';

export interface Shot {
  readonly photo: PhotoRecord;
  /** The same picture was in the library already, and nothing was written. */
  readonly duplicate: boolean;
  readonly thumbnail: EncodedImage;
}

export interface ShotOptions {
  readonly classId: string;
  readonly source: PhotoSource;
  /** The first photo of the burst that this photo continues. */
  readonly burstOf?: PhotoRecord;
}

/**
 * Stores one frame as a photo and closes the frame. Resolves when the photo is safely stored.
 *
 * @throws Problem of `addPhoto` or `encodePhoto`; then nothing is written
 */
export async function saveShot(
  frame: VideoFrame | ImageBitmap,
  options: ShotOptions,
): Promise<Shot> {
  const takenAt = Date.now();
  const encoded = await withPicture(frame, (picture) => encodePhoto(picture));
  const added = await addPhoto({ ...options, ...encoded, takenAt });
  return { ...added, thumbnail: encoded.thumbnail };
}
