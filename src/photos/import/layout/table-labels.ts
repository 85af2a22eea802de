import type { Split } from '../../../records/photo.ts';
import { pathParts } from '../../../platform/archive/ignored-path.ts';
import type { FileLabel } from './file-index.ts';
import { parseRecord } from './json.ts';
import { kindOf } from './kinds.ts';
import { sideOf } from './side-words.ts';
import { plain } from './words.ts';
import { wordList } from './word-list.ts';

/** Headers, as `headerOf` writes them, the surest first. */
const LABELS = wordList`
  label labels classname labelname categoryname classlabel groundtruth class classes choice choices accept
  category categories breed species target animal pet answer etiqueta etiquetas clase categoria
  especie raza الفئه التصنيف الصنف النوع تصنيف فئه صنف نوع regionattributes tag tags
  labelid classid categoryid
`;
/** Headers that may also stand over something else, such as the name of a pet. */
const WEAK_LABELS = wordList`type kind tipo value name`;
const SIDES = new Set(
  wordList`split dataset set subset partition side datasplit fold usage conjunto particion تقسيم`,
);

/** A cell of a column a class. */
const MARK = /^(-1|[01](\.0)?|true|false|yes|no|y|n|s[íi]|x|✓|✔|نعم|لا)?$/i;
const YES = /^(1(\.0)?|true|yes|y|s[íi]|x|✓|✔|نعم)$/i;
/** Of a column a class, nearly all rows have one mark; facts of a photo are marked at will. */
const MOST = 0.8;
/** Facts of a photo or of a box, which are no classes. */
const FACTS = new Set(
  wordList`
    favorite favourite favorito hidden deleted viewcount difficult truncated occluded iscrowd
    istruncated isoccluded isgroupof isdepiction isinside regioncount regionid
  `,
);

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
  const hits = columns.map((column) => rows.filter((row) => isFile(row[column] ?? '')));
  // Of columns of numbers, that of the names has the most different ones.
  const named = hits.map((found, column) => new Set(found.map((row) => row[column])).size);
  const names = named.indexOf(Math.max(...named));
  if (names < 0 || named[names] === 0) return [];
  const hasHeader = !isFile(rows[0]![names] ?? '');
  const header = hasHeader ? rows[0]!.map(headerOf) : [];
  const body = hasHeader ? rows.slice(1) : rows;
  if (hits[names]!.length < Math.min(2, body.length)) return [];
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
  const under = (words: readonly string[]) =>
    words.flatMap((word) => columns.filter((column) => header[column] === word));
  const repeats = (each: number) => rows.length < 4 || distinct(each) <= rows.length / 2;
  const [strong, weak] = [under(LABELS), under(WEAK_LABELS).filter(repeats)];
  const named = [...strong, ...weak];
  const marks = columns.filter(
    (each) => !FACTS.has(header[each] ?? '') && rows.every((row) => MARK.test(row[each] ?? '')),
  );
  // Of columns without a telling header, labels are those whose cells repeat: not captions or sizes.
  const few = rows.length <= 2 ? rows.length : rows.length - 1;
  const most = rows.length < 5 ? few : rows.length / 2;
  const repeated = columns.filter(
    (each) => !marks.includes(each) && distinct(each) <= most && (isText(each) || most < few),
  );
  const only = (some: readonly number[]) => (some.length === 1 ? some[0] : undefined);
  const column =
    named.find((each) => isText(each) && distinct(each) > 1) ??
    strong.find(isText) ??
    strong.toSorted((a, b) => distinct(a) - distinct(b)).find((each) => distinct(each) > 1) ??
    weak.find(isText) ??
    [...weak.toSorted((a, b) => distinct(a) - distinct(b)), ...strong][0] ??
    (columns.length === 1 ? only([...repeated, ...marks]) : undefined) ??
    (marks.length < 2
      ? only(repeated.filter((each) => isText(each) && distinct(each) < rows.length))
      : undefined);
  const isOnlyMark = columns.length === 1 && marks.length === 1 && header.length > 0;
  const question = isOnlyMark ? titleOf(titles[columns[0]!]!) : '';
  // Of "is_cat", a no is no label.
  if (isOnlyMark && (kindOf(question) || question !== titles[columns[0]!])) {
    return (row) => (YES.test(row[columns[0]!] ?? '') ? question : undefined);
  }
  if (column !== undefined) return (row) => textOf(row[column] ?? '') || undefined;
  if (header.length === 0 || marks.length < 2) return undefined;
  const marked = (row: readonly string[]) => marks.filter((each) => YES.test(row[each] ?? ''));
  if (rows.filter((row) => marked(row).length === 1).length < MOST * rows.length) return undefined;
  return (row) => {
    const [only, ...more] = marked(row);
    return only !== undefined && more.length === 0 ? titleOf(titles[only]!) : undefined;
  };
}

/** "cat" of the header "is_cat". */
const titleOf = (header: string) => header.replace(/^(is|has)[_ ]/i, '');

/** The text of a cell; of a record in JSON, as VGG's annotator writes them, its only text. */
function textOf(cell: string): string {
  if (!cell.startsWith('{')) return cell;
  const [only, ...more] = Object.values(parseRecord(cell)).filter((one) => one !== '');
  return typeof only === 'string' && more.length === 0 ? only : '';
}
