import { msg } from '../../i18n/msg.ts';
import { isSameSquare, type PictureSize } from '../../image/adjust-square.ts';
import { isWidePicture } from '../../image/covering-squares.ts';
import { drawSquare } from '../../image/draw-square.ts';
import { encodePhoto, PHOTO_SIZE, type EncodedPhoto } from '../../image/encode.ts';
import {
  centreSquare,
  type FindSquare,
  type PictureSquare,
  type SquareCrop,
} from '../../image/square.ts';
import { Problem } from '../../platform/problem.ts';
import { decodeAsStored, type StoredPicture } from './decode-file.ts';
import { drawnUpright, storedSquare, turnedUpright, uprightTransform } from './upright.ts';

/** A picture is decoded at twice the size of a photo or more, so that scaling it down stays smooth. */
const DECODED_SIDE = 2 * PHOTO_SIZE;

/** Shorter side of the picture in which the square is looked for; no base needs more. */
const REDUCED_SIDE = 320;

type Stored = Pick<StoredPicture, 'picture' | 'orientation'>;

/** A picture as it will be stored. */
export interface PreparedPhoto extends EncodedPhoto {
  /** When it was taken, in milliseconds since the epoch, if the file says so. */
  readonly takenAt?: number;
  /** Whether much of the picture is outside its square. */
  readonly isWide: boolean;
  /** The square of a wide picture, if it is not the centre square. */
  readonly moved?: PictureSquare;
  /** Whether a part at its lower edge is missing. */
  readonly isIncomplete: boolean;
}

/**
 * Checks, decodes and encodes one picture file.
 *
 * @param findSquare asked about a wide picture; by default its centre square is used
 * @throws Problem of `decodeAsStored` or `encodePhoto`
 */
export async function preparePhoto(file: Blob, findSquare?: FindSquare): Promise<PreparedPhoto> {
  let picture: ImageBitmap | undefined;
  try {
    const decoded = await decodeAsStored(file, { leastSide: DECODED_SIDE });
    const { orientation, takenAt, isIncomplete } = decoded;
    picture = decoded.picture;
    const isWide = isWidePicture(picture);
    const crop = isWide && findSquare ? await movedSquare(decoded, findSquare) : undefined;
    const { width, height } = uprightTransform(orientation, picture);
    const square = crop ?? centreSquare(width, height);
    const encoded =
      orientation === 1
        ? await encodePhoto(picture, square)
        : await encodePhoto(uprightSquare(decoded, square));
    return {
      ...encoded,
      ...(takenAt !== undefined && { takenAt }),
      ...(crop && { moved: { crop, width } }),
      isWide,
      isIncomplete,
    };
  } catch (thrown) {
    throw Problem.from(thrown, msg('The picture could not be made smaller to store it.'));
  } finally {
    picture?.close();
  }
}

/** A square of the upright picture in the size of a photo. Only the square is turned. */
function uprightSquare({ picture, orientation }: Stored, crop: SquareCrop): OffscreenCanvas {
  const stored = storedSquare(crop, orientation, picture);
  const square = drawSquare(picture, Math.min(PHOTO_SIZE, crop.side), stored);
  return drawnUpright(square, orientation);
}

/** The square that is found; undefined if it is the centre square. */
async function movedSquare(
  { picture, orientation }: Stored,
  findSquare: FindSquare,
): Promise<SquareCrop | undefined> {
  const { width, height } = uprightTransform(orientation, picture);
  const reduced = await createImageBitmap(picture, reducedTo(picture));
  const upright = orientation === 1 ? reduced : turnedUpright(reduced, orientation);
  const crop = await findSquare(upright, { width, height });
  return crop && !isSameSquare(crop, centreSquare(width, height)) ? crop : undefined;
}

function reducedTo({ width, height }: PictureSize): ImageBitmapOptions {
  const scale = Math.min(1, REDUCED_SIDE / Math.min(width, height));
  return {
    resizeWidth: Math.round(width * scale),
    resizeHeight: Math.round(height * scale),
    resizeQuality: 'medium',
  };
}
