import type { Split } from '../../../records/photo.ts';
import { pathParts } from '../../../platform/archive/ignored-path.ts';
import type { FileLabel } from './file-index.ts';
import { sideOf } from './side-words.ts';
import { parseTable } from './table.ts';
import { plain } from './words.ts';
import { wordList } from './word-list.ts';

/** Headers, as `headerOf` writes them. */
const LABELS = new Set(wordList`
    label labels class classes classname category categories breed species target animal type
    kind name tag labelname categoryname classlabel groundtruth etiqueta etiquetas clase
    categoria especie raza tipo الفئه التصنيف الصنف النوع تصنيف فئه صنف نوع
  `);
const SIDES = new Set(
  wordList`split dataset set subset partition side datasplit fold usage conjunto particion تقسيم`,
);

/** Whether a table only shows how answers of a contest are handed in. */
const EXAMPLE = /sample|submission/i;

/**
 * The labels that a table gives to files. The column of names is the one whose cells name the most
 * files. The label is in a column with a header that says so, in the only other column, or in one of
 * several columns of 0 and 1.
 *
 * @param isFile whether a cell names one of the files
 * @returns no labels if it is no such table
 */
export function tableLabels(
  path: string,
  text: string,
  isFile: (name: string) => boolean,
): FileLabel[] {
  if (EXAMPLE.test(pathParts(path).at(-1) ?? '')) return [];
  const rows = parseTable(text);
  const width = Math.max(0, ...rows.slice(0, 100).map((row) => row.length));
  const columns = Array.from({ length: width }, (_, column) => column);
  const hits = columns.map((column) => rows.filter((row) => isFile(row[column] ?? '')).length);
  const names = hits.indexOf(Math.max(...hits));
  if (names < 0 || hits[names] === 0) return [];
  const hasHeader = !isFile(rows[0]![names] ?? '');
  const header = hasHeader ? rows[0]!.map(headerOf) : [];
  const body = hasHeader ? rows.slice(1) : rows;
  if (hits[names]! < Math.min(2, body.length)) return [];
  const others = columns.filter((column) => column !== names);
  const sides = others.find((column) => SIDES.has(header[column] ?? '') && isSides(body, column));
  const labelOf = labelReader(
    rows[0]!,
    header,
    body,
    others.filter((column) => column !== sides),
  );
  if (!labelOf) return [];
  return body.flatMap((row): FileLabel[] => {
    const label = labelOf(row);
    const side: Split | undefined = sides === undefined ? undefined : sideOf(row[sides] ?? '');
    return label ? [{ name: row[names] ?? '', label, ...(side && { side }) }] : [];
  });
}

function headerOf(cell: string): string {
  return plain(cell).replace(/[^\p{L}]/gu, '');
}

function isSides(rows: readonly string[][], column: number): boolean {
  return rows.every((row) => sideOf(row[column] ?? '') !== undefined);
}

function labelReader(
  titles: readonly string[],
  header: readonly string[],
  rows: readonly string[][],
  columns: readonly number[],
): ((row: readonly string[]) => string | undefined) | undefined {
  const isText = (column: number) => rows.some((row) => /\p{L}/u.test(row[column] ?? ''));
  const named = columns.filter((column) => LABELS.has(header[column] ?? ''));
  const column = named.find(isText) ?? named[0] ?? (columns.length === 1 ? columns[0] : undefined);
  if (column !== undefined) return (row) => row[column] || undefined;
  const marks = columns.filter((each) => rows.every((row) => /^[01](\.0)?$/.test(row[each] ?? '')));
  if (header.length === 0 || marks.length < 2) return undefined;
  return (row) => {
    const marked = marks.filter((each) => Number(row[each]) === 1);
    return marked.length === 1 ? titles[marked[0]!] : undefined;
  };
}
