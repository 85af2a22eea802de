import { fourCharacters, viewOf, withinBytes } from './headers/byte-reader.ts';
import { formatOf } from './headers/formats.ts';
import { largestSize } from './headers/isobmff-boxes.ts';
import { jpegFrame } from './headers/jpeg-segments.ts';

/** The subtype of the MIME type. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic' | 'gif' | 'bmp';

/** Format and size of a picture according to its header; the picture itself is not decoded. */
export interface ImageHeader {
  readonly format: ImageFormat;
  /** Pixels as stored: the decoder swaps width and height of a rotated photo. */
  readonly width: number;
  readonly height: number;
  /** A JPEG of which a decoder has to hold all coefficients, whatever size it decodes to. */
  readonly isProgressive?: boolean;
}

/**
 * The format of a picture according to its first bytes. File names and declared types may be wrong,
 * and browsers decode by the bytes too.
 *
 * @returns undefined for any other format
 */
export function imageFormat(bytes: Uint8Array): ImageFormat | undefined {
  const { name = '' } = formatOf(bytes) ?? {};
  return name in SIZE_READERS ? (name as ImageFormat) : undefined;
}

/**
 * Reads format and size of a picture from its header, so that a picture that is too large is never
 * decoded. It never reads outside `bytes`, whatever lengths they declare.
 *
 * @returns undefined if the format is unknown or the size is missing or zero
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const format = imageFormat(bytes);
  if (!format) return undefined;
  const size = withinBytes(() => SIZE_READERS[format](bytes));
  if (!size || size.width === 0 || size.height === 0) return undefined;
  const { width, height, isProgressive } = size;
  return { format, width, height, ...(isProgressive && { isProgressive }) };
}

type Size = Omit<ImageHeader, 'format'>;

const SIZE_READERS: Record<ImageFormat, (bytes: Uint8Array) => Size | undefined> = {
  jpeg: jpegFrame,
  png: pngSize,
  webp: webpSize,
  avif: largestSize,
  heic: largestSize,
  gif: gifSize,
  bmp: bmpSize,
};

/** IHDR is the first chunk and begins with the size (PNG, 11.2.2). */
function pngSize(bytes: Uint8Array): Size | undefined {
  if (fourCharacters(bytes, 12) !== 'IHDR') return undefined;
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** The first chunk is VP8 (lossy), VP8L (lossless) or VP8X (extended) (RFC 9649, 2.5 to 2.7). */
function webpSize(bytes: Uint8Array): Size | undefined {
  const view = viewOf(bytes);
  switch (fourCharacters(bytes, 12)) {
    case 'VP8 ':
      // RFC 6386, 9.1: a frame tag, the start code 9d 01 2a, then 14 bits of size each.
      if (view.getUint8(23) !== 0x9d || view.getUint16(24) !== 0x012a) return undefined;
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case 'VP8L': {
      if (view.getUint8(20) !== 0x2f) return undefined;
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return undefined;
  }
}

/** The size of the logical screen, in which each frame lies (GIF89a, 18). */
function gifSize(bytes: Uint8Array): Size {
  const view = viewOf(bytes);
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** A negative height means that the rows are stored from top to bottom. */
function bmpSize(bytes: Uint8Array): Size {
  const view = viewOf(bytes);
  if (view.getUint32(14, true) === 12) {
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  }
  return {
    width: Math.max(0, view.getInt32(18, true)),
    height: Math.abs(view.getInt32(22, true)),
  };
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}
