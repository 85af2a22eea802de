import { crc32 } from '../../../platform/archive/crc32.ts';
import { toBase45 } from './base45.ts';

/**
 * A model file as the texts of QR codes, of which any order is read. Each begins with `PURR1:`. The
 * rest is base45 of: the first 6 bytes of the file's SHA-256, the index of the code, the number of
 * codes, a part of the file, and the CRC-32 of all that (little-endian). All parts but the last have
 * the same size.
 */
export const CODE_START = 'PURR1:';

/** How the start of a code of another version looks. */
export const ANY_CODE_START = /^PURR(\d{1,4}):/;

/** Bytes of a code around its part of the file. */
export const CODE_LAYOUT = { id: 6, head: 8, check: 4 } as const;

/**
 * Most bytes of the file in one code: it is of version 15 with error correction L then, 77 modules
 * wide, which the camera of a phone reads from the screen of another at arm's length or nearer.
 */
export const PART_BYTES = 489;

/** Most codes: the number of codes is a byte. */
export const MOST_CODES = 255;

/** Most codes that are shown one after the other; they take 12 seconds. */
export const MOST_SHOWN_CODES = 60;

/** The texts of the codes of a file. @throws RangeError if they would be more than MOST_CODES */
export async function toCodes(file: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const count = codesOf(file.length);
  if (count > MOST_CODES) throw new RangeError(`${file.length} bytes are too many for QR codes`);
  const id = await fileId(file);
  // Parts of the same size look alike, and none is hard to read.
  const size = Math.ceil(file.length / count);
  return Array.from({ length: count }, (_, index) => {
    const part = file.subarray(index * size, (index + 1) * size);
    const { head, check } = CODE_LAYOUT;
    const bytes = new Uint8Array(head + part.length + check);
    bytes.set(id);
    bytes[id.length] = index;
    bytes[id.length + 1] = count;
    bytes.set(part, head);
    const checkAt = head + part.length;
    new DataView(bytes.buffer).setUint32(checkAt, crc32(bytes.subarray(0, checkAt)), true);
    return CODE_START + toBase45(bytes);
  });
}

/** Number of codes that a file of some bytes takes. */
export function codesOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / PART_BYTES));
}

/** What the codes of a file have in common. */
export async function fileId(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const digest = await crypto.subtle.digest('SHA-256', file);
  return new Uint8Array(digest, 0, CODE_LAYOUT.id);
}
