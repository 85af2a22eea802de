import { msg } from '../../i18n/msg.ts';
import { pictureSize } from '../../image/draw-square.ts';
import { encodePhoto, PHOTO_SIZE, type EncodedPhoto } from '../../image/encode.ts';
import { Problem } from '../../platform/problem.ts';
import { decodeFile } from './decode-file.ts';

/**
 * From this ratio of the longer to the shorter side on, much of a picture is outside its centre
 * square.
 */
const WIDE = 1.15;

/** A picture as it will be stored. */
export interface PreparedPhoto extends EncodedPhoto {
  /** Whether much of the picture is outside its centre square. */
  readonly isWide: boolean;
}

/** Checks, decodes and encodes one picture file. @throws Problem of `decodeFile` or `encodePhoto` */
export async function preparePhoto(file: Blob): Promise<PreparedPhoto> {
  let picture: ImageBitmap | undefined;
  try {
    picture = await decodeFile(file, { leastSide: PHOTO_SIZE });
    const { width, height } = pictureSize(picture);
    const isWide = Math.max(width, height) > WIDE * Math.min(width, height);
    return { ...(await encodePhoto(picture)), isWide };
  } catch (thrown) {
    throw Problem.from(thrown, msg('The picture could not be made smaller to store it.'));
  } finally {
    picture?.close();
  }
}
