import { stemOf } from './file-type.ts';

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
];
/** A box of YOLO: the number of its class, and its place; https://docs.ultralytics.com/datasets/detect/ */
const BOX = /^(\d+)(?:\s+[\d.eE+-]+){4,}$/;

/**
 * The label of a picture whose boxes are in a file of its own: the XML of Pascal VOC or the numbers
 * of YOLO. Undefined where it has boxes of different labels, or none.
 *
 * @param classes names of YOLO's numbers
 */
export function boxLabel(
  path: string,
  text: string,
  classes: readonly string[],
): DescribedPicture | undefined {
  const labels = new Set(/\.xml$/i.test(path) ? vocLabels(text) : yoloLabels(text, classes));
  const [label] = labels;
  if (labels.size !== 1 || !label) return undefined;
  const stem = stemOf(path);
  return { places: [...FOLDERS.map(([folder, name]) => stem.replace(folder, name)), stem], label };
}

function vocLabels(text: string): string[] {
  const objects = text.match(/<object>[^]*?<\/object>/g) ?? [];
  return objects.flatMap((object) => /<name>\s*([^<]*?)\s*<\/name>/.exec(object)?.[1] ?? []);
}

function yoloLabels(text: string, classes: readonly string[]): (string | undefined)[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const numbers = lines.map((line) => BOX.exec(line.trim())?.[1]);
  return numbers.map((number) => (number === undefined ? undefined : classes[Number(number)]));
}

/** The names of YOLO's classes: `names` of `data.yaml`, or the lines of `classes.txt`. */
export function yoloClasses(texts: ReadonlyMap<string, string>): readonly string[] {
  for (const [path, text] of texts) {
    if (/(^|[\\/])(classes\.txt|[^\\/]+\.names)$/i.test(path)) {
      return text.split(/\r?\n/).map((line) => line.trim());
    }
    const names = /\.ya?ml$/i.test(path) ? yamlNames(text) : [];
    if (names.length > 0) return names;
  }
  return [];
}

function yamlNames(text: string): string[] {
  const inLine = /^names:\s*[[{]([^\]}]*)[\]}]/m.exec(text)?.[1];
  const inBlock = /^names:[^\S\n]*\r?\n((?:\s*(?:-|\d+:)[^\n]*(?:\n|$))+)/m.exec(text)?.[1];
  const items = inLine?.split(',') ?? inBlock?.trim().split(/\r?\n/) ?? [];
  return items.map((item) =>
    item
      .replace(/^\s*(?:-|\d+:)\s*/, '')
      .trim()
      .replace(/^(['"])(.*)\1$/, '$2'),
  );
}
