import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import type { ImageHeader } from './image-header.ts';

/** Maximum size of a picture file: photos of phones are smaller. */
export const MAX_FILE_BYTES = 25_000_000;
/** 40 megapixels take 160 MB when decoded: a phone has memory for two of them at a time. */
const MAX_PIXELS = 40_000_000;
/** Maximum width and height in pixels. */
const MAX_SIDE = 12_000;

/**
 * Why a picture of this size is not decoded, as a localized sentence; undefined if it is decoded. A
 * PNG of 31 kB can declare 16,000 × 16,000 pixels, which take a gigabyte.
 */
export function refusalOfSize({
  width,
  height,
}: Pick<ImageHeader, 'width' | 'height'>): string | undefined {
  if (width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS) return undefined;
  const number = new Intl.NumberFormat(intlTag());
  const [across, down] = [number.format(width), number.format(height)];
  return msg(str`Too large: ${across} by ${down} pixels. At most 40 megapixels are taken.`, {
    desc: 'a picture of 16,000 by 16,000 pixels',
  });
}
