import type { Dataset, Group } from '../../../platform/hdf5.ts';

/** An array in an HDF5 file, not read yet. */
export interface StoredArray {
  readonly shape: readonly number[];
  /** @throws an Error if it cannot be read, or has no numbers */
  read(): Float32Array<ArrayBuffer>;
}

/** The array at a path within a group; undefined if there is none, or it has no shape. */
export function storedArray(group: Group, path: string): StoredArray | undefined {
  const found = member(group, path);
  if (!isKind(found, 'Dataset')) return undefined;
  const dataset = found as Dataset;
  const { shape } = dataset;
  return shape ? { shape, read: () => numbersOf(dataset, shape) } : undefined;
}

/** The group at a path within a group; undefined if there is none. */
export function groupAt(group: Group, path: string): Group | undefined {
  const found = member(group, path);
  return isKind(found, 'Group') ? (found as Group) : undefined;
}

/** The strings of an attribute; empty if there is none. Keras splits a long list: `names0`, `names1`. */
export function stringsOf(group: Group, name: string): string[] {
  const whole = attribute(group, name);
  if (whole !== undefined) return listOf(whole);
  const strings: string[] = [];
  for (let part = 0; ; part++) {
    const values = attribute(group, `${name}${part}`);
    if (values === undefined) return strings;
    strings.push(...listOf(values));
  }
}

/** The text of an attribute, in UTF-8; undefined if there is none. */
export function textOf(group: Group, name: string): string | undefined {
  const value = attribute(group, name);
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return typeof value === 'string' ? value : undefined;
}

/** A missing name and a link to another file are the same: nothing that can be read. */
function member(group: Group, path: string) {
  try {
    return group.get(path);
  } catch {
    return null;
  }
}

function attribute(group: Group, name: string): unknown {
  return Object.hasOwn(group.attrs, name) ? group.attrs[name]!.value : undefined;
}

function listOf(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((each) => typeof each === 'string');
}

function numbersOf(dataset: Dataset, shape: readonly number[]): Float32Array<ArrayBuffer> {
  const length = shape.reduce((product, side) => product * side, 1);
  const { value } = dataset;
  const numbers =
    typeof value === 'number' || typeof value === 'bigint' ? [Number(value)] : (value as unknown);
  if (!isNumeric(numbers) || numbers.length !== length) {
    throw new Error(`${dataset.path} has no ${length} numbers`);
  }
  return Float32Array.from(numbers, Number);
}

function isNumeric(values: unknown): values is ArrayLike<number | bigint> {
  if (Array.isArray(values)) return values.every((value) => typeof value === 'number');
  return ArrayBuffer.isView(values) && !(values instanceof DataView);
}

function isKind(found: object | null | undefined, kind: 'Dataset' | 'Group'): boolean {
  const type: unknown = found && 'type' in found ? found.type : undefined;
  return type === kind;
}
