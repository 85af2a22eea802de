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
}

/** A model has fewer files. */
const LIMITS = { entries: 10_000, bytes: 4_000_000 };

/**
 * The files that a user chose. Of a zip, such as Teachable Machine exports, they are the files in it.
 *
 * @throws Problem `base` when a zip cannot be opened
 */
export async function chosenFiles(files: readonly File[]): Promise<ChosenFile[]> {
  const lists = await Promise.all(
    files.map(async (file): Promise<ChosenFile[]> => {
      if (await isZip(file)) return filesOfZip(file);
      const read = async () => new Uint8Array(await file.arrayBuffer());
      return [{ path: file.webkitRelativePath || file.name, bytes: file.size, read }];
    }),
  );
  return lists.flat();
}

async function isZip(file: File): Promise<boolean> {
  // A file that cannot be read is refused by name when it is read.
  const head = await file
    .slice(0, 8)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return startsAsZip(new Uint8Array(head));
}

async function filesOfZip(file: File): Promise<ChosenFile[]> {
  // The zip library is needed for archives only.
  const { listZip } = await import('../../platform/archive/zip-directory.ts');
  const { readZipEntry } = await import('../../platform/archive/read-entry.ts');
  try {
    const entries = await listZip(file, LIMITS);
    const stem = file.name.replace(/\.zip$/i, '');
    return entries
      .filter(({ path }) => !isIgnored(path))
      .map((entry) => ({
        path: `${stem}/${entry.path}`,
        bytes: entry.uncompressedSize,
        read: () => readZipEntry(file, entry),
      }));
  } catch (thrown) {
    throw new Problem('base', msg(str`${file.name} could not be read.`), { cause: thrown });
  }
}
