import { msg } from '../../i18n/msg.ts';
import {
  BlobReader,
  ERR_ENCRYPTED,
  ERR_INVALID_CRC32,
  ERR_INVALID_UNCOMPRESSED_SIZE,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
  ZipReader,
  type FileEntry,
} from '../../platform/zip.ts';
import { Problem } from '../../platform/problem.ts';
import {
  MAX_ARCHIVE_BYTES,
  MAX_ENTRIES,
  MAX_READ_BYTES,
  refusalOfEntry,
} from './archive-limits.ts';
import type { Findings, RefusedFile } from './found-picture.ts';
import { isIgnored, isNestedArchive } from './ignored-path.ts';
import { layOutFiles, type ListedFile } from './layout/lay-out-files.ts';

/**
 * The pictures of a zip archive or of a Teachable Machine project. Only the central directory is
 * read here; each picture is unpacked when it is read, and checked against its size and CRC-32.
 *
 * @throws Problem `archive` when the whole archive is refused
 */
export async function readArchive(archive: File): Promise<Findings> {
  if (archive.size > MAX_ARCHIVE_BYTES) throw problem(msg('The archive is larger than 500 MB.'));
  const { entries, refused } = await listEntries(archive);
  const listed = entries.map((entry): ListedFile => {
    const { filename: path, uncompressedSize: bytes } = entry;
    return { path, bytes, read: () => readEntry(entry) };
  });
  return { ...(await layOutFiles(listed)), refused };
}

async function listEntries(
  archive: File,
): Promise<{ entries: FileEntry[]; refused: RefusedFile[] }> {
  const reader = new ZipReader(new ArchiveReader(archive), {
    // Each name is checked separately below: one bad name must not stop the others.
    filenameValidation: 'tolerant',
    checkCrc32: true,
    checkOverlappingEntry: true,
  });
  const entries: FileEntry[] = [];
  const refused: RefusedFile[] = [];
  const names = new Set<string>();
  let count = 0;
  let total = 0;
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (++count > MAX_ENTRIES) throw problem(msg('More than 5,000 files are in it.'));
      const { filename } = entry;
      if (entry.directory || isIgnored(filename) || isNestedArchive(filename)) continue;
      const reason = names.has(filename)
        ? msg('Another file of the archive has the same name.')
        : refusalOfEntry(entry);
      names.add(filename);
      if (reason !== undefined) {
        refused.push({ name: filename, reason });
        continue;
      }
      total += entry.uncompressedSize;
      if (total > MAX_ARCHIVE_BYTES) throw problem(msg('It unpacks to more than 500 MB.'));
      entries.push(entry);
    }
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    throw problem(msg('The archive is damaged, or no zip that can be read.'), thrown);
  }
  return { entries, refused };
}

/**
 * Refuses large reads: zip.js reads the central directory at once, and its declared size may be
 * wrong.
 */
class ArchiveReader extends BlobReader {
  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    if (length > MAX_READ_BYTES) throw problem(msg('The list of its files is too long.'));
    return super.readUint8Array(index, length);
  }
}

/** Unpacks one file into memory, at most as many bytes as its declared size. */
async function readEntry(entry: FileEntry): Promise<Blob> {
  const bytes = new Uint8Array(entry.uncompressedSize);
  let length = 0;
  let isLonger = false;
  const output = new WritableStream<Uint8Array>({
    write(chunk) {
      const end = length + chunk.length;
      isLonger = end > bytes.length;
      if (isLonger) throw new Error('Longer than declared');
      bytes.set(chunk, length);
      length = end;
    },
  });
  try {
    await entry.getData(output);
  } catch (thrown) {
    const reason = isLonger ? wrongSize() : refusalOfRead(thrown);
    throw new Problem('archive-entry', reason, { cause: thrown });
  }
  if (length < bytes.length) throw new Problem('archive-entry', wrongSize());
  return new Blob([bytes]);
}

const wrongSize = () => msg('Its size is not what the archive says.');

function refusalOfRead(thrown: unknown): string {
  switch (thrown instanceof Error ? thrown.message : undefined) {
    case ERR_INVALID_CRC32:
      return msg('Damaged: it is not what was packed.');
    case ERR_INVALID_UNCOMPRESSED_SIZE:
      return wrongSize();
    case ERR_ENCRYPTED:
    case ERR_UNSUPPORTED_ENCRYPTION:
      return msg('Locked with a password. Unpack it first.');
    case ERR_UNSUPPORTED_COMPRESSION:
      return msg('Packed in a way that this app does not read. Unpack it first.');
    default:
      return msg('Damaged: it cannot be unpacked.');
  }
}

function problem(message: string, cause?: unknown): Problem<'archive'> {
  return new Problem('archive', message, cause === undefined ? {} : { cause });
}
