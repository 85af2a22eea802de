import { startsWith } from './byte-reader.ts';

/** A segment between two markers of a JPEG (ITU T.81, B.1.1). */
interface JpegSegment {
  /** The second byte of the marker. */
  readonly marker: number;
  /** Offset of the marker's first byte. */
  readonly at: number;
  /** Offset of the content behind the length. */
  readonly start: number;
  /** Offset behind the content, not beyond the end of the bytes. */
  readonly end: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DRI = 0xdd;
const DHT = 0xc4;
const DAC = 0xcc;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;

/**
 * The segments up to the first picture data. As decoders do, it skips whatever stands between two
 * segments. It never reads outside the bytes.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  for (let offset = 2; ;) {
    const at = nextMarker(bytes, offset);
    if (at === undefined) return;
    const marker = bytes[at + 1]!;
    if (marker === EOI) return;
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= SOI);
    const length = isAlone ? 0 : uint16(bytes, at + 2);
    if (!isAlone && length < 2) {
      offset = at + 2;
      continue;
    }
    offset = at + 2 + length;
    if (isAlone) continue;
    yield { marker, at, start: at + 4, end: Math.min(offset, bytes.length) };
    if (marker === SOS) return;
  }
}

/** A JPEG's frame header: what it says of the picture (ITU T.81, B.2.2). */
interface JpegFrame {
  readonly width: number;
  readonly height: number;
  /** Whether a decoder has to hold all coefficients, as for a progressive picture. */
  readonly isProgressive: boolean;
}

/** The frame header of a JPEG; undefined if there is none before the picture data. */
export function jpegFrame(bytes: Uint8Array): JpegFrame | undefined {
  return frameOf(bytes, [...jpegSegments(bytes)]) ?? frameOf(bytes, segmentsByForm(bytes));
}

function frameOf(bytes: Uint8Array, segments: readonly JpegSegment[]): JpegFrame | undefined {
  const frame = segments.find(({ marker }) => isFrame(marker));
  if (!frame || frame.end - frame.start < 6) return undefined;
  return {
    height: uint16(bytes, frame.start + 1),
    width: uint16(bytes, frame.start + 3),
    isProgressive: frame.marker > 0xc1,
  };
}

/** The content of the APP1 segment with EXIF data; undefined if there is none. */
export function jpegExif(bytes: Uint8Array): Uint8Array | undefined {
  for (const { marker, start, end } of jpegSegments(bytes)) {
    const content = bytes.subarray(start, end);
    if (marker === APP1 && startsWith(content, EXIF)) return content.subarray(EXIF.length);
  }
  return undefined;
}

/** Whether the end marker stands behind the beginning of the picture data. */
export function hasEnd(bytes: Uint8Array): boolean {
  const scan = essentialSegments(bytes).find(({ marker }) => marker === SOS);
  if (!scan) return false;
  for (let at = bytes.lastIndexOf(EOI); at > scan.end; at = bytes.lastIndexOf(EOI, at - 1)) {
    if (bytes[at - 1] === 0xff) return true;
  }
  return false;
}

/** "Exif" and two zeros. */
export const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0] as const;

/**
 * The same picture with only the segments that decoders need, and with an end marker: it lacks
 * segments that decoders stumble over. Where picture data are missing, decoders show gray.
 *
 * @returns undefined if there is no frame header or no picture data
 */
export function repairedJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const segments = essentialSegments(bytes);
  const scan = segments.find(({ marker }) => marker === SOS);
  if (!scan || !segments.some(({ marker }) => isFrame(marker))) return undefined;
  let end = bytes.length;
  // A file that was not received to its end is often filled with zeros.
  while (end > scan.end && bytes[end - 1] === 0) end--;
  const kept = segments.filter(({ marker }) => marker !== SOS);
  const size = kept.reduce((sum, { at, end }) => sum + end - at, 0);
  const repaired = new Uint8Array(2 + size + end - scan.at + 2);
  repaired.set([0xff, SOI]);
  let offset = 2;
  for (const segment of [...kept, { at: scan.at, end }]) {
    repaired.set(bytes.subarray(segment.at, segment.end), offset);
    offset += segment.end - segment.at;
  }
  repaired.set([0xff, EOI], offset);
  return repaired;
}

/**
 * The segments that make the picture. If the lengths of the others lead past them, these lengths
 * are ignored: whatever has the form of such segments is taken, those of the largest picture.
 */
function essentialSegments(bytes: Uint8Array): JpegSegment[] {
  const segments = [...jpegSegments(bytes)].filter(({ marker }) => isEssential(marker));
  const isWhole = segments.at(-1)?.marker === SOS && segments.some(({ marker }) => isFrame(marker));
  return isWhole ? segments : segmentsByForm(bytes);
}

function segmentsByForm(bytes: Uint8Array): JpegSegment[] {
  let largest: JpegSegment[] = [];
  let most = 0;
  let segments: JpegSegment[] = [];
  for (let offset = 2; ;) {
    const at = nextMarker(bytes, offset);
    if (at === undefined) return largest;
    offset = at + 2;
    const marker = bytes[at + 1]!;
    const segment = { marker, at, start: at + 4, end: offset + uint16(bytes, offset) };
    if (!hasForm(bytes, segment)) continue;
    segments.push(segment);
    offset = segment.end;
    if (marker !== SOS) continue;
    // A thumbnail has segments of its own.
    const frame = frameOf(bytes, segments);
    if (frame && frame.width * frame.height > most) {
      most = frame.width * frame.height;
      largest = segments;
    }
    segments = [];
  }
}

/** Whether the content is what the marker says; whatever marker follows it. */
function hasForm(bytes: Uint8Array, { marker, start, end }: JpegSegment): boolean {
  const length = end - start;
  if (length < 1 || end > bytes.length) return false;
  if (isFrame(marker)) {
    const components = bytes[start + 5]!;
    return components >= 1 && components <= 4 && length === 6 + 3 * components;
  }
  switch (marker) {
    case DQT:
      return length % 65 === 0 || length % 129 === 0;
    case DHT:
      return length >= 17;
    case DRI:
      return length === 2;
    case SOS:
      return bytes[start]! >= 1 && bytes[start]! <= 4 && length === 4 + 2 * bytes[start]!;
    default:
      return false;
  }
}

/** SOF0 to SOF15: DHT, JPG and DAC have codes in this range, but are no frame headers. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![DHT, 0xc8, DAC].includes(marker);
}

/** Tables, frame and scan, and the segments that tell how the colours are meant. */
function isEssential(marker: number): boolean {
  return isFrame(marker) || [SOS, DQT, DRI, DHT, DAC, APP0, APP2, APP14].includes(marker);
}

/** The offset of the next marker: 0xff before a byte that is neither a fill byte nor zero. */
function nextMarker(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return undefined;
    if (next !== 0xff && next !== 0) return at;
  }
  return undefined;
}

/** 0 behind the end of the bytes. */
function uint16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}
