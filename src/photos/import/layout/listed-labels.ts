import { boxLabel, yoloClasses } from './box-labels.ts';
import { edgeImpulseLabels } from './edge-impulse.ts';
import { FileIndex, type FileLabel } from './file-index.ts';
import { jsonRows } from './json-rows.ts';
import { parseTable } from './table.ts';
import { tableLabels } from './table-labels.ts';

/**
 * The labels that the lists of a data set give to its pictures: tables, lists in JSON, those of Edge
 * Impulse, and a file of boxes a picture.
 *
 * @param pictures indices of the pictures in `paths`
 * @param texts contents of the lists, by path
 * @returns by the index of the picture
 */
export function listedLabels(
  paths: readonly string[],
  pictures: readonly number[],
  texts: ReadonlyMap<string, string>,
): Map<number, Omit<FileLabel, 'name'>> {
  const found = new Map<number, Omit<FileLabel, 'name'>>();
  const index = new FileIndex(paths, pictures);
  const classes = yoloClasses(texts);
  // The order of the listing must not decide between two lists.
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // Two folders may hold files of the same name, each with a list of its own.
    const beside = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    const find = (name: string) => (name === '' ? undefined : index.find(beside + name));
    const box = /\.(xml|txt)$/i.test(path) ? boxLabel(path, text, classes) : undefined;
    if (box) {
      const [picture] = box.places.flatMap((place) => index.find(place) ?? []);
      if (picture !== undefined) found.set(picture, { label: box.label });
      continue;
    }
    const rows = /\.(json|jsonl|ndjson)$/i.test(path) ? jsonRows(text) : parseTable(text);
    const labels = /\.labels?$/i.test(path)
      ? edgeImpulseLabels(text)
      : tableLabels(path, rows, (name) => find(name) !== undefined);
    for (const { name, ...meaning } of labels) {
      const picture = find(name);
      if (picture !== undefined && !found.has(picture)) found.set(picture, meaning);
    }
  }
  return found;
}
