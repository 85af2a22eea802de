import { msg } from '../../i18n/msg.ts';
import { MAX_FILE_BYTES } from './image-limits.ts';

/** Maximum size of an archive in bytes, and of all its files together when unpacked. */
export const MAX_ARCHIVE_BYTES = 500_000_000;
/** Maximum number of files and folders in an archive. */
export const MAX_ENTRIES = 5_000;
/** Maximum bytes of one read: the central directory of 5,000 files takes a tenth of it. */
export const MAX_READ_BYTES = 8_000_000;
/** Maximum compression ratio: photos hardly compress, so a file with a ratio of 100 is no photo. */
const MAX_RATIO = 100;

/** The entry of one file in the central directory of a zip archive; it may be wrong. */
export interface EntryFacts {
  readonly filename: string;
  /** Bytes. */
  readonly uncompressedSize: number;
  /** Bytes. */
  readonly compressedSize: number;
  readonly encrypted: boolean;
}

/**
 * Why a file of an archive is not unpacked, as a localized sentence; undefined if it is unpacked.
 */
export function refusalOfEntry(entry: EntryFacts): string | undefined {
  if (isUnsafeName(entry.filename)) return msg('Its name points out of the archive.');
  if (entry.encrypted) return msg('Locked with a password. Unpack it first.');
  if (entry.uncompressedSize > MAX_FILE_BYTES) return msg('Larger than 200 MB.');
  if (entry.uncompressedSize > MAX_RATIO * entry.compressedSize) {
    return msg('Unpacks to more than a hundred times its size, as no photo does.');
  }
  return undefined;
}

/**
 * Whether a name leads out of the folder that an archive is unpacked into, as `../x`, `/x` or
 * `C:\x` do, or contains a NUL. The app never writes to a path of that name, but such a file is
 * suspicious.
 */
export function isUnsafeName(name: string): boolean {
  return name.includes('\0') || /^([\\/]|[a-z]:)/i.test(name) || name.split(/[\\/]/).includes('..');
}
