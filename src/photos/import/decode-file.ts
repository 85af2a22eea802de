import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { decodePicture } from './decode-picture.ts';
import { clearOrientation, readExif } from './headers/exif.ts';
import { hasEnd, repairedJpeg } from './headers/jpeg-segments.ts';
import { unreadFormat } from './headers/unread-format.ts';
import {
  imageFormat,
  readImageHeader,
  type ImageFormat,
  type ImageHeader,
} from './image-header.ts';
import {
  LARGE_FILE_BYTES,
  LARGE_PIXELS,
  MAX_FILE_BYTES,
  MAX_WHOLE_PIXELS,
  refusalOfSize,
} from './image-limits.ts';
import { missingPart } from './missing-part.ts';
import { turnedUpright } from './upright.ts';

/** Why a file was refused. */
type RefusalKind = 'file-size' | 'unreadable' | 'not-a-picture' | 'picture-size' | 'decode';

/** A picture of a file as it is stored, and what the file says of it. */
export interface StoredPicture {
  /** The caller closes it. */
  readonly picture: ImageBitmap;
  /** How `uprightTransform` turns it upright, 1 to 8 as in EXIF. */
  readonly orientation: number;
  /** When it was taken, in milliseconds since the epoch. */
  readonly takenAt?: number;
  /** Whether a part at its lower edge is missing, because the file is not whole. */
  readonly isIncomplete: boolean;
}

interface DecodeOptions {
  /** Least width and height in pixels to decode a larger picture at; FULL_SIDE by default. */
  readonly leastSide?: number;
}

/** Large enough to choose a square in the picture, which then still has the size of a photo. */
const FULL_SIDE = 2048;
/** From this part on, what is missing at the lower edge is no coincidence. */
const NOTICED_PART = 0.04;
/** If more is missing, the rest is no photo to learn from. */
const MOST_MISSING = 0.5;

type Bytes = Uint8Array<ArrayBuffer>;

/** Enough of a file to tell its format, that of a camera's raw file too. */
const HEAD_BYTES = 65_536;

/** Held while a large picture is decoded, in whichever worker: a phone has no memory for two. */
const LARGE_LOCK = 'purrceptron-large-picture';

/**
 * Decodes a picture file, rotated upright; the caller closes it.
 *
 * @throws Problem of `decodeAsStored`
 */
export async function decodeFile(file: Blob): Promise<ImageBitmap> {
  const { picture, orientation } = await decodeAsStored(file);
  return orientation === 1 ? picture : turnedUpright(picture, orientation);
}

/**
 * Decodes a picture file, and leaves it to the caller to turn what is used of it: to turn all of it
 * takes as long as a fifth of the decoding. File size, format and dimensions are checked before it is
 * decoded.
 *
 * @throws Problem of a RefusalKind
 */
export function decodeAsStored(file: Blob, options: DecodeOptions = {}): Promise<StoredPicture> {
  const isLarge = file.size > LARGE_FILE_BYTES;
  const decodeNow = () => decodeBytes(file, options, isLarge);
  return isLarge ? oneAtATime(decodeNow) : decodeNow();
}

/** Without the Web Locks API, which needs a secure context, nothing waits. */
function oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
  const locks = navigator.locks as LockManager | undefined;
  return locks ? locks.request(LARGE_LOCK, work) : work();
}

async function decodeBytes(
  file: Blob,
  { leastSide = FULL_SIDE }: DecodeOptions,
  isAlone: boolean,
): Promise<StoredPicture> {
  if (file.size === 0) throw refusal('not-a-picture', msg('The file is empty.'));
  // What is no picture is not read as a whole.
  const start = await readBytes(file.slice(0, HEAD_BYTES));
  if (!imageFormat(start)) throw refusal('not-a-picture', whyNoPicture(start));
  if (file.size > MAX_FILE_BYTES) throw refusal('file-size', msg('Larger than 200 MB.'));
  const bytes = await readBytes(file);
  const header = readImageHeader(bytes);
  if (!header) throw refusal('decode', msg('The picture is damaged.'));
  const tooLarge = refusalOfSize(header, bytes.length);
  if (tooLarge !== undefined) throw refusal('picture-size', tooLarge);
  const { orientation, takenAt } = readExif(bytes, header.format);
  const decodeNow = () => decodeChecked(bytes, header, { leastSide, orientation });
  const waits = !isAlone && header.width * header.height > LARGE_PIXELS;
  const decoded = await (waits ? oneAtATime(decodeNow) : decodeNow());
  return { ...decoded, ...(takenAt !== undefined && { takenAt }) };
}

