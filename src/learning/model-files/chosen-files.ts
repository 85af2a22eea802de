import { msg, str } from '../../i18n/msg.ts';
import { isIgnored } from '../../platform/archive/ignored-path.ts';
import { startsAsZip } from '../../platform/archive/zip-signature.ts';
import { Problem } from '../../platform/problem.ts';

/** A chosen file, or a file of a chosen archive. */
export interface ChosenFile {
  /** Path within the chosen folder or archive, or its name. */
  readonly path: string;
  readonly bytes: number;
  /** @throws an error if it cannot be read or is damaged */
  readonly read: () => Promise<Uint8Array<ArrayBuffer>>;
  /** As `read`, but not in memory: for large files. */
  readonly blob: () => Promise<Blob>;
}

/** A model has fewer files. */
const LIMITS = { entries: 10_000, bytes: 4_000_000 };
/** A model in an archive within an archive, such as a `.keras` file in a zip. */
const MAX_DEPTH = 2;
/** Largest archive within an archive, unpacked, in bytes. */
const MAX_INNER_BYTES = 1_000_000_000;

/**
 * The files that a user chose. Of a zip, such as Teachable Machine exports or Keras's `.keras`, they
 * are the files in it.
 *
 * @throws Problem `base` when a zip cannot be opened
 */
export async function chosenFiles(files: readonly File[]): Promise<ChosenFile[]> {
  const lists = await Promise.all(
    files.map((file) => expanded(plainFile(file), () => Promise.resolve(file))),
  );
  return lists.flat();
}

function plainFile(file: File): ChosenFile {
  return {
    path: file.webkitRelativePath || file.name,
    bytes: file.size,
    read: async () => new Uint8Array(await file.arrayBuffer()),
    blob: () => Promise.resolve(file),
  };
}

/** A file alone, or the files in it if it is a zip. */
async function expanded(
  file: ChosenFile,
  open: () => Promise<Blob>,
  depth = MAX_DEPTH,
): Promise<ChosenFile[]> {
  const isInner = depth < MAX_DEPTH;
  if (depth === 0 || (isInner && !/\.(zip|keras)$/i.test(file.path))) return [file];
  if (isInner && file.bytes > MAX_INNER_BYTES) return [file];
  // A file that cannot be read is refused by name when it is read.
  const blob = await open().catch(() => undefined);
  if (!blob || !(await isZip(blob))) return [file];
  const entries = await filesOfZip(blob, file.path);
  return (await Promise.all(entries.map((each) => expanded(each, each.blob, depth - 1)))).flat();
}

async function isZip(file: Blob): Promise<boolean> {
  const head = await file
    .slice(0, 8)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return startsAsZip(new Uint8Array(head));
}

async function filesOfZip(file: Blob, path: string): Promise<ChosenFile[]> {
  // The zip library is needed for archives only.
  const { listZip } = await import('../../platform/archive/zip-directory.ts');
  const { readZipEntry, zipEntryBlob } = await import('../../platform/archive/read-entry.ts');
  try {
    const entries = await listZip(file, LIMITS);
    const stem = path.replace(/\.(zip|keras)$/i, '');
    return entries
      .filter((entry) => !isIgnored(entry.path))
      .map((entry) => ({
        path: `${stem}/${entry.path}`,
        bytes: entry.uncompressedSize,
        read: () => readZipEntry(file, entry),
        blob: () => zipEntryBlob(file, entry),
      }));
  } catch (thrown) {
    const name = nameOf(path);
    throw new Problem('base', msg(str`${name} could not be read.`), { cause: thrown });
  }
}

/** The last part of a path. */
export const nameOf = (path: string) => path.split('/').at(-1)!;
