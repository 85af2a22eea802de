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

/** Files as the person chose them, each under its path within the folder that was chosen. */
export function chosenFiles(files: Iterable<File>): ChosenFile[] {
  return Array.from(files, (file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/**
 * What there is to import among files and archives, each with the label that its folder gives it.
 * Whether a file is an archive is for its first bytes to say; whether it is a picture shows when it
 * is read. An archive that cannot be taken is refused by name and never stops the rest.
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
      // With the library that reads zips: most imports never need it.
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
  const loose = files.map(({ file, path }, index): FoundPicture => {
    const label = labels[index];
    return { name: path, ...(label !== undefined && { label }), read: () => Promise.resolve(file) };
  });
  return { pictures: [...loose, ...pictures], refused };
}

/** "PK" and the mark of a file's header, or of the end of an empty archive. */
async function isArchive(file: File): Promise<boolean> {
  try {
    const [p, k, a, b] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
    return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
  } catch {
    // Not readable: the import says so by name.
    return false;
  }
}
