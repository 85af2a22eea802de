/** The subtype of the MIME type. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic';

/** Format and size of a picture according to its header; the picture itself is not decoded. */
export interface ImageHeader {
  readonly format: ImageFormat;
  /** Pixels as stored: the decoder swaps width and height of a rotated photo. */
  readonly width: number;
  readonly height: number;
}

/**
 * The format of a picture according to its magic bytes. File names and declared types may be wrong,
 * and browsers decode by the bytes too.
 *
 * @returns undefined for any other format
 */
export function imageFormat(bytes: Uint8Array): ImageFormat | undefined {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (text(bytes, 0) === 'RIFF' && text(bytes, 8) === 'WEBP') return 'webp';
  if (text(bytes, 4) === 'ftyp') return isobmffFormat(bytes);
  return undefined;
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
  const size = SIZE_READERS[format](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return size && size.width > 0 && size.height > 0 ? { format, ...size } : undefined;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

type SizeReader = (view: DataView) => Size | undefined;

const SIZE_READERS: Record<ImageFormat, SizeReader> = {
  jpeg: guarded(jpegSize),
  png: guarded(pngSize),
  webp: guarded(webpSize),
  avif: guarded(isobmffSize),
  heic: guarded(isobmffSize),
};

/** A truncated header has no size: DataView throws a RangeError for a read past the end. */
function guarded(read: SizeReader): SizeReader {
  return (view) => {
    try {
      return read(view);
    } catch (thrown) {
      if (thrown instanceof RangeError) return undefined;
      throw thrown;
    }
  };
}

/** Walks the marker segments to the frame header, SOF0 to SOF15 (ITU T.81, B.1.1 and B.2.2). */
function jpegSize(view: DataView): Size | undefined {
  let offset = 2;
  for (;;) {
    if (view.getUint8(offset) !== 0xff) return undefined;
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1; // a fill byte before the marker
      continue;
    }
    // DHT, JPG and DAC have codes in the range of SOF, but are no frame headers.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { height: view.getUint16(offset + 5), width: view.getUint16(offset + 7) };
    }
    const hasNoLength = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (hasNoLength) {
      offset += 2;
      continue;
    }
    const isPictureData = marker === 0xda || marker === 0xd9;
    const length = view.getUint16(offset + 2);
    if (isPictureData || length < 2) return undefined;
    offset += 2 + length;
  }
}

/** IHDR is the first chunk and begins with the size (PNG, 11.2.2). */
function pngSize(view: DataView): Size | undefined {
  if (viewText(view, 12) !== 'IHDR') return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** The first chunk is VP8 (lossy), VP8L (lossless) or VP8X (extended) (RFC 9649, 2.5 to 2.7). */
function webpSize(view: DataView): Size | undefined {
  switch (viewText(view, 12)) {
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

/**
 * The largest `ispe` property in `meta/iprp/ipco` (ISO/IEC 23008-12, 6.5.3): each tile has one too.
 */
function isobmffSize(view: DataView): Size | undefined {
  const meta = child(view, { start: 0, end: view.byteLength }, 'meta');
  // `meta` is a FullBox: version and flags precede its children.
  const properties = meta && child(view, { start: meta.start + 4, end: meta.end }, 'iprp');
  const container = properties && child(view, properties, 'ipco');
  if (!container) return undefined;
  let largest: Size | undefined;
  for (const box of children(view, container)) {
    if (box.type !== 'ispe') continue;
    const size = { width: view.getUint32(box.start + 4), height: view.getUint32(box.start + 8) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The boxes inside a span, each with the span of its content (ISO/IEC 14496-12, 4.2). */
function* children(view: DataView, span: Span): Generator<Span & { type: string }> {
  let offset = span.start;
  while (offset + 8 <= span.end) {
    const declared = view.getUint32(offset);
    const isLong = declared === 1;
    const header = isLong ? 16 : 8;
    const size = isLong ? Number(view.getBigUint64(offset + 8)) : declared || span.end - offset;
    if (size < header) return;
    const end = Math.min(offset + size, span.end);
    yield { type: viewText(view, offset + 4), start: offset + header, end };
    offset = end;
  }
}

function child(view: DataView, span: Span, type: string): Span | undefined {
  for (const box of children(view, span)) if (box.type === type) return box;
  return undefined;
}

const AVIF_BRANDS = ['avif', 'avis'];
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];

/**
 * The format by the brands of the `ftyp` box. AVIF first, because AVIF files list HEIF brands too.
 */
function isobmffFormat(bytes: Uint8Array): ImageFormat | undefined {
  const length = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), 256);
  const brands: string[] = [text(bytes, 8)];
  for (let offset = 16; offset + 4 <= length; offset += 4) brands.push(text(bytes, offset));
  if (brands.some((brand) => AVIF_BRANDS.includes(brand))) return 'avif';
  if (brands.some((brand) => HEIC_BRANDS.includes(brand))) return 'heic';
  return undefined;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** The four characters at `offset`; fewer at the end of the bytes. */
function text(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

function viewText(view: DataView, offset: number): string {
  return String.fromCharCode(
    view.getUint8(offset),
    view.getUint8(offset + 1),
    view.getUint8(offset + 2),
    view.getUint8(offset + 3),
  );
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}
