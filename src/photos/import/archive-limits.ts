import { msg } from '../../i18n/msg.ts';
import { MAX_FILE_BYTES } from './image-limits.ts';

/** Bytes of an archive, and of all that it unpacks to. */
export const MAX_ARCHIVE_BYTES = 500_000_000;
export const MAX_ENTRIES = 5_000;
/** Bytes that are read of an archive at once: the list of 5,000 files takes a tenth of it. */
export const MAX_READ_BYTES = 8_000_000;
/** A photo hardly shrinks; what unpacks to a hundred times its size is none. */
const MAX_RATIO = 100;

/** What an archive's list says of one file; it may lie. */
export interface EntryFacts {
  readonly filename: string;
  readonly uncompressedSize: number;
  readonly compressedSize: number;
  readonly encrypted: boolean;
}

/** Why a file of an archive is not unpacked, as a sentence for the person. */
export function refusalOfEntry(entry: EntryFacts): string | undefined {
  if (isUnsafeName(entry.filename)) return msg('Its name points out of the archive.');
  if (entry.encrypted) return msg('Locked with a password. Unpack it first.');
  if (entry.uncompressedSize > MAX_FILE_BYTES) return msg('Larger than 25 MB.');
  if (entry.uncompressedSize > MAX_RATIO * entry.compressedSize) {
    return msg('Unpacks to more than a hundred times its size, as no photo does.');
  }
  return undefined;
}

/**
 * Names that would lead out of the folder that an archive is unpacked in: `../x`, `/x`, `C:\x`, or
 * with a NUL. Nothing is unpacked by name here, but an archive that holds one is up to something.
 */
export function isUnsafeName(name: string): boolean {
  return name.includes('\0') || /^([\\/]|[a-z]:)/i.test(name) || name.split(/[\\/]/).includes('..');
}
