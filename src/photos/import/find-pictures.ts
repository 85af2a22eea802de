import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import type {
  ChosenFile,
  Findings,
  FoundPicture,
  RefusedFile,
  SearchControl,
} from './found-picture.ts';
import { isIgnored } from './ignored-path.ts';
import { layOutFiles, type ListedFile } from './layout/lay-out-files.ts';

/** The files of a file input, each with its path within the chosen folder. */
export function chosenFiles(files: Iterable<File>): ChosenFile[] {
  return Array.from(files, (file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/**
 * Finds the pictures among files and archives, each with the label that the layout gives it. The
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
  let passedOver = 0;
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
      passedOver += found.passedOver;
    } catch (thrown) {
      const { message } = Problem.from(thrown, msg('The archive could not be opened.'));
      refused.push({ name: one.path, reason: message });
    }
  }
  const listed = files.map(({ file, path }): ListedFile => {
    return { path, bytes: file.size, read: () => Promise.resolve(file) };
  });
  const single = await layOutFiles(listed);
  return {
    pictures: [...single.pictures, ...pictures],
    refused,
    passedOver: single.passedOver + passedOver,
  };
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
