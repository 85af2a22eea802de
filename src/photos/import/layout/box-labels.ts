import { classNames } from './class-names.ts';
import { stemOf } from './file-type.ts';
import { parseRecord, recordOf } from './json.ts';

/** A picture by the path of the file that describes it. */
export interface DescribedPicture {
  /** Where the picture may be, without its ending, the likeliest place first. */
  readonly places: readonly string[];
  readonly label: string;
}

/** Folders of descriptions, and what the folder of the pictures beside them is called. */
const FOLDERS: readonly (readonly [RegExp, string])[] = [
  [/(^|[\\/])labels(?=[\\/])/i, '$1images'],
  [/(^|[\\/])annotations?(?=[\\/])/i, '$1images'],
  [/(^|[\\/])annotations?(?=[\\/])/i, '$1JPEGImages'],
  [/(^|[\\/])ann(?=[\\/])/i, '$1img'],
];
/** A box of YOLO: the number of its class, and its place; https://docs.ultralytics.com/datasets/detect/ */
const BOX = /^(\d+)(?:\s+[\d.eE+-]+){4,}$/;

/**
 * The label of a picture whose boxes are in a file of its own: the XML of Pascal VOC, the numbers of
 * YOLO or the JSON of Supervisely. Undefined where it has boxes of different labels, or none.
 *
 * @param classes names of YOLO's numbers
 */
export function boxLabel(
  path: string,
  text: string,
  classes: readonly string[],
): DescribedPicture | undefined {
  const labels = new Set(labelsOf(path, text, classes));
  const [label] = labels;
  if (labels.size !== 1 || !label) return undefined;
  const stem = stemOf(path);
  return { places: [...FOLDERS.map(([folder, name]) => stem.replace(folder, name)), stem], label };
}

function labelsOf(
  path: string,
  text: string,
  classes: readonly string[],
): readonly (string | undefined)[] {
  if (/\.xml$/i.test(path)) return vocLabels(text);
  return /\.json$/i.test(path) ? superviselyLabels(text) : yoloLabels(text, classes);
}

/** https://docs.supervisely.com/data-organization/annotation-json-format */
function superviselyLabels(text: string): (string | undefined)[] {
  const { objects, tags } = parseRecord(text);
  if (!Array.isArray(objects)) return [];
  const textsOf = (list: unknown, key: string) =>
    (Array.isArray(list) ? list.map(recordOf) : []).map((one) =>
      typeof one[key] === 'string' ? one[key] : undefined,
    );
  return objects.length > 0 ? textsOf(objects, 'classTitle') : textsOf(tags, 'name');
}

function vocLabels(text: string): string[] {
  const objects = text.match(/<object>[^]*?<\/object>/g) ?? [];
  return objects.flatMap((object) => /<name>\s*([^<]*?)\s*<\/name>/.exec(object)?.[1] ?? []);
}

function yoloLabels(text: string, classes: readonly string[]): (string | undefined)[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const numbers = lines.map((line) => BOX.exec(line.trim())?.[1]);
  const nameOf = (number: string) => (classes.length > 0 ? classes[Number(number)] : number);
  return numbers.map((number) => (number === undefined ? undefined : nameOf(number)));
}

/** The names of YOLO's classes, of whichever file lists them. */
export function yoloClasses(texts: ReadonlyMap<string, string>): readonly string[] {
  for (const [path, text] of texts) {
    const names = classNames(path, text);
    if (names.length > 0) return names;
  }
  return [];
}
