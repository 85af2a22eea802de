import { parseRecord } from './json.ts';
import { kindOf } from './kinds.ts';
import { isMeasure } from './probabilities.ts';
import { wordList } from './word-list.ts';
import { plain } from './words.ts';

/** Headers that name labels, as `headerOf` writes them, the surest first. */
const LABELS = wordList`
  label labels classname labelname categoryname classlabel groundtruth class classes choice choices accept
  category categories breed species target animal pet answer etiqueta etiquetas clase categoria
  especie raza الفئه التصنيف الصنف النوع تصنيف فئه صنف نوع regionattributes fileattributes tag tags
  labelid classid categoryid
  etiquette classe categorie espece race klasse kategorie rasse art tier etichetta razza
  categoria raca rotulo метка класс категория вид порода 标签 类别 分类 ラベル クラス 種類 라벨
`.map(plain);
/** Headers that may also stand over something else, such as the name of a pet. */
const WEAK_LABELS = wordList`type kind tipo value name`;

/** A cell of a column a class. */
const MARK = /^(-1(\.0*)?|[01](\.0*)?|true|false|yes|no|y|n|s[íi]|x|✓|✔|نعم|لا)?$/i;
const YES = /^(1(\.0*)?|true|yes|y|s[íi]|x|✓|✔|نعم)$/i;
/** Of a column a class, nearly all rows have one mark; facts of a photo are marked at will. */
const MOST = 0.8;
/** No, where yes is 1: most tables of facts say it so, and few of classes. */
const MINUS = /^-1(\.0*)?$/;
/** Facts of a photo or of a box, which are no classes. */
const FACTS = new Set(
  wordList`
    favorite favourite favorito hidden deleted viewcount difficult truncated occluded iscrowd
    istruncated isoccluded isgroupof isdepiction isinside regioncount regionid
  `,
);

type Row = readonly string[];
/** The label of a row; undefined where it has none. */
type LabelOf = (row: Row) => string | undefined;

/** A table without the columns that are known already. */
interface OpenTable {
  /** Without the row of headers. */
  readonly rows: readonly Row[];
  /** The first row, as it is. */
  readonly titles: Row;
  /** The headers as words; empty where the table has none. */
  readonly header: Row;
  /** Columns that may be the label. */
  readonly columns: readonly number[];
}

/**
 * How a table tells its labels: by a question, in a column, or by a column a class.
 *
 * @param isOfFacts whether what it marks with yes and no are facts of the photos, and no classes
 */
export function labelReader(whole: OpenTable, isOfFacts = false): LabelOf | undefined {
  const marks = isOfFacts ? marksOf(whole) : [];
  const columns = whole.columns.filter(
    (column) => !marks.includes(column) && !isMeasure(whole.rows.map((row) => row[column] ?? '')),
  );
  const table = { ...whole, columns };
  return ofQuestion(table) ?? ofColumn(table) ?? ofMarks(table);
}

/** Of "is_cat", a yes is a label, and a no is none. */
function ofQuestion(table: OpenTable): LabelOf | undefined {
  const [only, ...more] = table.columns;
  if (only === undefined || more.length > 0 || table.header.length === 0) return undefined;
  const title = table.titles[only] ?? '';
  const asked = titleOf(title);
  const isQuestion = asked !== title || kindOf(asked) !== undefined;
  if (!isQuestion || marksOf(table).length === 0) return undefined;
  return (row) => (YES.test(row[only] ?? '') ? asked : undefined);
}

function ofColumn(table: OpenTable): LabelOf | undefined {
  const column = columnUnderHeader(table) ?? columnThatRepeats(table);
  return column === undefined ? undefined : (row) => textOf(row[column] ?? '') || undefined;
}

/** Of the columns whose headers name labels, one of several texts before one of several numbers. */
function columnUnderHeader(table: OpenTable): number | undefined {
  const { rows, header, columns } = table;
  const { isText, distinct } = factsOf(table);
  const under = (words: readonly string[]) =>
    words.flatMap((word) => columns.filter((column) => header[column] === word));
  const repeats = (each: number) => rows.length < 4 || distinct(each) <= rows.length / 2;
  const fewestFirst = (some: readonly number[]) =>
    some.toSorted((a, b) => distinct(a) - distinct(b));
  const [strong, weak] = [under(LABELS), under(WEAK_LABELS).filter(repeats)];
  return (
    [...strong, ...weak].find((each) => isText(each) && distinct(each) > 1) ??
    strong.find(isText) ??
    fewestFirst(strong).find((each) => distinct(each) > 1) ??
    weak.find(isText) ??
    [...fewestFirst(weak), ...strong][0]
  );
}

/** The only column whose cells repeat, as labels do: not captions or sizes. */
function columnThatRepeats(table: OpenTable): number | undefined {
  const { rows, columns } = table;
  const { isText, distinct } = factsOf(table);
  const marks = marksOf(table);
  const few = rows.length <= 2 ? rows.length : rows.length - 1;
  const most = rows.length < 5 ? few : rows.length / 2;
  const repeated = columns.filter(
    (each) => !marks.includes(each) && distinct(each) <= most && (isText(each) || most < few),
  );
  const only = (some: readonly number[]) => (some.length === 1 ? some[0] : undefined);
  const single = columns.length === 1 ? only([...repeated, ...marks]) : undefined;
  if (single !== undefined || marks.length > 1) return single;
  return only(repeated.filter((each) => isText(each) && distinct(each) < rows.length));
}

function ofMarks(table: OpenTable): LabelOf | undefined {
  const marks = marksOf(table);
  if (table.header.length === 0 || marks.length < 2) return undefined;
  const marked = (row: Row) => marks.filter((each) => YES.test(row[each] ?? ''));
  const clear = table.rows.filter((row) => marked(row).length === 1);
  const isMinus = table.rows.some((row) => marks.some((each) => MINUS.test(row[each] ?? '')));
  if (clear.length < (isMinus ? 1 : MOST) * table.rows.length) return undefined;
  return (row) => {
    const [only, ...more] = marked(row);
    return only !== undefined && more.length === 0 ? titleOf(table.titles[only]!) : undefined;
  };
}

/** What the cells of the columns that may be the label are, read once. */
function factsOf({ rows, columns }: OpenTable) {
  const facts = new Map(
    columns.map((column) => {
      const cells = new Set(rows.map((row) => row[column] ?? ''));
      const isText = [...cells].some((cell) => /\p{L}/u.test(cell));
      return [column, { isText, distinct: cells.size }] as const;
    }),
  );
  return {
    isText: (column: number) => facts.get(column)!.isText,
    distinct: (column: number) => facts.get(column)!.distinct,
  };
}

/** The columns of nothing but yes and no, or 1 and 0. */
function marksOf({ rows, header, columns }: OpenTable): number[] {
  return columns.filter(
    (each) => !FACTS.has(header[each] ?? '') && rows.every((row) => MARK.test(row[each] ?? '')),
  );
}

/** "cat" of the header "is_cat". */
const titleOf = (header: string) => header.replace(/^(is|has)[_ ]/i, '');

/** The text of a cell; of a record in JSON, as VGG's annotator writes them, its only text. */
function textOf(cell: string): string {
  if (!cell.startsWith('{')) return cell;
  const [only, ...more] = Object.values(parseRecord(cell)).filter((one) => one !== '');
  return typeof only === 'string' && more.length === 0 ? only : '';
}
