import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import type { ImageHeader } from './image-header.ts';

/** Maximum size of a picture file: photos of 200 megapixels take 30 to 100 MB. */
export const MAX_FILE_BYTES = 200_000_000;
/** Larger files and larger pictures are decoded one at a time. */
export const LARGE_FILE_BYTES = 25_000_000;
/** 40 megapixels take 160 MB when decoded: a phone has memory for two of them at a time. */
export const LARGE_PIXELS = 40_000_000;

/** 64 megapixels take 256 MB when decoded: a phone has memory for one of them. */
export const MAX_WHOLE_PIXELS = 64_000_000;
/** Phones have cameras of 200 megapixels. Decoded at an eighth of their size, they take 13 MB. */
const MAX_REDUCED_PIXELS = 250_000_000;
/**
 * Maximum number of pixels per byte of a large picture: a photo has 2 to 20, a JPEG of one colour
 * at most 170.
 */
const MAX_PIXELS_PER_BYTE = 200;
/** The least width and height: of a smaller picture, such as one that counts visits, nobody could tell what it shows. */
const LEAST_SIDE = 8;

/**
 * Why a picture of this size is not decoded, as a localized sentence; undefined if it is decoded. A
 * PNG of 31 kB can declare 16,000 × 16,000 pixels, which take a gigabyte.
 *
 * @param bytes size of the file
 * @param reduces whether the browser decodes a sequential JPEG at a reduced size, without having it
 *   whole in memory
 */
export function refusalOfSize(
  header: ImageHeader,
  bytes: number,
  reduces = typeof ImageDecoder === 'function',
): string | undefined {
  const number = new Intl.NumberFormat(intlTag());
  const [across, down] = [number.format(header.width), number.format(header.height)];
  if (Math.min(header.width, header.height) < LEAST_SIDE) {
    return msg(str`Too small: ${across} by ${down} pixels.`, {
      desc: 'a picture of 1 by 1 pixels',
    });
  }
  const pixels = header.width * header.height;
  const isPossible = pixels <= LARGE_PIXELS || pixels <= MAX_PIXELS_PER_BYTE * bytes;
  const most = isPossible ? mostPixels(header, reduces) : LARGE_PIXELS;
  if (pixels <= most) return undefined;
  const megapixels = number.format(most / 1e6);
  return msg(
    str`Too large: ${across} by ${down} pixels. At most ${megapixels} megapixels are taken.`,
    { desc: 'a picture of 16,000 by 16,000 pixels' },
  );
}

/** HEIC is decoded by tiles. */
function mostPixels({ format, isProgressive }: ImageHeader, reduces: boolean): number {
  const isReduced = format === 'heic' || (format === 'jpeg' && !isProgressive && reduces);
  return isReduced ? MAX_REDUCED_PIXELS : MAX_WHOLE_PIXELS;
}
