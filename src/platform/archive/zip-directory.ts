import { BlobReader, ZipReader, type FileEntry } from '../zip.ts';
import { decodeNames, languagesOfUser } from './entry-names.ts';

/** An entry of a zip archive, as its central directory states it; it may be wrong. */
export interface ZipEntry {
  /** In NFC, with `/` between folders. It is only looked up or shown, never used as a path. */
  readonly path: string;
  /** Position of its local file header, in bytes. */
  readonly offset: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  /** APPNOTE.TXT 6.3.10, 4.4.5: 0 is stored, 8 Deflate, 9 Deflate64. */
  readonly method: number;
  readonly crc32: number;
  readonly encrypted: boolean;
  /** The entry of zip.js, where only zip.js can unpack it. It takes 7 kB. */
  readonly whole?: FileEntry;
}

interface DirectoryLimits {
  /** Number of files and folders. */
  readonly entries: number;
  /** Size of the central directory in bytes, which is read at once. */
  readonly bytes: number;
}

/** Thrown where an archive exceeds a limit of `listZip`. */
export class TooManyEntries extends Error {}
/** Thrown where the central directory is too long. */
export class TooLongDirectory extends Error {}

export const STORED = 0;
export const DEFLATE = 8;
export const DEFLATE64 = 9;

/**
 * Reads the central directory of a zip archive. Folders are left out. An archive may have bytes
 * before it, and `\` between folders. Names that are not marked as UTF-8 are decoded in the languages
 * of the user.
 *
 * @throws TooManyEntries, TooLongDirectory, or an Error if the file is no zip archive
 */
export async function listZip(file: Blob, limits: DirectoryLimits): Promise<ZipEntry[]> {
  const reader = new ZipReader(new DirectoryReader(file, limits.bytes), {
    // Each name is checked separately: one bad name must not stop the others.
    filenameValidation: 'tolerant',
  });
  const entries: ZipEntry[] = [];
  const undecoded: { index: number; name: Uint8Array }[] = [];
  let count = 0;
  for await (const entry of reader.getEntriesGenerator()) {
    if (++count > limits.entries) throw new TooManyEntries();
    // A link has no picture, but the path of one.
    if (entry.directory || entry.symlink) continue;
    // The bytes are a view of the whole directory, so they are copied.
    if (!entry.filenameUTF8 && isBeyondAscii(entry.rawFilename)) {
      undecoded.push({ index: entries.length, name: entry.rawFilename.slice() });
    }
    entries.push(compact(entry));
  }
  const names = decodeNames(
    undecoded.map(({ name }) => name),
    languagesOfUser(),
  );
  for (const [i, { index }] of undecoded.entries()) {
    entries[index] = { ...entries[index]!, path: pathOf(names[i]!) };
  }
  return withoutFolders(entries);
}

function compact(entry: FileEntry): ZipEntry {
  const { offset, compressedSize, uncompressedSize, compressionMethod: method, encrypted } = entry;
  return {
    path: pathOf(entry.filename),
    ...{ offset, compressedSize, uncompressedSize, method, encrypted },
    crc32: entry.crc32 ?? 0,
    ...(method === DEFLATE64 && { whole: entry }),
  };
}

const pathOf = (name: string) => name.normalize('NFC').replaceAll('\\', '/');

const isBeyondAscii = (bytes: Uint8Array) => bytes.some((byte) => byte > 127);

/** Archives made on Windows may have folders that are not marked as such. */
function withoutFolders(entries: readonly ZipEntry[]): ZipEntry[] {
  const folders = new Set(
    entries.flatMap(({ path }) => {
      const end = path.lastIndexOf('/');
      return end > 0 ? [path.slice(0, end)] : [];
    }),
  );
  return entries.filter(
    ({ path, uncompressedSize }) =>
      !path.endsWith('/') && !(uncompressedSize === 0 && folders.has(path)),
  );
}

/** Refuses large reads: the declared size of the central directory may be wrong. */
class DirectoryReader extends BlobReader {
  readonly #limit: number;

  constructor(file: Blob, limit: number) {
    super(file);
    this.#limit = limit;
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    if (length > this.#limit) throw new TooLongDirectory();
    return super.readUint8Array(index, length);
  }
}
