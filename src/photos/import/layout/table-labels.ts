import { pathParts } from '../../../platform/archive/ignored-path.ts';
import { mapInSteps, type Steps } from '../../../platform/in-steps.ts';
import type { FileLabel } from './file-index.ts';
import { labelReader } from './label-column.ts';
import { holdsProbabilities } from './probabilities.ts';
import { splitOf } from './split-words.ts';
import { plain } from './words.ts';
import { wordList } from './word-list.ts';

/** Headers of the column of splits. */
const SPLIT_HEADERS = new Set(
  wordList`split dataset set subset partition side datasplit fold usage conjunto particion تقسيم`,
);

/** Whether a table only shows how answers of a contest are handed in. */
const EXAMPLE = /sample|submission/i;

/** Tables of what can be seen in each photo, with 1 and -1: "list_attr_celeba.csv". */
const ATTRIBUTES = /(?:^|[^a-z])attr(?:ibute)?s?(?:[^a-z]|$)/i;

/**
 * The labels that a table gives to files. The column of names is the one whose cells name the most
 * files. The label is in a column with a header that says so, in the only other column whose cells
 * repeat, or in one of several columns of yes and no.
 *
 * @param rows cells, with or without a first row of headers
 * @param isFile whether a cell names one of the files
 * @returns no labels if it is no such table
 */
export function* tableLabels(
  path: string,
  rows: readonly (readonly string[])[],
  isFile: (name: string) => boolean,
): Steps<FileLabel[]> {
  const file = pathParts(path).at(-1) ?? '';
  if (EXAMPLE.test(file) || holdsProbabilities(rows)) return [];
  const width = Math.max(0, ...rows.slice(0, 100).map((row) => row.length));
  const columns = Array.from({ length: width }, (_, column) => column);
  const hits: (readonly string[])[][] = [];
  for (const column of columns) {
    const isHit = yield* mapInSteps(rows, (row) => isFile(row[column] ?? ''));
    hits.push(rows.filter((_, index) => isHit[index]));
  }
  // Of columns of numbers, that of the names has the most different ones.
  const different = hits.map((found, column) => new Set(found.map((row) => row[column])).size);
  const names = different.indexOf(Math.max(...different));
  if (names < 0 || different[names] === 0) return [];
  const hasHeader = !isFile(rows[0]![names] ?? '');
  const header = hasHeader ? rows[0]!.map(headerOf) : [];
  const body = hasHeader ? rows.slice(1) : rows;
  if (hits[names]!.length < Math.min(2, body.length)) return [];
  const others = columns.filter((column) => column !== names);
  const splitColumn = others.find(
    (column) => (!hasHeader || SPLIT_HEADERS.has(header[column] ?? '')) && areSplits(body, column),
  );
  const open = others.filter((column) => column !== splitColumn);
  const labelOf = labelReader(
    { rows: body, titles: rows[0]!, header, columns: open },
    ATTRIBUTES.test(file),
  );
  if (!labelOf) return [];
  yield;
  return body.flatMap((row): FileLabel[] => {
    const label = labelOf(row);
    const split = splitColumn === undefined ? undefined : splitOf(row[splitColumn] ?? '');
    return label ? [{ name: row[names] ?? '', label, ...(split && { split }) }] : [];
  });
}

function headerOf(cell: string): string {
  return plain(cell).replace(/[^\p{L}]/gu, '');
}

function areSplits(rows: readonly (readonly string[])[], column: number): boolean {
  return rows.every((row) => splitOf(row[column] ?? '') !== undefined);
}
