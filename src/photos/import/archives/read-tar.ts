import { msg } from '../../../i18n/msg.ts';
import { decodeNames, languagesOfUser } from '../../../platform/archive/entry-names.ts';
import { blobOf } from '../../../platform/archive/read-entry.ts';
import { Problem } from '../../../platform/problem.ts';
import type { RefusedFile } from '../found-picture.ts';
import { isIgnored } from '../../../platform/archive/ignored-path.ts';
import { MAX_FILE_BYTES } from '../image-limits.ts';
import type { ListedFile } from '../layout/lay-out-files.ts';
import {
  damagedArchive,
  MAX_ARCHIVE_BYTES,
  MAX_RATIO,
  refusalOfEntry,
  tooManyBytes,
  withoutRoot,
  type Budget,
} from './archive-limits.ts';
import { isLarge } from './large-file.ts';
import type { Listing } from './listing.ts';
import { tarEntries, type TarEntry } from './tar-entries.ts';

/**
 * The files of a tar archive; a gzip is unpacked first, to a Blob that browsers store on disk.
 *
 * @param name of the archive
 * @throws Problem `archive` when the whole archive is refused
 */
export async function readTar(
  archive: Blob,
  kind: 'tar' | 'gzip',
  name: string,
  budget: Budget,
): Promise<Listing> {
  const tar = kind === 'gzip' ? await unzipped(archive) : archive;
  const entries: TarEntry[] = [];
  let isWhole: boolean | undefined;
  try {
    const reading = tarEntries(tar);
    while (isWhole === undefined) {
      const { done, value } = await reading.next();
      if (done) isWhole = value;
      else {
        budget.spend(value.size);
        entries.push(value);
      }
    }
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    throw damagedArchive(thrown);
  }
  const names = decodeNames(
    entries.map(({ name }) => name),
    languagesOfUser(),
  );
  const files: ListedFile[] = [];
  const refused: RefusedFile[] = isWhole ? [] : [{ name, reason: cutOff() }];
  const paths = new Set<string>();
  for (const [i, { offset, size, changedAt: stamp }] of entries.entries()) {
    const path = withoutRoot(names[i]!.replace(/^(\.\/)+/, ''));
    if (isIgnored(path)) continue;
    const facts = { path, uncompressedSize: size, compressedSize: size };
    const reason = paths.has(path)
      ? msg('Another file of the archive has the same name.')
      : refusalOfEntry(facts, isLarge(path) ? Infinity : MAX_FILE_BYTES);
    paths.add(path);
    if (reason !== undefined) refused.push({ name: path, reason });
    else {
      const read = () => part(tar, offset, size);
      files.push({ path, bytes: size, ...(stamp > 0 && { stamp }), read });
    }
  }
  return { files, refused, elsewhere: [] };
}

const cutOff = () => msg('Its end is missing, and with it some of its files.');

async function unzipped(archive: Blob): Promise<Blob> {
  const limit = Math.min(MAX_ARCHIVE_BYTES, MAX_RATIO * archive.size);
  let length = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      length += chunk.length;
      if (length > limit) throw tooManyBytes();
      controller.enqueue(chunk);
    },
  });
  try {
    const stream = archive.stream().pipeThrough(new DecompressionStream('gzip'));
    return await blobOf(stream.pipeThrough(counted), limit);
  } catch (thrown) {
    throw length > limit ? tooManyBytes() : damagedArchive(thrown);
  }
}

async function part(tar: Blob, offset: number, size: number): Promise<Blob> {
  const blob = tar.slice(offset, offset + size);
  if (blob.size === size) return Promise.resolve(blob);
  throw new Problem('archive-entry', msg('Damaged: it cannot be unpacked.'));
}
