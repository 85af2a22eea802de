import { decodeNames, languagesOfUser } from '../../../platform/archive/entry-names.ts';
import { withBreaks } from '../../../platform/in-steps.ts';
import type { FoundPicture } from '../found-picture.ts';
import { holdsProbabilities } from './probabilities.ts';
import { isAnnotationFile, isLabelFile, lacksLabels, readLayout } from './read-layout.ts';
import { isSplitList } from './split-lists.ts';
import { splitOf } from './split-words.ts';
import { parseTable } from './table.ts';

/** Maximum bytes of all lists of labels that are read; a list of 100,000 names has 5 MB. */
const MAX_LIST_BYTES = 20_000_000;

/** What may stand between the cells of a table. */
const SEPARATORS = Array.from(',;|\t\r\n"', (letter) => letter.charCodeAt(0));

/** A file of a folder or an archive that has not been read yet. */
export interface ListedFile {
  readonly path: string;
  /** Ask it of few files only: it may take a millisecond. */
  readonly bytes: number;
  /** What an archive states of its contents, if it does: see `FileFacts`. */
  readonly stamp?: number;
  /** @throws Problem if the file cannot be read */
  readonly read: () => Promise<Blob>;
}

export interface LaidOut {
  readonly pictures: readonly FoundPicture[];
  /** Number of files that are no pictures. */
  readonly passedOver: number;
  /** The tables of probabilities among these, where pictures have no labels of their own. */
  readonly probabilities: readonly string[];
}

/**
 * The pictures of a listing, each with the label and the split that the whole layout gives it.
 *
 * @param around name of the archive around all: as a folder would, it is the label where nothing
 *   else is
 * @throws Problem `archive` as `readLayout`
 */
export async function layOutFiles(files: readonly ListedFile[], around?: string): Promise<LaidOut> {
  const texts = await readLists(files, isLabelFile);
  const paths = files.map(({ path }) => path);
  const first = await withBreaks(readLayout(paths, texts));
  const isOpen = lacksLabels(first);
  const isUnsplit = !first.some(({ split }) => split);
  const isWanted = (path: string) =>
    !texts.has(path) && ((isOpen && isAnnotationFile(path)) || (isUnsplit && isSplitList(path)));
  const more = paths.some(isWanted) ? await readLists(files, isWanted) : new Map<string, string>();
  for (const [path, text] of more) texts.set(path, text);
  const own = more.size > 0 ? await withBreaks(readLayout(paths, texts)) : first;
  const isLabelled = own.some(({ label }) => label !== undefined);
  // Of a set in two archives, "train.zip" and "test.zip", their names are the splits.
  const saysMore = around !== undefined && (!isLabelled || splitOf(around) !== undefined);
  const layout = !saysMore
    ? own
    : await withBreaks(
        readLayout(
          paths.map((path) => `${around}/${path}`),
          new Map(Array.from(texts, ([path, text]) => [`${around}/${path}`, text])),
        ),
      );
  const pictures = files.flatMap((file, index): FoundPicture[] => {
    const { path, stamp, read } = file;
    const { role, ...meaning } = layout[index]!;
    if (role !== 'picture' && role !== 'film') return [];
    const stated = stamp === undefined ? {} : { stated: { size: file.bytes, stamp } };
    return [{ name: path, ...meaning, ...stated, read }];
  });
  const passedOver = layout.filter(({ role }) => role === 'other').length;
  const isOpenStill = lacksLabels(own) || pictures.some(({ label }) => label === undefined);
  const probabilities = !isOpenStill ? [] : [...texts.keys()].filter(isOfProbabilities);
  return { pictures, passedOver, probabilities };

  function isOfProbabilities(path: string): boolean {
    return /\.[ct]sv$/i.test(path) && holdsProbabilities(parseTable(texts.get(path)!));
  }
}

async function readLists(
  files: readonly ListedFile[],
  isWanted: (path: string) => boolean,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  let total = 0;
  for (const { path, bytes, read } of files.filter((file) => isWanted(file.path))) {
    // Beside one that is too long, a shorter one may say it too.
    if (total + bytes > MAX_LIST_BYTES) continue;
    total += bytes;
    // A list that cannot be read labels nothing.
    const text = await read()
      .then(textOf)
      .catch(() => undefined);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

/** A text in UTF-8, in UTF-16 with its mark, or in a code page of the user, as of spreadsheets. */
async function textOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeCells(bytes).join('');
  }
}

/** Cell by cell, so that names that cannot be decoded stay different. */
function decodeCells(bytes: Uint8Array): readonly string[] {
  const cells: Uint8Array[] = [];
  let start = 0;
  for (const [at, byte] of bytes.entries()) {
    if (!SEPARATORS.includes(byte)) continue;
    cells.push(bytes.subarray(start, at), bytes.subarray(at, at + 1));
    start = at + 1;
  }
  return decodeNames([...cells, bytes.subarray(start)], languagesOfUser());
}