/** @param orientation as in EXIF, 1 to 8 */
async function decodeChecked(
  bytes: Bytes,
  header: ImageHeader,
  { leastSide, orientation }: Pick<StoredPicture, 'orientation'> & Required<DecodeOptions>,
): Promise<Omit<StoredPicture, 'takenAt'>> {
  const { format } = header;
  if (format === 'heic') {
    const picture = await decodeHeic(bytes, header, leastSide);
    return { picture, orientation: 1, isIncomplete: false };
  }
  // Browsers turn the other formats themselves: HEIC and AVIF have a property of their own for it.
  const isTurnedHere = orientation !== 1 && (format === 'jpeg' || format === 'webp');
  if (isTurnedHere) clearOrientation(bytes, format);
  let failure: unknown;
  for (const { source, isRepaired } of sourcesOf(bytes, format)) {
    const stored = await decodePicture(source, header, leastSide).catch((thrown: unknown) => {
      failure ??= thrown;
    });
    if (!stored) continue;
    const missing = format === 'jpeg' ? missingPart(stored) : 0;
    if (isRepaired && missing > MOST_MISSING) {
      stored.close();
      throw refusal('decode', msg('Damaged: more than half of the picture is missing.'));
    }
    return {
      picture: stored,
      orientation: isTurnedHere ? orientation : 1,
      isIncomplete: missing > NOTICED_PART,
    };
  }
  throw refusal('decode', whyNotDecoded(format), failure);
}

/** Few browsers decode HEIC themselves; the video decoder of others can. */
async function decodeHeic(
  bytes: Bytes,
  header: ImageHeader,
  leastSide: number,
): Promise<ImageBitmap> {
  let failure: unknown;
  try {
    if (header.width * header.height <= MAX_WHOLE_PIXELS) {
      const blob = new Blob([bytes], { type: 'image/heic' });
      return await createImageBitmap(blob, { imageOrientation: 'from-image' });
    }
  } catch (thrown) {
    failure = thrown;
  }
  // A lazy chunk that only such files need.
  const { decodeHeif } = await import('./decode-heif.ts');
  const picture = await decodeHeif(bytes, header, leastSide).catch((thrown: unknown) => {
    failure ??= thrown;
  });
  if (!picture) throw refusal('decode', whyNotDecoded('heic'), failure);
  return picture;
}

/**
 * The bytes to decode, in the order of the attempts. Browsers refuse a JPEG without its end, and one
 * with segments that they do not know.
 */
function* sourcesOf(
  bytes: Bytes,
  format: ImageFormat,
): Generator<{ readonly source: Bytes; readonly isRepaired: boolean }> {
  if (format !== 'jpeg' || hasEnd(bytes)) yield { source: bytes, isRepaired: false };
  const repaired = format === 'jpeg' ? repairedJpeg(bytes) : undefined;
  if (repaired) yield { source: repaired, isRepaired: true };
}

function whyNoPicture(start: Bytes): string {
  const { kind, name } = unreadFormat(start) ?? {};
  switch (kind) {
    case 'picture':
      return msg(str`Browsers do not read ${name!}. Share the picture as JPEG.`, { desc: 'TIFF' });
    case 'film':
      return msg(str`Browsers do not read ${name!} films. Make an MP4 of it first.`, {
        desc: 'AVI',
      });
    default:
      return msg('Not a JPEG, PNG, WebP, GIF, BMP, HEIC or AVIF picture, or a damaged one.');
  }
}

function whyNotDecoded(format: ImageFormat): string {
  switch (format) {
    case 'heic':
      return msg('This browser does not read HEIC. Share the photo as JPEG.');
    case 'avif':
      return msg('This browser does not read AVIF, or the picture is damaged.');
    default:
      return msg('The picture is damaged.');
  }
}

async function readBytes(file: Blob): Promise<Bytes> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (thrown) {
    throw refusal('unreadable', msg('The file could not be read.'), thrown);
  }
}

function refusal(kind: RefusalKind, message: string, cause?: unknown): Problem<RefusalKind> {
  return new Problem(kind, message, cause === undefined ? {} : { cause });
}
