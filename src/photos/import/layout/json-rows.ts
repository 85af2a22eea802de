import { recordOf } from './json.ts';

/** How deep the answers of a picture may lie in its record. */
const DEEPEST = 12;

/**
 * The rows of a JSON text that lists pictures, with a first row of headers: an array of records, one
 * record a line (Hugging Face's `metadata.jsonl`), the boxes of COCO, names with a label each, or
 * labels with a list of names each. Of a record, the names of the innermost fields are the headers,
 * as in the exports of Label Studio and labelme.
 *
 * @returns no rows if the text is no such list
 */
export function jsonRows(text: string): string[][] {
  const value = parse(text);
  if (value === undefined) return recordRows(text.split('\n').flatMap((line) => parse(line) ?? []));
  if (isRows(value)) return value.map((row) => row.map(String));
  if (Array.isArray(value)) return recordRows(value);
  const record = recordOf(value);
  if (Array.isArray(record.annotations) && Array.isArray(record.images)) return cocoRows(record);
  const entries = Object.entries(record);
  if (entries.length > 1 && entries.every(([, label]) => isScalar(label))) {
    return entries.map(([name, label]) => [name, String(label)]);
  }
  const rows = entries.map(([, list]) => list).find(isRows);
  if (rows) return rows.map((row) => row.map(String));
  // FiftyOne has numbers by name beside the names of the classes; its names may be numbers too.
  const numbered = isTexts(record.classes) ? Object.entries(recordOf(record.labels)) : [];
  const isNumbered = numbered.length > 0 && numbered.every(([, label]) => Number.isInteger(label));
  const inner = isNumbered
    ? numbered
    : entries.map(([, one]) => Object.entries(recordOf(one))).find(isNamed);
  if (inner) return inner.map(([name, label]) => [name, String(label)]);
  if (entries.length > 1 && entries.every(([, names]) => isTexts(names))) {
    return entries.flatMap(([label, names]) => (names as string[]).map((name) => [name, label]));
  }
  const [lists, own] = [entries.flatMap(([, list]) => listIn(list)), listIn(record)[0]];
  // One list of records is the list of pictures, unless the record is itself of one picture.
  const isOfOne = entries.some(([key, name]) => /path|file/i.test(key) && typeof name === 'string');
  const ofPictures = lists.length === 1 ? lists : lists.filter(([first]) => namesPicture(first));
  if (isOfOne) return recordRows([record]);
  if (ofPictures.length === 1) return recordRows(ofPictures[0]!);
  return recordRows(own && namesPicture(own[0]) ? own : [record]);
}

/** The records of a list, or of a record of records by name, as of VoTT and VGG's annotator. */
function listIn(value: unknown): (readonly unknown[])[] {
  if (isRecords(value)) return [value];
  const entries = Object.entries(recordOf(value));
  const isList = entries.length > 0 && entries.every(([, one]) => isRecord(one));
  return isList ? [entries.map(([key, one]) => ({ key, ...recordOf(one) }))] : [];
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namesPicture(record: unknown): boolean {
  return /\.(jpe?g|png|webp|gif|bmp|hei[cf])\b/i.test(JSON.stringify(record ?? ''));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

function recordRows(records: readonly unknown[]): string[][] {
  const facts = records.map((record) => factsOf(record));
  const header = [...new Set(facts.flatMap((fact) => [...fact.keys()]))];
  return [header, ...facts.map((fact) => header.map((key) => fact.get(key) ?? ''))];
}

/** The texts and numbers of a record by field; empty where a field has several values. */
function factsOf(value: unknown, facts = new Map<string, string>(), name = '', depth = 0) {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    const text = String(value);
    facts.set(name, (facts.get(name) ?? text) === text ? text : '');
  } else if (Array.isArray(value) && depth < DEEPEST) {
    for (const item of value) factsOf(item, facts, name, depth + 1);
  } else if (depth < DEEPEST) {
    for (const [key, item] of Object.entries(recordOf(value))) factsOf(item, facts, key, depth + 1);
  }
  return facts;
}

/** https://cocodataset.org/#format-data: a picture with boxes of one category has that label. */
function cocoRows({ images, annotations, categories }: Record<string, unknown>): string[][] {
  const records = (list: unknown) => (Array.isArray(list) ? list.map(recordOf) : []);
  const names = new Map(records(categories).map(({ id, name }) => [id, name]));
  const labels = new Map<unknown, Set<unknown>>();
  for (const { image_id: image, category_id: category } of records(annotations)) {
    labels.set(image, (labels.get(image) ?? new Set()).add(names.get(category)));
  }
  const rows = records(images).map(({ id, file_name: name }) => {
    const [label, ...others] = labels.get(id) ?? [];
    return [name, others.length === 0 ? label : ''].map((cell) =>
      typeof cell === 'string' ? cell : '',
    );
  });
  return [['file', 'label'], ...rows];
}

/** Whether values are names of files with a label each, as far as can be seen here. */
function isNamed(entries: readonly (readonly [string, unknown])[]): boolean {
  return (
    entries.length > 1 &&
    entries.every(([name, label]) => !/^\d+$/.test(name) && Number.isInteger(label))
  );
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** Whether a value is a table: rows of the same two or more cells. */
function isRows(value: unknown): value is (string | number)[][] {
  if (!Array.isArray(value) || !Array.isArray(value[0]) || value[0].length < 2) return false;
  const { length } = value[0];
  return value.every((row) => Array.isArray(row) && row.length === length && row.every(isScalar));
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isRecords(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && typeof value[0] === 'object';
}
