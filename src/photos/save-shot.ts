import { encodePhoto, type EncodedImage } from '../image/encode.ts';
import type { PhotoRecord, PhotoSource } from '../records/photo.ts';
import { addPhoto } from './repository.ts';

export interface Shot {
  readonly photo: PhotoRecord;
  /** The very same picture was in the library already; nothing was written. */
  readonly duplicate: boolean;
  readonly thumbnail: EncodedImage;
}

export interface ShotOptions {
  readonly classId: string;
  readonly source: PhotoSource;
  /** The first photo of the burst that this one goes on with. */
  readonly burstOf?: PhotoRecord;
}

/**
 * Stores one frame as a photo and closes the frame. Resolves once it is safely stored.
 *
 * @throws Problem; then nothing was written
 */
export async function saveShot(
  frame: VideoFrame | ImageBitmap,
  options: ShotOptions,
): Promise<Shot> {
  try {
    const encoded = await encodePhoto(frame);
    const added = await addPhoto({ ...options, ...encoded });
    return { ...added, thumbnail: encoded.thumbnail };
  } finally {
    frame.close();
  }
}
