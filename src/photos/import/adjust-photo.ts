import { encodePhoto } from '../../image/encode.ts';
import type { SquareCrop } from '../../image/square.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { replacePhoto } from '../replace-photo.ts';

/**
 * Stores another square of the picture that a photo was made of, in the photo's place.
 *
 * @param picture upright, as `decodeFile` gives it
 * @throws Problem of `replacePhoto`; then the photo is as it was
 */
export async function adjustPhoto(
  photoId: string,
  picture: ImageBitmap,
  crop: SquareCrop,
): Promise<PhotoRecord> {
  return replacePhoto(photoId, await encodePhoto(picture, crop));
}
