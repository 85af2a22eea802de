import { hasBytes, startsAsZip } from '../../../platform/archive/zip-signature.ts';
import { fourCharacters, viewOf, withinBytes } from './byte-reader.ts';

/**
 * What a file is by its bytes:
 *
 * - `zip`, `tar`, `gzip`: archives that the app reads; a gzip may hold a tar
 * - `archive`: another archive, such as 7z or rar
 * - `picture`, `film`: what the import reads, or might
 * - `model`: a trained model in a format that the app does not read: Keras HDF5, TFLite
 * - `data`: a document or a sound
 */
export type FormatKind = 'zip' | 'tar' | 'gzip' | 'archive' | 'picture' | 'film' | 'model' | 'data';

/** A format that a file has by its first bytes. */
export interface Format {
  readonly kind: FormatKind;
  /** Of a picture or a film, the same in every language; undefined for a damaged one. */
  readonly name?: string;
}

/** How many of the first bytes `formatOf` looks at, except for camera files and drawings. */
export const FORMAT_BYTES = 512;

type Part = readonly [offset: number, bytes: string];
type Signature = readonly [kind: FormatKind, name: string | undefined, ...parts: Part[]];

/** Bytes at fixed positions; https://www.garykessler.net/library/file_sigs.html lists them. */
const SIGNATURES: readonly Signature[] = [
  ['tar', undefined, [257, 'ustar']],
  ['gzip', undefined, [0, '\x1f\x8b\x08']],
  ['archive', undefined, [0, '7z\xbc\xaf\x27\x1c']],
  ['archive', undefined, [0, 'Rar!\x1a\x07']],
  ['archive', undefined, [4, '1AY&SY']],
  ['archive', undefined, [0, '\xfd7zXZ\0']],
  ['archive', undefined, [0, '\x28\xb5\x2f\xfd']],
  ['archive', undefined, [0, 'MSCF\0\0\0\0']],
  ['archive', undefined, [7, '**ACE**']],
  ['archive', undefined, [0, 'LZIP']],
  // Behind the start of a JPEG, stray bytes may stand before the first segment.
  ['picture', 'jpeg', [0, '\xff\xd8']],
  ['picture', 'png', [0, '\x89PNG\r\n\x1a\n']],
  ['picture', undefined, [0, '\x89PNG']],
  ['picture', 'webp', [0, 'RIFF'], [8, 'WEBP']],
  ['picture', 'gif', [0, 'GIF8']],
  ['picture', 'PSD', [0, '8BPS']],
  ['picture', 'JXL', [0, '\xff\x0a']],
  ['picture', 'JXL', [0, '\0\0\0\x0cJXL ']],
  ['picture', 'JPEG 2000', [0, '\0\0\0\x0cjP  ']],
  ['picture', 'JPEG 2000', [0, '\xff\x4f\xff\x51']],
  // Canon's CR2, Fujifilm's RAF, Olympus's ORF, Panasonic's RW2; for CR3 see `isobmffFormat`.
  ['picture', 'RAW', [8, 'CR\x02\0']],
  ['picture', 'RAW', [0, 'FUJIFILMCCD-RAW']],
  ['picture', 'RAW', [0, 'IIRO']],
  ['picture', 'RAW', [0, 'IIRS']],
  ['picture', 'RAW', [0, 'MMOR']],
  ['picture', 'RAW', [0, 'IIU\0']],
  ['film', 'matroska', [0, '\x1a\x45\xdf\xa3']],
  // QuickTime files from before `ftyp` begin with one of these boxes.
  ['film', 'mov', [4, 'moov']],
  ['film', 'mov', [4, 'mdat']],
  ['film', 'mov', [0, '\0\0'], [4, 'wide']],
  ['film', 'mov', [0, '\0\0'], [4, 'free']],
  ['film', 'mov', [0, '\0\0'], [4, 'skip']],
  ['film', 'mov', [0, '\0\0'], [4, 'pnot']],
  ['film', 'AVI', [0, 'RIFF'], [8, 'AVI ']],
  ['film', 'OGG', [0, 'OggS']],
  ['film', 'WMV', [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11']],
  ['film', 'FLV', [0, 'FLV\x01']],
  ['film', 'MPEG', [0, '\0\0\x01\xba']],
  ['film', 'MPEG', [0, '\0\0\x01\xb3']],
  ['film', 'MPEG', [0, 'G'], [188, 'G'], [376, 'G']],
  ['film', 'MPEG', [4, 'G'], [196, 'G'], [388, 'G']],
  ['model', undefined, [0, '\x89HDF\r\n\x1a\n']],
  ['model', undefined, [4, 'TFL3']],
  ['data', undefined, [0, '%PDF']],
  ['data', undefined, [0, '{\\rtf']],
  // Word, Excel and PowerPoint before 2007.
  ['data', undefined, [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1']],
];

/**
 * The format of a file by its bytes; names and declared types may be wrong.
 *
 * @param head its first FORMAT_BYTES bytes or more, or all of a smaller one
 * @returns undefined for a text, and for what has no signature
 */
export function formatOf(head: Uint8Array): Format | undefined {
  if (startsAsZip(head)) return { kind: 'zip' };
  const found = SIGNATURES.find(([, , ...parts]) =>
    parts.every(([offset, bytes]) => hasBytes(head, offset, bytes)),
  );
  if (found) {
    const [kind, name] = found;
    return name === undefined ? { kind } : { kind, name };
  }
  if (fourCharacters(head, 4) === 'ftyp') return isobmffFormat(head);
  if (hasBytes(head, 0, 'II*\0') || hasBytes(head, 0, 'MM\0*')) {
    return { kind: 'picture', name: isCameraFile(head) ? 'RAW' : 'TIFF' };
  }
  if (hasBytes(head, 0, 'BM') && isBmpHeader(head)) return { kind: 'picture', name: 'bmp' };
  return undefined;
}

/** Formats of films that WebCodecs and browsers open. */
const OPENED = ['mp4', 'mov', 'matroska'];

/**
 * Whether a file is a film that can be opened: MP4, MOV, 3GP, WebM or Matroska. Whether there are
 * pictures in it is only known then.
 */
export function isFilm(head: Uint8Array): boolean {
  const { kind, name = '' } = formatOf(head) ?? {};
  return kind === 'film' && OPENED.includes(name);
}

const AVIF_BRANDS = /^avi[fs]$/;
const HEIF_BRANDS = /^(hei[cxms]|hev[cmsx]|mif\d|msf1)$/;
const FILM_BRANDS = /^(qt {2}|isom|iso\d|mp4\d|avc\d|M4V |3g\w\w|f4v )$/;
const SOUND_BRANDS = /^(M4[AB] |F4[AB] )$/;

/**
 * The format by the brands of the `ftyp` box (ISO/IEC 14496-12, 4.3; mp4ra.org). The first brand
 * decides; one that is not known has others beside it. AVIF comes first, as its files list HEIF
 * brands too.
 */
function isobmffFormat(head: Uint8Array): Format {
  const major = fourCharacters(head, 8);
  if (major === 'crx ') return { kind: 'picture', name: 'RAW' };
  if (major === 'jxl ') return { kind: 'picture', name: 'JXL' };
  if (SOUND_BRANDS.test(major)) return { kind: 'data' };
  const length = Math.min(viewOf(head).getUint32(0), FORMAT_BYTES);
  const brands = [major];
  for (let offset = 16; offset + 4 <= length; offset += 4) {
    brands.push(fourCharacters(head, offset));
  }
  const has = (pattern: RegExp) => brands.some((brand) => pattern.test(brand));
  const isPicture = AVIF_BRANDS.test(major) || HEIF_BRANDS.test(major) || !has(FILM_BRANDS);
  if (isPicture && has(AVIF_BRANDS)) return { kind: 'picture', name: 'avif' };
  if (isPicture && has(HEIF_BRANDS)) return { kind: 'picture', name: 'heic' };
  return { kind: 'film', name: 'mp4' };
}

/** Sizes of the headers that follow the file header of 14 bytes, from OS/2's to version 5. */
const BMP_HEADERS = [12, 40, 52, 56, 64, 108, 124];

function isBmpHeader(head: Uint8Array): boolean {
  return withinBytes(() => BMP_HEADERS.includes(viewOf(head).getUint32(14, true))) ?? false;
}

/**
 * Whether a TIFF is the raw file of a camera (DNG, NEF, ARW, PEF): it has a DNG version, or the maker
 * of a camera together with a directory below the first one.
 */
function isCameraFile(head: Uint8Array): boolean {
  const [MAKE, SUBDIRECTORIES, DNG_VERSION] = [0x010f, 0x014a, 0xc612];
  const view = viewOf(head);
  const isLittle = hasBytes(head, 0, 'II');
  const tags = withinBytes(() => {
    const directory = view.getUint32(4, isLittle);
    const count = view.getUint16(directory, isLittle);
    return Array.from({ length: count }, (_, index) =>
      view.getUint16(directory + 2 + 12 * index, isLittle),
    );
  });
  if (!tags) return false;
  return tags.includes(DNG_VERSION) || (tags.includes(MAKE) && tags.includes(SUBDIRECTORIES));
}
