import { clamp, prepareClamp } from './clamp.ts';
import {
  add,
  F32,
  I32,
  i32,
  unsignedMin,
  load,
  fusedMultiplyAdd,
  repeat,
  store,
  type Code,
  type MultiplyAdd,
} from './instructions.ts';
import { NamedLocals } from './named-locals.ts';
import { wasmModule, type WasmFunction } from './wasm-module.ts';

/** The number of channels that are computed at once. */
export const GROUP = 4;
const GROUP_BYTES = 16;

/** The taps along one side of a filter that lie within the picture. */
export interface Taps {
  /** Index of the first tap. */
  readonly from: number;
  /** Index after the last tap. */
  readonly to: number;
}

/** The side of a filter. */
export const SIDE = 3;
/**
 * All parts of a filter side: at a border with the padding SAME, only some taps are in the picture.
 */
const PARTS: readonly Taps[] = [0, 1].flatMap((from) => [2, SIDE].map((to) => ({ from, to })));

/**
 * Computes `clamp(sum of taps + bias)` for `count` adjacent pixels in a row of the result.
 *
 * @param x address of the pixel that the first tap reads for the first result
 * @param filter address of `[3, 3, channels]`
 * @param bias address of `[channels]`
 * @param out address of the results, `[count, channels]`
 * @param groups number of groups of four channels; the last group may overlap the one before
 * @param pixel bytes of a pixel, 4 * channels
 * @param row bytes of a row of `x`
 * @param stride bytes in `x` from the pixels of one result to those of the next
 * @param lastGroup bytes from the start of a pixel to its last group
 * @param low lower bound of the results
 * @param high upper bound of the results
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

/** The export name of the `FilterRow` that computes these rows and columns of the filter. */
export function filterName(rows: Taps, columns: Taps): string {
  return [rows.from, rows.to, columns.from, columns.to].join('-');
}

/**
 * The bytes of a module that exports a `FilterRow` for each part of a 3x3 filter.
 *
 * @param multiplyAdd default: with relaxed SIMD
 */
export function depthwiseModule(multiplyAdd = fusedMultiplyAdd): Uint8Array<ArrayBuffer> {
  return wasmModule(
    PARTS.flatMap((rows) => PARTS.map((columns) => filterRow(rows, columns, multiplyAdd))),
  );
}

function filterRow(rows: Taps, columns: Taps, multiplyAdd: MultiplyAdd): WasmFunction {
  const locals = new NamedLocals(PARAMETERS);
  const read = (name: string): Code => locals.read(name);
  const body = [
    ...prepareClamp(locals),
    ...locals.write('channel', i32(0)),
    ...repeat(locals.index('groups'), [
      ...locals.write('first', unsignedMin(read('channel'), read('lastGroup'))),
      ...loadWeights(locals, rows, columns),
      ...locals.write('from', add(read('x'), read('first'))),
      ...locals.write('to', add(read('out'), read('first'))),
      ...locals.write('left', read('count')),
      ...repeat(locals.index('left'), [
        ...sumTaps(locals, rows, columns, multiplyAdd),
        ...store(read('to'), clamp(locals, read('sum'))),
        ...locals.advance('from', read('stride')),
        ...locals.advance('to', read('pixel')),
      ]),
      ...locals.advance('channel', i32(GROUP_BYTES)),
    ]),
  ];
  return { name: filterName(rows, columns), ...locals.types, body };
}

/** Loads the weights and the bias of one group; they stay in registers for the whole row. */
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

/** Computes the sum of all taps and the bias for one result. */
function sumTaps(locals: NamedLocals, rows: Taps, columns: Taps, multiplyAdd: MultiplyAdd): Code {
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

function has({ from, to }: Taps, tap: number): boolean {
  return tap >= from && tap < to;
}
