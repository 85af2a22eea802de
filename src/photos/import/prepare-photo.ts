import { msg } from '../../i18n/msg.ts';
import { encodePhoto, PHOTO_SIZE, type EncodedPhoto } from '../../image/encode.ts';
import { Problem } from '../../platform/problem.ts';
import { decodeFile } from './decode-file.ts';

/**
 * From this ratio of the longer to the shorter side on, much of a picture is outside its centre
 * square.
 */
const WIDE = 1.15;

/** A picture is decoded at twice the size of a photo or more, so that scaling it down stays smooth. */
const DECODED_SIDE = 2 * PHOTO_SIZE;

/** A picture as it will be stored. */
export interface PreparedPhoto extends EncodedPhoto {
  /** When it was taken, in milliseconds since the epoch, if the file says so. */
  readonly takenAt?: number;
  /** Whether much of the picture is outside its centre square. */
  readonly isWide: boolean;
  /** Whether a part at its lower edge is missing. */
  readonly isIncomplete: boolean;
}

/** Checks, decodes and encodes one picture file. @throws Problem of `decodeFile` or `encodePhoto` */
export async function preparePhoto(file: Blob): Promise<PreparedPhoto> {
  let picture: ImageBitmap | undefined;
  try {
    const decoded = await decodeFile(file, { leastSide: DECODED_SIDE });
    const { takenAt, isIncomplete } = decoded;
    picture = decoded.picture;
    const { width, height } = picture;
    const isWide = Math.max(width, height) > WIDE * Math.min(width, height);
    const encoded = await encodePhoto(picture);
    return { ...encoded, ...(takenAt !== undefined && { takenAt }), isWide, isIncomplete };
  } catch (thrown) {
    throw Problem.from(thrown, msg('The picture could not be made smaller to store it.'));
  } finally {
    picture?.close();
  }
}
