import { encodePhoto, type EncodedImage } from '../image/encode.ts';
import type { PhotoRecord, PhotoSource } from './record.ts';
import { addPhoto } from './repository.ts';
import { sha256 } from '../sha256.ts';

export interface Shot {
  readonly photo: PhotoRecord;
  /** The very same picture was in the library already; nothing was written. */
  readonly duplicate: boolean;
  readonly thumbnail: EncodedImage;
}

export interface ShotOptions {
  readonly classId: string;
  readonly source: PhotoSource;
  /** `first` begins a burst, whose id is the first photo's SHA-256; an id goes on with it. */
  readonly burst?: 'first' | { readonly id: string };
}

/**
 * Stores one frame as a photo and closes the frame. Resolves once it is safely stored.
 *
 * @throws Problem; then nothing was written
 */
export async function saveShot(
  frame: VideoFrame | ImageBitmap,
  { classId, source, burst }: ShotOptions,
): Promise<Shot> {
  try {
    const { image, thumbnail } = await encodePhoto(frame);
    const burstId = burst === 'first' ? await sha256(image.bytes) : burst?.id;
    const added = await addPhoto({
      classId,
      image,
      thumbnail,
      source,
      ...(burstId !== undefined && { burstId }),
    });
    return { ...added, thumbnail };
  } finally {
    frame.close();
  }
}
