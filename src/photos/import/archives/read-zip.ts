import { intlTag } from '../../../i18n/language.ts';
import { msg, str } from '../../../i18n/msg.ts';
import {
  EntryError,
  isKnownMethod,
  readZipEntry,
  zipEntryBlob,
} from '../../../platform/archive/read-entry.ts';
import {
  listZip,
  TooLongDirectory,
  TooManyEntries,
  type ZipEntry,
} from '../../../platform/archive/zip-directory.ts';
import { Problem } from '../../../platform/problem.ts';
import type { RefusedFile } from '../found-picture.ts';
import { isIgnored } from '../../../platform/archive/ignored-path.ts';
import { MAX_FILE_BYTES } from '../image-limits.ts';
import type { ListedFile } from '../layout/lay-out-files.ts';
import {
  archiveProblem,
  damagedArchive,
  MAX_DIRECTORY_BYTES,
  refusalOfEntry,
  tooManyFiles,
  withoutRoot,
  type Budget,
} from './archive-limits.ts';
import { lockedArchive, oddlyPacked } from './elsewhere.ts';
import { isLarge } from './large-file.ts';
import type { Listing } from './listing.ts';

/**
 * The files of a zip archive. Only its central directory is read; each file is unpacked when it is
 * read, and checked against its size and CRC-32.
 *
 * @param name of the archive
 * @throws Problem `archive` when the whole archive is refused
 */
export async function readZip(archive: Blob, name: string, budget: Budget): Promise<Listing> {
  const entries = await entriesOf(archive, budget);
  const overlapping = overlaps(entries);
  const files: ListedFile[] = [];
  const refused: RefusedFile[] = [];
  const paths = new Set<string>();
  const locked: string[] = [];
  const odd: string[] = [];
  for (const entry of entries) {
    const { uncompressedSize: bytes } = entry;
    const path = withoutRoot(entry.path);
    if (isIgnored(path)) continue;
    const large = isLarge(path);
    const reason = paths.has(path)
      ? msg('Another file of the archive has the same name.')
      : overlapping.has(entry)
        ? msg('Damaged: it cannot be unpacked.')
        : refusalOfEntry({ ...entry, path }, large ? Infinity : MAX_FILE_BYTES);
    paths.add(path);
    if (reason !== undefined) refused.push({ name: path, reason });
    else if (entry.encrypted) locked.push(path);
    else if (!isKnownMethod(entry.method)) odd.push(path);
    else {
      budget.spend(bytes);
      const { crc32: stamp } = entry;
      const read = () => readEntry(archive, entry, large);
      files.push({ path, bytes, ...(stamp !== 0 && { stamp }), read });
    }
  }
  if (files.length === 0 && locked.length > 0) {
    return { files, refused, elsewhere: [lockedArchive(name)] };
  }
  if (files.length === 0 && odd.length > 0) {
    return { files, refused, elsewhere: [oddlyPacked(name)] };
  }
  refused.push(...inOne(name, locked, lockedWords), ...inOne(name, odd, oddWords));
  return { files, refused, elsewhere: [] };
}

async function entriesOf(archive: Blob, budget: Budget): Promise<ZipEntry[]> {
  try {
    return await listZip(archive, { entries: budget.files, bytes: MAX_DIRECTORY_BYTES });
  } catch (thrown) {
    if (thrown instanceof TooManyEntries) throw tooManyFiles();
    if (thrown instanceof TooLongDirectory) {
      throw archiveProblem(msg('The list of its files is too long.'));
    }
    throw damagedArchive(thrown);
  }
}

/** The entries whose bytes are also those of another one: a small archive could unpack to much. */
function overlaps(entries: readonly ZipEntry[]): Set<ZipEntry> {
  const found = new Set<ZipEntry>();
  const inOrder = entries.toSorted((a, b) => a.offset - b.offset);
  let end = 0;
  for (const entry of inOrder) {
    if (entry.offset < end) found.add(entry);
    end = Math.max(end, entry.offset + entry.compressedSize);
  }
  return found;
}

/** One sentence for several files of an archive. */
function inOne(
  archive: string,
  names: readonly string[],
  words: (count: number) => string,
): RefusedFile[] {
  if (names.length === 0) return [];
  const name = names.length === 1 ? names[0]! : archive;
  return [{ name, reason: words(names.length) }];
}

const lockedWords = (count: number) =>
  count === 1
    ? msg('Locked with a password. Unpack it first.')
    : msg(str`Locked with a password (${wholeNumber(count)} of its files). Unpack it first.`);

const oddWords = (count: number) =>
  count === 1
    ? msg('Packed in a way that this app does not read. Unpack it first.')
    : msg(
        str`Packed in a way that this app does not read (${wholeNumber(count)} of its files). Unpack it first.`,
      );

const wholeNumber = (count: number) => new Intl.NumberFormat(intlTag()).format(count);

async function readEntry(archive: Blob, entry: ZipEntry, large: boolean): Promise<Blob> {
  try {
    if (large) return await zipEntryBlob(archive, entry);
    return new Blob([await readZipEntry(archive, entry)]);
  } catch (thrown) {
    throw new Problem('archive-entry', refusalOfRead(thrown), { cause: thrown });
  }
}

function refusalOfRead(thrown: unknown): string {
  switch (thrown instanceof EntryError ? thrown.fault : undefined) {
    case 'wrong-bytes':
      return msg('Damaged: it is not what was packed.');
    case 'wrong-size':
      return msg('Its size is not what the archive says.');
    default:
      return msg('Damaged: it cannot be unpacked.');
  }
}
