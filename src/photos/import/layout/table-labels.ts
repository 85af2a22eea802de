import type { Split } from '../../../records/photo.ts';
import { pathParts } from '../../../platform/archive/ignored-path.ts';
import type { FileLabel } from './file-index.ts';
import { sideOf } from './side-words.ts';
import { plain } from './words.ts';
import { wordList } from './word-list.ts';

/** Headers, as `headerOf` writes them, the surest first. */
const LABELS = wordList`
  label labels classname labelname categoryname classlabel groundtruth class classes choice choices
  category categories breed species target animal pet answer etiqueta etiquetas clase categoria
  especie raza الفئه التصنيف الصنف النوع تصنيف فئه صنف نوع tag tags type kind tipo name
`;
const SIDES = new Set(
  wordList`split dataset set subset partition side datasplit fold usage conjunto particion تقسيم`,
);

/** A cell of a column a class. */
const MARK = /^([01](\.0)?|true|false|yes|no)$/i;
const YES = /^(1(\.0)?|true|yes)$/i;

/** Whether a table only shows how answers of a contest are handed in. */
const EXAMPLE = /sample|submission/i;

/**
 * The labels that a table gives to files. The column of names is the one whose cells name the most
 * files. The label is in a column with a header that says so, in the only other column whose cells
 * repeat, or in one of several columns of yes and no.
 *
 * @param rows cells, with or without a first row of headers
 * @param isFile whether a cell names one of the files
 * @returns no labels if it is no such table
 */
export function tableLabels(
  path: string,
  rows: readonly (readonly string[])[],
  isFile: (name: string) => boolean,
): FileLabel[] {
  if (EXAMPLE.test(pathParts(path).at(-1) ?? '')) return [];
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
  const sides = others.find(
    (column) => (!hasHeader || SIDES.has(header[column] ?? '')) && isSides(body, column),
  );
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

function isSides(rows: readonly (readonly string[])[], column: number): boolean {
  return rows.every((row) => sideOf(row[column] ?? '') !== undefined);
}

function labelReader(
  titles: readonly string[],
  header: readonly string[],
  rows: readonly (readonly string[])[],
  columns: readonly number[],
): ((row: readonly string[]) => string | undefined) | undefined {
  const isText = (column: number) => rows.some((row) => /\p{L}/u.test(row[column] ?? ''));
  const distinct = (column: number) => new Set(rows.map((row) => row[column] ?? '')).size;
  const named = LABELS.flatMap((word) => columns.filter((column) => header[column] === word));
  const marks = columns.filter((each) => rows.every((row) => MARK.test(row[each] ?? '')));
  // Of columns without a telling header, labels are those whose cells repeat: not captions or sizes.
  const few = rows.length <= 2 ? rows.length : rows.length - 1;
  const most = rows.length < 5 ? few : rows.length / 2;
  const repeated = columns.filter(
    (each) => !marks.includes(each) && distinct(each) <= most && (isText(each) || most < few),
  );
  const only = (some: readonly number[]) => (some.length === 1 ? some[0] : undefined);
  const column =
    named.find((each) => isText(each) && distinct(each) > 1) ??
    named.find(isText) ??
    named[0] ??
    (columns.length === 1 ? only([...repeated, ...marks]) : undefined) ??
    (marks.length < 2
      ? only(repeated.filter((each) => isText(each) && distinct(each) < rows.length))
      : undefined);
  if (column !== undefined) return (row) => row[column] || undefined;
  if (header.length === 0 || marks.length < 2) return undefined;
  return (row) => {
    const marked = marks.filter((each) => YES.test(row[each] ?? ''));
    return marked.length === 1 ? titles[marked[0]!]!.replace(/^(is|has)[_ ]/i, '') : undefined;
  };
}
