import { msg } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import { MAX_FILE_BYTES } from '../image-limits.ts';

/**
 * Maximum size of an archive in bytes, and of all its files together when unpacked. Memory does not
 * depend on it: files are read one at a time, and browsers store a Blob of this size on disk.
 */
export const MAX_ARCHIVE_BYTES = 4_000_000_000;
/** Maximum number of files and folders in an archive; each takes some 300 bytes of memory. */
const MAX_ENTRIES = 100_000;
/** Maximum size of the list of files in bytes; that of 100,000 files takes half of it. */
export const MAX_DIRECTORY_BYTES = 32_000_000;
/** Maximum compression ratio: photos hardly compress, so a file with a ratio of 100 is no photo. */
export const MAX_RATIO = 100;

/** What may still be unpacked, together for an archive and the archives in it. */
export class Budget {
  /** Number of files. */
  files = MAX_ENTRIES;
  bytes = MAX_ARCHIVE_BYTES;

  /** Counts a file of an archive. @throws Problem `archive` when it is too much */
  spend(bytes: number): void {
    if (--this.files < 0) throw tooManyFiles();
    this.bytes -= bytes;
    if (this.bytes < 0) throw tooManyBytes();
  }
}

/**
 * Why an archive is refused.
 *
 * @param message a localized sentence
 * @param cause the error that was thrown, if there is one
 */
export function archiveProblem(message: string, cause?: unknown): Problem<'archive'> {
  return new Problem('archive', message, cause === undefined ? {} : { cause });
}

export const tooManyFiles = () => archiveProblem(msg('More than 100,000 files are in it.'));
export const tooManyBytes = () => archiveProblem(msg('It unpacks to more than 4 GB.'));
export const tooLargeArchive = () => archiveProblem(msg('The archive is larger than 4 GB.'));
export const damagedArchive = (cause: unknown) =>
  archiveProblem(msg('The archive is damaged, or none that can be read.'), cause);

/** The facts of one file in the list of an archive; they may be wrong. */
interface EntryFacts {
  readonly path: string;
  /** Bytes. */
  readonly uncompressedSize: number;
  /** Bytes. */
  readonly compressedSize: number;
}

/**
 * Why a file of an archive is not unpacked, as a localized sentence; undefined if it is unpacked.
 *
 * @param most bytes that a file of its kind may have
 */
export function refusalOfEntry(entry: EntryFacts, most = MAX_FILE_BYTES): string | undefined {
  if (isUnsafeName(entry.path)) return msg('Its name points out of the archive.');
  if (entry.uncompressedSize > most) return msg('Larger than 200 MB.');
  if (entry.uncompressedSize > MAX_RATIO * entry.compressedSize) {
    return msg('Unpacks to more than a hundred times its size, as no photo does.');
  }
  return undefined;
}

/**
 * The folders and the name in a path that begins at a root, such as `C:/Users/x/cat/1.jpg`,
 * `/home/x/cat/1.jpg` or `//server/cat/1.jpg`, as some programs write them into archives. The app
 * reads them as names only, and opens nothing by them.
 */
export function withoutRoot(path: string): string {
  return path.replace(/^(?:[\\/]|[a-z]:)+/i, '');
}

/**
 * Whether a name leads out of the folder that an archive is unpacked into, as `../x`, `/x` or
 * `C:\x` do, or contains a NUL. The app never writes to a path of that name, but such a file is
 * suspicious.
 */
export function isUnsafeName(name: string): boolean {
  return name.includes('\0') || /^([\\/]|[a-z]:)/i.test(name) || name.split(/[\\/]/).includes('..');
}
