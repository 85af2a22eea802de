import { clamp, prepareClamp } from './clamp.ts';
import {
  add,
  F32,
  I32,
  i32,
  lesser,
  load,
  multiplyAdd,
  repeat,
  store,
  type Code,
} from './instructions.ts';
import { NamedLocals } from './named-locals.ts';
import { wasmModule, type WasmFunction } from './wasm-module.ts';

/** Channels that are computed at once. */
export const GROUP = 4;
const GROUP_BYTES = 16;

/** The part of a filter's side that lies within the picture. */
export interface Taps {
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
}

/** The side of a filter, and its parts at a border of the padding SAME. */
export const SIDE = 3;
const PARTS: readonly Taps[] = [0, 1].flatMap((from) => [2, SIDE].map((to) => ({ from, to })));

/**
 * Computes `clamp(sum of taps + bias)` for `count` neighbours in a row of the result.
 *
 * @param x address of what the first of the taps reads for the first of them
 * @param filter address of `[3, 3, channels]`
 * @param bias address of `[channels]`
 * @param out address of the first of them, `[count, channels]`
 * @param groups of four channels; the last may overlap the one before
 * @param pixel bytes of a pixel, 4 * channels
 * @param row bytes of a row of `x`
 * @param stride bytes from one neighbour's pixels of `x` to the next one's
 * @param lastGroup bytes from the start of a pixel to its last group
 */
export type FilterRow = (
  x: number,
  filter: number,
  bias: number,
  out: number,
  count: number,
  groups: number,
  pixel: number,
  row: number,
  stride: number,
  lastGroup: number,
  low: number,
  high: number,
) => void;

const PARAMETERS = {
  ...{ x: I32, filter: I32, bias: I32, out: I32, count: I32, groups: I32 },
  ...{ pixel: I32, row: I32, stride: I32, lastGroup: I32, low: F32, high: F32 },
};

/** The name of the `FilterRow` for these rows and columns of the filter. */
export function filterName(rows: Taps, columns: Taps): string {
  return [rows.from, rows.to, columns.from, columns.to].join('-');
}

/** A module of a `FilterRow` for each part of a 3x3 filter. */
export function depthwiseModule(): Uint8Array<ArrayBuffer> {
  return wasmModule(PARTS.flatMap((rows) => PARTS.map((columns) => filterRow(rows, columns))));
}

function filterRow(rows: Taps, columns: Taps): WasmFunction {
  const locals = new NamedLocals(PARAMETERS);
  const read = (name: string): Code => locals.read(name);
  const body = [
    ...prepareClamp(locals),
    ...locals.write('channel', i32(0)),
    ...repeat(locals.index('groups'), [
      ...locals.write('first', lesser(read('channel'), read('lastGroup'))),
      ...loadWeights(locals, rows, columns),
      ...locals.write('from', add(read('x'), read('first'))),
      ...locals.write('to', add(read('out'), read('first'))),
      ...locals.write('left', read('count')),
      ...repeat(locals.index('left'), [
        ...sumTaps(locals, rows, columns),
        ...store(read('to'), clamp(locals, read('sum'))),
        ...locals.advance('from', read('stride')),
        ...locals.advance('to', read('pixel')),
      ]),
      ...locals.advance('channel', i32(GROUP_BYTES)),
    ]),
  ];
  return { name: filterName(rows, columns), ...locals.types, body };
}

/** Of one group: they stay in registers for the whole row. */
function loadWeights(locals: NamedLocals, rows: Taps, columns: Taps): Code {
  const bias = locals.writeVector('bias4', load(add(locals.read('bias'), locals.read('first'))));
  const start = locals.write('weight', add(locals.read('filter'), locals.read('first')));
  const weights = Array.from({ length: SIDE * SIDE }, (_, tap) => {
    const [row, column] = [Math.floor(tap / SIDE), tap % SIDE];
    const value = load(locals.read('weight'));
    return [
      ...(has(rows, row) && has(columns, column)
        ? locals.writeVector(`weight${row}${column}`, value)
        : []),
      ...locals.advance('weight', locals.read('pixel')),
    ];
  });
  return [...bias, ...start, ...weights.flat()];
}

function sumTaps(locals: NamedLocals, rows: Taps, columns: Taps): Code {
  const code: number[] = [
    ...locals.writeVector('sum', locals.read('bias4')),
    ...locals.write('rowStart', locals.read('from')),
  ];
  for (let row = rows.from; row < rows.to; row++) {
    code.push(...locals.write('at', locals.read('rowStart')));
    for (let column = columns.from; column < columns.to; column++) {
      const weight = locals.read(`weight${row}${column}`);
      const sum = multiplyAdd(load(locals.read('at')), weight, locals.read('sum'));
      code.push(...locals.writeVector('sum', sum), ...locals.advance('at', locals.read('pixel')));
    }
    code.push(...locals.advance('rowStart', locals.read('row')));
  }
  return code;
}

function has({ from, to }: Taps, place: number): boolean {
  return place >= from && place < to;
}
