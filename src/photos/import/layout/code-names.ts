import { pathParts } from '../../../platform/archive/ignored-path.ts';
import { classNames } from './class-names.ts';
import { recordOf } from './json.ts';
import { isCode, withoutZeros } from './words.ts';

/** The name of each code: "Cat" of "0", of "/m/01yrx" or of "n02123045". */
type Names = ReadonlyMap<string, string>;

const CODE = String.raw`(\d{1,6}|/[mgt]/\w+|n\d{8})`;
const TEXT = String.raw`(\p{L}[^,;|\t"']*?)`;
const BETWEEN = String.raw`["']?\s*[\s,;:|]\s*["']?`;
/** "n02123045 tabby, tabby cat". */
const CODE_FIRST = new RegExp(
  String.raw`^\s*["']?${CODE}${BETWEEN}${TEXT}\s*(?:[,;|\t"'].*)?$`,
  'u',
);
/** "cat,0". */
const NAME_FIRST = new RegExp(String.raw`^\s*["']?${TEXT}${BETWEEN}${CODE}["']?\s*$`, 'u');
const FILE = /\.\w{2,5}$/;
/** Part of the lines of a table that may be something else. */
const MOST_OTHERS = 0.1;
/** How deep a table of names may lie in a JSON text: `id2label` of a model's configuration. */
const DEEPEST = 3;

/**
 * Finds the names of labels that are only numbers or codes, in whichever text of the data set gives
 * a name to all of them: `classes.txt`, `data.yaml`, `words.txt`, `class_indices.json`.
 *
 * @param texts by path
 * @returns no names if no text does
 */
export function namesOfCodes(
  codes: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
): Names {
  if (codes.size === 0) return new Map();
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const found = tablesOf(path, text).find((names) =>
      [...codes].every((code) => names.has(withoutZeros(code))),
    );
    if (found) {
      return new Map(Array.from(codes, (code) => [code, found.get(withoutZeros(code))!] as const));
    }
    const inOrder = fromOne(classNames(path, text), codes);
    if (inOrder) return inOrder;
  }
  return new Map();
}

/** The names of a list by their places; these count from 0, or from 1 where the last one is used. */
function fromOne(list: readonly string[], codes: ReadonlySet<string>): Names | undefined {
  const numbers = Array.from(codes, Number);
  const isFromOne = numbers.includes(list.length) && !numbers.includes(0);
  const names = new Map(
    Array.from(codes, (code) => [code, list[Number(code) - (isFromOne ? 1 : 0)] ?? ''] as const),
  );
  return list.length > 1 && [...names.values()].every((name) => name !== '') ? names : undefined;
}

function tablesOf(path: string, text: string): Names[] {
  if (/\.json$/i.test(path)) {
    try {
      return jsonTables(JSON.parse(text));
    } catch {
      return [];
    }
  }
  const isTable = /\.(txt|csv|tsv)$/i.test(pathParts(path).at(-1) ?? '');
  return isTable ? [CODE_FIRST, NAME_FIRST].flatMap((form) => lineTable(text, form) ?? []) : [];
}

/** Names and codes line by line; undefined where a code has two names, or where these are files. */
function lineTable(text: string, form: RegExp): Names | undefined {
  const names = new Map<string, string>();
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  let others = 0;
  for (const line of lines) {
    const [, a = '', b = ''] = form.exec(line) ?? [];
    const [code, name] = isCode(a) ? [a, b] : [b, a];
    if (code === '') {
      others++;
      continue;
    }
    const key = withoutZeros(code);
    if (FILE.test(name) || (names.get(key) ?? name) !== name) return undefined;
    names.set(key, name);
  }
  // One line may be a header; more of them are a text of another kind.
  const isTable = others <= Math.max(1, MOST_OTHERS * lines.length);
  return isTable && new Set(names.values()).size === names.size ? names : undefined;
}

function jsonTables(value: unknown, depth = 0): Names[] {
  if (depth > DEEPEST) return [];
  const entries = Object.entries(recordOf(value));
  const isText = (one: unknown): one is string => typeof one === 'string';
  const table = entries.map(([key, one]): readonly [string, string] | undefined => {
    if (typeof one === 'number' && Number.isInteger(one) && !isCode(key)) return [String(one), key];
    const name = Array.isArray(one) ? one.findLast(isText) : one;
    if (isCode(key) && isText(name)) return [withoutZeros(key), name];
    const { id, name: given } = recordOf(one);
    return (isText(id) || typeof id === 'number') && isText(given)
      ? [String(id), given]
      : undefined;
  });
  const isTable = table.length > 1 && table.every((row) => row !== undefined);
  const isOfFiles = JSON.stringify(entries[0] ?? '').search(/\.(jpe?g|png|webp)"/i) >= 0;
  if (isOfFiles) return [];
  if (isTable) return isCounted(entries) ? [new Map(table)] : [];
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const list = items.map((one) => recordOf(one).name ?? one);
  if (list.length > 1 && list.every(isText)) {
    return [new Map(list.map((name, index) => [String(index), name]))];
  }
  return entries.flatMap(([, one]) => jsonTables(one, depth + 1));
}

/** Whether what stands beside names counts them, as a table does and settings do not. */
function isCounted(entries: readonly (readonly [string, unknown])[]): boolean {
  const numbers = entries.flatMap(([, one]) => (typeof one === 'number' ? [one] : []));
  const inOrder = numbers.toSorted((a, b) => a - b);
  const [first = 0] = inOrder;
  return (first === 0 || first === 1) && inOrder.every((one, i) => one === first + i);
}
