import type { Steps } from '../../../platform/in-steps.ts';
import { boxLabel, yoloClasses } from './box-labels.ts';
import { cvatRows } from './cvat.ts';
import { edgeImpulseLabels } from './edge-impulse.ts';
import { indexFiles, type FileLabel } from './file-index.ts';
import { stemOf } from './file-type.ts';
import { jsonRows } from './json-rows.ts';
import { labelsBeside, namedList } from './name-lists.ts';
import { parseSplitName } from './split-words.ts';
import { parseTable } from './table.ts';
import { tableLabels } from './table-labels.ts';
import { plain } from './words.ts';

/**
 * The labels that the lists of a data set give to its pictures: tables, lists in JSON, those of Edge
 * Impulse, and a file of boxes a picture.
 *
 * @param pictures indices of the pictures in `paths`
 * @param texts contents of the lists, by path
 * @returns by the index of the picture
 */
export function* listedLabels(
  paths: readonly string[],
  pictures: readonly number[],
  texts: ReadonlyMap<string, string>,
): Steps<Map<number, Omit<FileLabel, 'name'>>> {
  const found = new Map<number, Omit<FileLabel, 'name'>>();
  if (texts.size === 0) return found;
  const index = yield* indexFiles(paths, pictures);
  const classes = yoloClasses(texts);
  const beside = new Map<string, string>();
  const take = (labels: readonly FileLabel[], find: Find) => {
    const own = new Map<number, Omit<FileLabel, 'name'>>();
    const mixed = new Set<number>();
    for (const { name, ...meaning } of labels) {
      const picture = find(name);
      if (picture === undefined || found.has(picture)) continue;
      // A row a box: a picture of cats and dogs is neither.
      const other = own.get(picture)?.label ?? meaning.label;
      if (plain(other) !== plain(meaning.label)) mixed.add(picture);
      own.set(picture, meaning);
    }
    for (const [picture, meaning] of own) if (!mixed.has(picture)) found.set(picture, meaning);
  };
  // The order of the listing must not decide between two lists.
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    yield;
    const box = /\.(xml|txt|json)$/i.test(path) ? boxLabel(path, text, classes) : undefined;
    if (box) {
      const [picture] = box.places.flatMap((place) => index.find(place) ?? []);
      if (picture !== undefined) found.set(picture, { label: box.label });
      continue;
    }
    if (/\.(txt|cls)$/i.test(path) && index.find(stemOf(path)) !== undefined) {
      beside.set(path, text);
      continue;
    }
    // Two folders may hold files of the same name, each with a list of its own.
    const start = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
    const folder = path.slice(0, start);
    // "train.csv" is about the files of that split.
    const split = parseSplitName(stemOf(path.slice(start)))?.split;
    const find: Find = (name) => (name === '' ? undefined : index.find(folder + name, split));
    const changed: Find = (name) => (name === '' ? undefined : index.findChanged(name, split));
    const labels = yield* labelsIn(path, text, find);
    if (labels.length > 0) take(labels, find);
    else take(yield* labelsIn(path, text, changed), changed);
  }
  take(labelsBeside(beside), (name) => index.find(name));
  return found;
}

/** The index of the picture that a list names. */
type Find = (name: string) => number | undefined;

function* labelsIn(path: string, text: string, find: Find): Steps<FileLabel[]> {
  if (/\.labels?$/i.test(path)) return edgeImpulseLabels(text);
  const rows = rowsOf(path, text);
  yield;
  const isFile = (name: string) => find(name) !== undefined;
  const labels = NAMES_OF_CLASSES.test(path) ? [] : yield* tableLabels(path, rows, isFile);
  return labels.length > 0 ? labels : namedList(path, rows, isFile);
}

/** The names of classes and their numbers, which may also be names of files. */
const NAMES_OF_CLASSES =
  /(^|[\\/])(class(es)?|categories|(class|label)[-_ ]?(names?|descriptions?|list|map|dict|indices)[^\\/]*)\.\w+$/i;

function rowsOf(path: string, text: string): string[][] {
  if (/\.(json|jsonl|ndjson|manifest)$/i.test(path)) return jsonRows(text);
  if (/\.xml$/i.test(path)) return cvatRows(text);
  if (/\.lst$/i.test(path)) {
    // MXNet's: an index, a number of a class and a path.
    return parseTable(text).map((row) => [row.at(-1) ?? '', String(Number(row[1]))]);
  }
  // "1.jpg: cat" in YAML.
  if (!/\.ya?ml$/i.test(path)) return parseTable(text);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => line.trim().split(/:\s+/));
}
