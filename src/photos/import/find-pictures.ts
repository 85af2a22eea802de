import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { isArchiveName } from './archives/large-file.ts';
import { inOneSentence, modelFile, otherArchive, probabilityTable } from './archives/elsewhere.ts';
import { isModelName, kindOfFile } from './archives/recognise-file.ts';
import type { FileKind } from './archives/recognise.ts';
import { setAside } from './archives/set-aside.ts';
import type {
  ChosenFile,
  Elsewhere,
  Findings,
  FoundPicture,
  RefusedFile,
  SearchControl,
} from './found-picture.ts';
import { isIgnored } from '../../platform/archive/ignored-path.ts';
import { fileType, isZippedDocument } from './layout/file-type.ts';
import { layOutFiles, type ListedFile } from './layout/lay-out-files.ts';

/** Number of files whose first bytes are read at the same time. */
const CONCURRENCY = 16;

/** The files of a file input, each with its path within the chosen folder. */
export function chosenFiles(files: Iterable<File>): ChosenFile[] {
  return Array.from(files, (file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/**
 * Finds the pictures among files and archives, each with the label that the layout gives it. The
 * first bytes of a file tell what it is; whether a picture is sound is checked when it is read. An
 * archive that cannot be read is refused by name and does not stop the others. What belongs elsewhere,
 * such as a backup, is set aside.
 *
 * @throws the signal's reason when it is aborted
 */
export async function findPictures(
  chosen: readonly ChosenFile[],
  control: SearchControl = {},
): Promise<Findings> {
  const wanted = chosen.filter(({ path }) => !isIgnored(path));
  const kinds = withLastParts(wanted, await kindsOf(wanted, control));
  const loose: ListedFile[] = [];
  const documents = new Set<string>();
  const pictures: FoundPicture[] = [];
  const refused: RefusedFile[] = [];
  const elsewhere: Elsewhere[] = [];
  let passedOver = 0;
  for (const [index, { file, path }] of wanted.entries()) {
    control.signal?.throwIfAborted();
    const kind = kinds[index]!;
    if (kind === 'archive' || kind === 'model') {
      const files = [{ file, path }];
      elsewhere.push(kind === 'archive' ? otherArchive(file.name) : modelFile(file.name, files));
      continue;
    }
    // The pictures in a letter are not photos to learn from.
    const isDocument = kind === 'zip' && isZippedDocument(file.name);
    if (isDocument || (kind !== 'zip' && kind !== 'tar' && kind !== 'gzip')) {
      if (kind === 'data' || kind === 'json') documents.add(path);
      // Where the name says nothing, the bytes do.
      if (!['picture', 'film', 'unreadable'].includes(kind) && isNameless(file.name)) {
        const isEmptyArchive = file.size === 0 && isArchiveName(path);
        if (isEmptyArchive) refused.push({ name: path, reason: msg('The file is empty.') });
        else passedOver++;
        continue;
      }
      loose.push(listed(file, path));
      continue;
    }
    try {
      // A lazy chunk with the zip library, which most imports never need.
      const { readArchive } = await import('./archives/read-archive.ts');
      const found = await readArchive(file, kind);
      pictures.push(...found.pictures);
      refused.push(...found.refused);
      elsewhere.push(...found.elsewhere);
      passedOver += found.passedOver;
    } catch (thrown) {
      const { message } = Problem.from(thrown, msg('The archive could not be opened.'));
      refused.push({ name: path, reason: message });
    }
  }
  const aside = await setAside(loose, (folder) =>
    wanted.filter(({ path }) => path.startsWith(folder)),
  );
  const single = await layOutFiles(aside.rest).catch((thrown: unknown) => {
    const { message } = Problem.from(thrown, msg('What you chose could not be read.'));
    refused.push({ name: chosen[0]!.path, reason: message });
    return { pictures: [], passedOver: 0, probabilities: [] };
  });
  // A text under the name of a picture is a damaged picture, and refused by name.
  const photos = single.pictures.filter(
    ({ name }) => !documents.has(name) || fileType(name) === 'picture',
  );
  return {
    pictures: [...photos, ...pictures],
    refused,
    elsewhere: inOneSentence([
      ...aside.elsewhere,
      ...single.probabilities.map(probabilityTable),
      ...elsewhere,
    ]),
    passedOver: passedOver + single.passedOver + single.pictures.length - photos.length,
  };
}

/** Chromium asks another process for the size of a file, and waits: of 10,000, that takes seconds. */
function listed(file: File, path: string): ListedFile {
  return {
    path,
    get bytes() {
      return file.size;
    },
    read: () => Promise.resolve(file),
  };
}

/** "pets.zip" beside "pets.z01" is the last part of an archive that was split. */
function withLastParts(files: readonly ChosenFile[], kinds: readonly FileKind[]): FileKind[] {
  const parts = new Set(
    files.flatMap(({ path }) => /^(.*)\.z\d\d$/is.exec(path)?.[1]?.toLowerCase() ?? []),
  );
  return kinds.map((kind, index) => {
    const [, stem = ''] = /^(.*)\.zip$/is.exec(files[index]!.path.toLowerCase()) ?? [];
    return kind === 'zip' && parts.has(stem) ? 'archive' : kind;
  });
}

/** Whether the name does not tell what a file is. */
function isNameless(name: string): boolean {
  return fileType(name) === 'unknown' && !isModelName(name);
}

/** What each file is, in their order. */
async function kindsOf(
  files: readonly ChosenFile[],
  { signal, onSeen }: SearchControl,
): Promise<FileKind[]> {
  const kinds: FileKind[] = [];
  const waiting = [...files.entries()];
  let seen = 0;
  const work = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      signal?.throwIfAborted();
      const [index, { file }] = next;
      kinds[index] = await kindOfFile(file, file.name);
      onSeen?.(++seen);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return kinds;
}
