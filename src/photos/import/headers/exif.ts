import type { ImageFormat } from '../image-header.ts';
import { viewOf, withinBytes } from './byte-reader.ts';
import { pngExif, webpExif } from './chunks.ts';
import { heifExif } from './heif-meta.ts';
import { jpegExif } from './jpeg-segments.ts';

/** What the camera wrote about a picture. */
interface Exif {
  /**
   * How the stored picture is turned and mirrored, 1 to 8 (Exif 3.0, 4.6.5.1.6); 1 if it is upright
   * or if nothing is said.
   */
  readonly orientation: number;
  /**
   * When the picture was taken, in milliseconds since the epoch. Without an offset from UTC, it is
   * taken for a time of this device's time zone.
   */
  readonly takenAt?: number;
}

const BLOCKS: Partial<Record<ImageFormat, (bytes: Uint8Array) => Uint8Array | undefined>> = {
  jpeg: jpegExif,
  png: pngExif,
  webp: webpExif,
  avif: heifExif,
  heic: heifExif,
};

/** Reads the EXIF data of a picture. Damaged data say nothing. It reads only inside the bytes. */
export function readExif(bytes: Uint8Array, format: ImageFormat): Exif {
  const directories = directoriesOf(bytes, format);
  const orientation = orientationOf(directories)?.value ?? 1;
  const takenAt = timeOf(directories);
  return { orientation, ...(takenAt !== undefined && { takenAt }) };
}

/**
 * Writes into the EXIF data that the picture is stored upright, so that no browser turns it: they do
 * so for some formats only.
 */
export function clearOrientation(bytes: Uint8Array, format: 'jpeg' | 'webp'): void {
  const directories = directoriesOf(bytes, format);
  const found = orientationOf(directories);
  if (directories && found) directories.view.setUint16(found.at, 1, directories.isLittle);
}

const ORIENTATION = 0x0112;
const EXIF_DIRECTORY = 0x8769;
/** DateTimeOriginal with SubSecTimeOriginal and OffsetTimeOriginal; then those of …Digitized. */
const TIMES = [
  { time: 0x9003, fraction: 0x9291, offset: 0x9011 },
  { time: 0x9004, fraction: 0x9292, offset: 0x9012 },
] as const;

/** An entry of a directory (TIFF 6.0, section 2). */
interface Entry {
  readonly type: number;
  readonly count: number;
  /** Offset of the value, or of its offset if it is longer than four bytes. */
  readonly at: number;
}

interface Directories {
  readonly view: DataView;
  readonly isLittle: boolean;
  readonly picture: ReadonlyMap<number, Entry>;
  readonly camera: ReadonlyMap<number, Entry>;
}

function directoriesOf(bytes: Uint8Array, format: ImageFormat): Directories | undefined {
  return withinBytes(() => {
    const block = BLOCKS[format]?.(bytes);
    if (!block || block.length < 8) return undefined;
    const view = viewOf(block);
    const order = view.getUint16(0);
    if (order !== 0x4949 && order !== 0x4d4d) return undefined;
    const isLittle = order === 0x4949;
    if (view.getUint16(2, isLittle) !== 42) return undefined;
    const picture = entriesAt(view, view.getUint32(4, isLittle), isLittle);
    const link = picture.get(EXIF_DIRECTORY);
    const camera = link && entriesAt(view, view.getUint32(link.at, isLittle), isLittle);
    return { view, isLittle, picture, camera: camera ?? new Map<number, Entry>() };
  });
}

/** The entries of the directory; those behind the end of the bytes are left out. */
function entriesAt(view: DataView, offset: number, isLittle: boolean): Map<number, Entry> {
  const entries = new Map<number, Entry>();
  if (offset + 2 > view.byteLength) return entries;
  const count = view.getUint16(offset, isLittle);
  for (let at = offset + 2; entries.size < count && at + 12 <= view.byteLength; at += 12) {
    const tag = view.getUint16(at, isLittle);
    // Of a tag that is repeated, the first entry counts; a repeated one may be a loop's end.
    if (entries.has(tag)) break;
    const type = view.getUint16(at + 2, isLittle);
    entries.set(tag, { type, count: view.getUint32(at + 4, isLittle), at: at + 8 });
  }
  return entries;
}

function orientationOf(
  directories: Directories | undefined,
): { readonly value: number; readonly at: number } | undefined {
  const SHORT = 3;
  const entry = directories?.picture.get(ORIENTATION);
  if (!directories || entry?.type !== SHORT) return undefined;
  const value = directories.view.getUint16(entry.at, directories.isLittle);
  return value >= 1 && value <= 8 ? { value, at: entry.at } : undefined;
}

function timeOf(directories: Directories | undefined): number | undefined {
  if (!directories) return undefined;
  for (const { time, fraction, offset } of TIMES) {
    const moment = parseTime(textOf(directories, time) ?? '', textOf(directories, offset));
    if (moment === undefined) continue;
    const digits = /^\d+/.exec(textOf(directories, fraction) ?? '')?.[0];
    return moment + (digits ? Math.floor(Number(`0.${digits}`) * 1000) : 0);
  }
  return undefined;
}

function textOf({ view, isLittle, camera }: Directories, tag: number): string | undefined {
  const ASCII = 2;
  const entry = camera.get(tag);
  if (entry?.type !== ASCII || entry.count > 64) return undefined;
  const start = entry.count > 4 ? view.getUint32(entry.at, isLittle) : entry.at;
  if (start + entry.count > view.byteLength) return undefined;
  const codes = Array.from({ length: entry.count }, (_, index) => view.getUint8(start + index));
  return String.fromCharCode(...codes).replace(/\0.*$/s, '');
}

/**
 * Milliseconds since the epoch; undefined for a time that is not given, as of a clock that was
 * never set.
 *
 * @param text "2024:05:06 07:08:09"
 * @param offset "+02:00"; this device's time zone otherwise
 */
function parseTime(text: string, offset: string | undefined): number | undefined {
  const parts = /^(\d{4}).(\d\d).(\d\d).(\d\d).(\d\d).(\d\d)/.exec(text)?.slice(1);
  if (!parts) return undefined;
  const [year, month, day, hours, minutes, seconds] = parts;
  const zone = /^[+-]\d\d:\d\d$/.exec(offset?.trim() ?? '')?.[0] ?? '';
  const moment = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}${zone}`);
  return moment > 0 ? moment : undefined;
}
