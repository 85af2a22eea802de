import { hasTarChecksum } from './recognise.ts';

/** A regular file of a tar archive. */
export interface TarEntry {
  /** Its path; it may be wrong in every way. */
  readonly name: Uint8Array;
  /** Position of its first byte. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  /** When it was last changed, in milliseconds since the epoch; 0 if the archive does not say. */
  readonly changedAt: number;
}

const BLOCK = 512;
/** Headers are read in parts of this size, because each read of a file takes time. */
const WINDOW = 1_000_000;
/** Maximum size of the records that hold long names. */
const MAX_RECORD = 100_000;

/**
 * The regular files of a tar archive: POSIX ustar with the pax records `path` and `size`, and the long
 * names and sizes of GNU tar. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html,
 * https://www.gnu.org/software/tar/manual/html_node/Standard.html
 *
 * @throws Error where a header is damaged; a missing end mark is none
 * @returns whether the archive ends where it should, and is not cut off
 */
export async function* tarEntries(tar: Blob): AsyncGenerator<TarEntry, boolean> {
  const window = new Window(tar);
  let longName: Uint8Array | undefined;
  let longSize: number | undefined;
  let at = 0;
  while (at + BLOCK <= tar.size) {
    const header = await window.read(at, BLOCK);
    if (header.every((byte) => byte === 0)) return true;
    if (!hasTarChecksum(header)) throw new Error(`no tar header at ${at}`);
    const type = String.fromCharCode(header[156]!);
    const stated = sizeOf(header.subarray(124, 136));
    const isFile = type === '0' || type === '\0' || type === '7';
    const size = isFile ? (longSize ?? stated) : stated;
    const offset = at + BLOCK;
    at = offset + Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'L' || type === 'x') {
      if (size > MAX_RECORD) throw new Error(`a record of ${size} bytes`);
      const record = await window.read(offset, size);
      if (type === 'L') longName = untilZero(record);
      else {
        const pax = paxRecords(record);
        longName = pax.get('path') ?? longName;
        const stated = pax.get('size');
        if (stated) longSize = wholeNumber(Number(text(stated)));
      }
      continue;
    }
    if (type === 'K' || type === 'g') continue;
    const name = longName ?? nameOf(header);
    const changedAt = 1000 * (parseInt(text(header.subarray(136, 148)), 8) || 0);
    longName = longSize = undefined;
    // Old programs write a folder as a file whose name ends with a slash.
    if (isFile && name.at(-1) !== 0x2f) yield { name, offset, size, changedAt };
  }
  return at === tar.size;
}

function nameOf(header: Uint8Array): Uint8Array {
  const name = untilZero(header.subarray(0, 100));
  // In ustar, the folders of a longer path; GNU tar has times at this place.
  const isPosix = text(header.subarray(257, 263)) === 'ustar\0';
  const prefix = isPosix ? untilZero(header.subarray(345, 500)) : name.subarray(0, 0);
  return prefix.length > 0 ? Uint8Array.of(...prefix, 0x2f, ...name) : name.slice();
}

/** A size in octal digits, or in GNU's base 256 where the first bit is set. */
function sizeOf(field: Uint8Array): number {
  if ((field[0]! & 0x80) === 0)
    return wholeNumber(parseInt(text(untilZero(field)).trim() || '0', 8));
  const bytes = Array.from(field.subarray(1));
  return wholeNumber(bytes.reduce((sum, byte) => sum * 256 + byte, field[0]! & 0x7f));
}

function wholeNumber(size: number): number {
  if (!Number.isSafeInteger(size) || size < 0) throw new Error('no size');
  return size;
}

/** Records of the form `LENGTH KEY=VALUE\n`. */
function paxRecords(record: Uint8Array): Map<string, Uint8Array> {
  const values = new Map<string, Uint8Array>();
  for (let at = 0; at < record.length;) {
    const space = record.indexOf(0x20, at);
    const length = Number(text(record.subarray(at, space)));
    const equals = record.indexOf(0x3d, space);
    if (!(space > at && equals > space && length > equals - at)) throw new Error('a pax record');
    const value = record.slice(equals + 1, at + length - 1);
    values.set(text(record.subarray(space + 1, equals)), value);
    at += length;
  }
  return values;
}

function untilZero(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return bytes.slice(0, end < 0 ? bytes.length : end);
}

const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);

/** Reads a file in large parts. */
class Window {
  readonly #file: Blob;
  #start = 0;
  #bytes = new Uint8Array();

  constructor(file: Blob) {
    this.#file = file;
  }

  async read(at: number, length: number): Promise<Uint8Array> {
    const isInside = at >= this.#start && at + length <= this.#start + this.#bytes.length;
    if (!isInside) {
      const end = at + Math.max(length, WINDOW);
      this.#bytes = new Uint8Array(await this.#file.slice(at, end).arrayBuffer());
      this.#start = at;
    }
    return this.#bytes.subarray(at - this.#start, at - this.#start + length);
  }
}
