import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { readImageHeader, type ImageFormat, type ImageHeader } from './image-header.ts';
import { MAX_FILE_BYTES, refusalOfSize } from './image-limits.ts';

/** Why a file was refused. */
type RefusalKind = 'file-size' | 'unreadable' | 'not-a-picture' | 'picture-size' | 'decode';

export interface DecodeOptions {
  /** Least width and height in pixels to decode a larger picture at; its own size by default. */
  readonly leastSide?: number;
}

/**
 * Decodes a picture file, rotated upright. File size, format and dimensions are checked before it
 * is decoded.
 *
 * @returns a bitmap, which the caller closes
 * @throws Problem of a RefusalKind
 */
export async function decodeFile(
  file: Blob,
  { leastSide }: DecodeOptions = {},
): Promise<ImageBitmap> {
  if (file.size > MAX_FILE_BYTES) throw refusal('file-size', msg('Larger than 25 MB.'));
  if (file.size === 0) throw refusal('not-a-picture', msg('The file is empty.'));
  const bytes = await readBytes(file);
  const header = readImageHeader(new Uint8Array(bytes));
  if (!header) {
    const notTaken = msg('Not a JPEG, PNG, WebP, HEIC or AVIF picture, or a damaged one.');
    throw refusal('not-a-picture', notTaken);
  }
  const tooLarge = refusalOfSize(header);
  if (tooLarge) throw refusal('picture-size', tooLarge);
  try {
    // Decodes the same bytes that were checked, with the type that was found.
    const blob = new Blob([bytes], { type: `image/${header.format}` });
    return await createImageBitmap(blob, {
      imageOrientation: 'from-image',
      ...(leastSide !== undefined && reducedSize(header, leastSide)),
    });
  } catch (thrown) {
    throw refusal('decode', whyNotDecoded(header.format), thrown);
  }
}

/**
 * Only a width, because the header does not say whether the picture is turned: as the shorter or as
 * the longer side, it leaves `leastSide` pixels or more on the shorter one.
 */
function reducedSize({ width, height }: ImageHeader, leastSide: number): ImageBitmapOptions {
  const shorter = Math.min(width, height);
  if (shorter <= leastSide) return {};
  const resizeWidth = Math.ceil((leastSide * Math.max(width, height)) / shorter);
  return resizeWidth < shorter ? { resizeWidth, resizeQuality: 'medium' } : {};
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

async function readBytes(file: Blob): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (thrown) {
    throw refusal('unreadable', msg('The file could not be read.'), thrown);
  }
}

function refusal(kind: RefusalKind, message: string, cause?: unknown): Problem<RefusalKind> {
  return new Problem(kind, message, cause === undefined ? {} : { cause });
}
