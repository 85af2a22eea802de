/**
 * What a file is by its bytes:
 *
 * - `zip`, `tar`, `gzip`: archives that the app reads; a gzip may hold a tar
 * - `archive`: another archive, such as 7z or rar
 * - `picture`, `film`: what the import reads
 * - `model`: a trained model in one file: Keras HDF5, TFLite
 * - `json`: a JSON text; it may be a TensorFlow.js model or the table of a backup
 * - `data`: a text or a document
 * - `unknown`: anything else, such as ONNX, which has no signature
 */
export type FileKind =
  'zip' | 'tar' | 'gzip' | 'archive' | 'picture' | 'film' | 'model' | 'json' | 'data' | 'unknown';

/** How many of the first bytes `kindOfBytes` looks at: the first header of a tar. */
export const HEAD_BYTES = 512;

type Signature = readonly [offset: number, bytes: string, kind: FileKind];

/** Bytes at fixed positions; https://www.garykessler.net/library/file_sigs.html lists them. */
const SIGNATURES: readonly Signature[] = [
  [0, 'PK\x03\x04', 'zip'],
  [0, 'PK\x05\x06', 'zip'],
  // APPNOTE.TXT 6.3.10, 8.5.3 and 8.5.4: the marker of a split archive, and of one that was not split.
  [0, 'PK\x07\x08PK', 'zip'],
  [0, 'PK00PK', 'zip'],
  [257, 'ustar', 'tar'],
  [0, '\x1f\x8b\x08', 'gzip'],
  [0, '7z\xbc\xaf\x27\x1c', 'archive'],
  [0, 'Rar!\x1a\x07', 'archive'],
  [4, '1AY&SY', 'archive'],
  [0, '\xfd7zXZ\0', 'archive'],
  [0, '\x28\xb5\x2f\xfd', 'archive'],
  [0, 'MSCF\0\0\0\0', 'archive'],
  [7, '**ACE**', 'archive'],
  [0, 'LZIP', 'archive'],
  [0, '\xff\xd8', 'picture'],
  [0, '\x89PNG', 'picture'],
  [0, 'GIF8', 'picture'],
  [0, 'BM', 'picture'],
  [0, 'II*\0', 'picture'],
  [0, 'MM\0*', 'picture'],
  [8, 'WEBP', 'picture'],
  [4, 'ftypheic', 'picture'],
  [4, 'ftypheix', 'picture'],
  [4, 'ftyphevc', 'picture'],
  [4, 'ftypmif1', 'picture'],
  [4, 'ftypmsf1', 'picture'],
  [4, 'ftypavif', 'picture'],
  [4, 'ftypavis', 'picture'],
  [4, 'ftyp', 'film'],
  [0, '\x1a\x45\xdf\xa3', 'film'],
  [8, 'AVI ', 'film'],
  [0, 'OggS', 'film'],
  [0, '\x89HDF\r\n\x1a\n', 'model'],
  [4, 'TFL3', 'model'],
  [0, '%PDF', 'data'],
  [0, '{\\rtf', 'data'],
  // Word, Excel and PowerPoint before 2007.
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'data'],
];

/** @param head the first HEAD_BYTES bytes of a file, or all of a smaller one */
export function kindOfBytes(head: Uint8Array): FileKind {
  const found = SIGNATURES.find(([offset, bytes]) => hasBytes(head, offset, bytes));
  if (found) return found[2];
  if (isOldTar(head)) return 'tar';
  const text = textOf(head);
  if (text === undefined) return 'unknown';
  return /^\s*[{[]/.test(text) ? 'json' : 'data';
}

/** Whether the file has the end record of a zip, as one that unpacks itself does. */
export function hasZipEnd(tail: Uint8Array): boolean {
  for (let at = tail.length - 22; at >= 0; at--) {
    // APPNOTE.TXT 6.3.10, 4.3.16: the comment is the rest of the file.
    if (
      hasBytes(tail, at, 'PK\x05\x06') &&
      at + 22 + tail[at + 20]! + 256 * tail[at + 21]! <= tail.length
    ) {
      return true;
    }
  }
  return false;
}

/** The most bytes of the end record of a zip and its comment. */
export const ZIP_END_BYTES = 22 + 0xffff;

function hasBytes(head: Uint8Array, offset: number, bytes: string): boolean {
  if (head.length < offset + bytes.length) return false;
  return Array.from(bytes).every((char, i) => head[offset + i] === char.charCodeAt(0));
}

/**
 * Whether a header of 512 bytes is one of a tar before POSIX 1988, which has no signature: its
 * checksum is right.
 */
function isOldTar(head: Uint8Array): boolean {
  return head.length >= HEAD_BYTES && head[0] !== 0 && hasTarChecksum(head);
}

/** Whether the checksum of a tar header is right: the sum of its bytes, with spaces in its place. */
export function hasTarChecksum(header: Uint8Array): boolean {
  const stated = parseInt(String.fromCharCode(...header.subarray(148, 156)), 8);
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 0x20 : header[i]!;
  return sum === stated;
}

/** The bytes as text, if they are text: UTF-8, or UTF-16 with its mark. */
function textOf(head: Uint8Array): string | undefined {
  if (head.length === 0) return undefined;
  const isUtf16 = hasBytes(head, 0, '\xff\xfe') || hasBytes(head, 0, '\xfe\xff');
  if (isUtf16) return new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head);
  // A stream, because a character may be cut off at the end.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const text = decoder.decode(head, { stream: true });
    return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
