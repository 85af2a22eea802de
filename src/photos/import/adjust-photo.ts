import { encodePhoto } from '../../image/encode.ts';
import type { SquareCrop } from '../../image/square.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { replacePhoto } from '../replace-photo.ts';

/**
 * Replaces a photo by another square of the picture that it was made of.
 *
 * @param picture upright, as `decodeFile` returns it
 * @throws Problem of `replacePhoto`; then the photo is unchanged
 */
export async function adjustPhoto(
  photoId: string,
  picture: ImageBitmap,
  crop: SquareCrop,
): Promise<PhotoRecord> {
  return replacePhoto(photoId, await encodePhoto(picture, crop));
}
