import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { folderLabels } from './folder-label.ts';
import type {
  ChosenFile,
  Findings,
  FoundPicture,
  RefusedFile,
  SearchControl,
} from './found-picture.ts';
import { isIgnored } from './ignored-path.ts';

/** The files of a file input, each with its path within the chosen folder. */
export function chosenFiles(files: Iterable<File>): ChosenFile[] {
  return Array.from(files, (file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/**
 * Finds the pictures among files and archives, each with the label that its folder gives it. The
 * first bytes of a file tell whether it is an archive; whether it is a picture is checked when it
 * is read. An archive that cannot be read is refused by name and does not stop the others.
 *
 * @throws the signal's reason when it is aborted
 */
export async function findPictures(
  chosen: readonly ChosenFile[],
  { signal, onSeen }: SearchControl = {},
): Promise<Findings> {
  const files: ChosenFile[] = [];
  const pictures: FoundPicture[] = [];
  const refused: RefusedFile[] = [];
  for (const [index, one] of chosen.entries()) {
    signal?.throwIfAborted();
    onSeen?.(index + 1);
    if (isIgnored(one.path)) continue;
    if (!(await isArchive(one.file))) {
      files.push(one);
      continue;
    }
    try {
      // A lazy chunk with the zip library, which most imports never need.
      const { readArchive } = await import('./read-archive.ts');
      const found = await readArchive(one.file);
      pictures.push(...found.pictures);
      refused.push(...found.refused);
    } catch (thrown) {
      const { message } = Problem.from(thrown, msg('The archive could not be opened.'));
      refused.push({ name: one.path, reason: message });
    }
  }
  const labels = folderLabels(files.map(({ path }) => path));
  const single = files.map(({ file, path }, index): FoundPicture => {
    const label = labels[index];
    return { name: path, ...(label !== undefined && { label }), read: () => Promise.resolve(file) };
  });
  return { pictures: [...single, ...pictures], refused };
}

/**
 * Whether a file starts with "PK" and the signature of a local file header or of an empty archive.
 */
async function isArchive(file: File): Promise<boolean> {
  try {
    const [p, k, a, b] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
    return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
  } catch {
    // The file cannot be read. The import refuses it by name later.
    return false;
  }
}
