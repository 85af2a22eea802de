/**
 * Beginnings of a zip: the first file or, where it is empty, the end record, and the markers of a
 * split archive and of one that was not split (APPNOTE.TXT 6.3.10, 8.5.3 and 8.5.4).
 */
const STARTS = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08PK', 'PK00PK'];
const END = 'PK\x05\x06';
const END_BYTES = 22;

/** The most bytes of the end record of a zip and its comment. */
export const ZIP_END_BYTES = END_BYTES + 0xffff;

/** Whether a file begins like a zip. @param head its first 6 bytes, or more */
export function startsAsZip(head: Uint8Array): boolean {
  return STARTS.some((start) => hasBytes(head, 0, start));
}

/**
 * Whether the file has the end record of a zip, as one that unpacks itself does.
 *
 * @param tail its last ZIP_END_BYTES bytes
 */
export function hasZipEnd(tail: Uint8Array): boolean {
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    // APPNOTE.TXT 6.3.10, 4.3.16: the comment is the rest of the file.
    const comment = tail[at + 20]! + 256 * tail[at + 21]!;
    if (hasBytes(tail, at, END) && at + END_BYTES + comment <= tail.length) return true;
  }
  return false;
}

/** Whether the characters, of one byte each, are at `offset`. */
export function hasBytes(bytes: Uint8Array, offset: number, characters: string): boolean {
  if (bytes.length < offset + characters.length) return false;
  for (let i = 0; i < characters.length; i++) {
    if (bytes[offset + i] !== characters.charCodeAt(i)) return false;
  }
  return true;
}
