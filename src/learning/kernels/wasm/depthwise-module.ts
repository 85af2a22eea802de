import { clamp, prepareClamp } from './clamp.ts';
import {
  add,
  F32,
  I32,
  i32,
  signedMin,
  load,
  multiplyAdd,
  repeat,
  store,
  type Code,
  type Simd,
} from './instructions.ts';
import { NamedLocals } from './named-locals.ts';
import type { WasmFunction } from './wasm-module.ts';

/** The number of channels that are computed at once. */
export const GROUP = 4;
const GROUP_BYTES = 16;
/** The side of a filter. */
export const SIDE = 3;
/**
 * Adjacent results that are computed together, so that each input is loaded once for all of them:
 * their sums, nine weights and an input fit in the 15 registers that V8 has on x64.
 */
export const WIDE = 4;

/** The taps along one side of a filter that lie within the picture. */
export interface Taps {
  /** Index of the first tap. */
  readonly from: number;
  /** Index after the last tap. */
  readonly to: number;
}

/**
 * All parts of a filter side: at a border with the padding SAME, only some taps are in the picture.
 */
const PARTS: readonly Taps[] = [0, 1].flatMap((from) => [2, SIDE].map((to) => ({ from, to })));

/**
 * Computes `clamp(sum of taps + bias)` for some rows of the result whose filters have the same rows
 * within the picture. From left to right, a row has `left` results whose filters lack the first
 * column, `wide * WIDE + single` whole ones, `right` that lack the last column, and `narrow` that
 * lack both. `WIDE` results are computed at once only at the stride that the function is for.
 *
 * @param x address of the pixel that the first column of the filter, whether in the picture or not,
 *   has in its first row within the picture, for the first result
 * @param filter address of `[3, 3, channels]`
 * @param bias address of `[channels]`
 * @param out address of the first result
 * @param rows number of rows
 * @param groups number of groups of four channels; the last group may overlap the one before
 * @param lastGroup bytes from the start of a pixel to its last group
 * @param pixel bytes from a pixel of `x` to the next
 * @param row bytes from a row of `x` to the next
 * @param across bytes in `x` from a result to the next in its row
 * @param down bytes in `x` from a row of results to the next
 * @param outPixel bytes from a pixel of the result to the next
 * @param outRow bytes from a row of the result to the next
 * @param tap bytes from a tap of the filter to the next
 * @param low lower bound of the results
 * @param high upper bound of the results
 */
export type FilterRows = (
  x: number,
  filter: number,
  bias: number,
  out: number,
  rows: number,
  left: number,
  wide: number,
  single: number,
  right: number,
  narrow: number,
  groups: number,
  lastGroup: number,
  pixel: number,
  row: number,
  across: number,
  down: number,
  outPixel: number,
  outRow: number,
  tap: number,
  low: number,
  high: number,
) => void;

const PARAMETERS = {
  ...{ x: I32, filter: I32, bias: I32, out: I32, rows: I32 },
  ...{ left: I32, wide: I32, single: I32, right: I32, narrow: I32, groups: I32, lastGroup: I32 },
  ...{ pixel: I32, row: I32, across: I32, down: I32, outPixel: I32, outRow: I32, tap: I32 },
  ...{ low: F32, high: F32 },
};

/** The strides at which `WIDE` results are computed together. */
export const WIDE_STRIDES = [1, 2] as const;

/** The export name of the `FilterRows` for these rows of the filter and this stride. */
export function filterName({ from, to }: Taps, stride: number): string {
  return `filter${from}${to}by${stride}`;
}

/** A `FilterRows` for each part of a filter's rows and each of `WIDE_STRIDES`. */
export function depthwiseFunctions(simd: Simd): WasmFunction[] {
  return PARTS.flatMap((rows) => WIDE_STRIDES.map((stride) => filterRows(rows, stride, simd)));
}

function filterRows(rows: Taps, stride: number, simd: Simd): WasmFunction {
  const locals = new NamedLocals(PARAMETERS);
  const read = (name: string): Code => locals.read(name);
  /** Repeats the results of a kind in a row. */
  const some = (kind: string, columns: Taps, count: number): Code => [
    ...locals.write('count', read(kind)),
    ...repeat(locals.index('count'), [
      ...sumTaps(locals, rows, columns, count, stride, simd),
      ...Array.from({ length: count }, (_, result) => [
        ...store(read('to'), clamp(locals, read(`sum${result}`))),
        ...locals.advance('to', read('outPixel')),
        ...locals.advance('from', read('across')),
      ]).flat(),
    ]),
  ];
  const body = [
    ...prepareClamp(locals),
    ...locals.write('channel', i32(0)),
    ...repeat(locals.index('groups'), [
      ...locals.write('first', signedMin(read('channel'), read('lastGroup'))),
      ...loadWeights(locals, rows),
      ...locals.write('fromRow', add(read('x'), read('first'))),
      ...locals.write('toRow', add(read('out'), read('first'))),
      ...locals.write('rowsLeft', read('rows')),
      ...repeat(locals.index('rowsLeft'), [
        ...locals.write('from', read('fromRow')),
        ...locals.write('to', read('toRow')),
        ...some('left', { from: 1, to: SIDE }, 1),
        ...some('wide', { from: 0, to: SIDE }, WIDE),
        ...some('single', { from: 0, to: SIDE }, 1),
        ...some('right', { from: 0, to: SIDE - 1 }, 1),
        ...some('narrow', { from: 1, to: SIDE - 1 }, 1),
        ...locals.advance('fromRow', read('down')),
        ...locals.advance('toRow', read('outRow')),
      ]),
      ...locals.advance('channel', i32(GROUP_BYTES)),
    ]),
  ];
  return { name: filterName(rows, stride), ...locals.types, body };
}

/** Loads the weights and the bias of one group; they stay in registers for all rows. */
function loadWeights(locals: NamedLocals, rows: Taps): Code {
  const bias = locals.writeVector('bias4', load(add(locals.read('bias'), locals.read('first'))));
  const start = locals.write('weight', add(locals.read('filter'), locals.read('first')));
  const weights = Array.from({ length: SIDE * SIDE }, (_, tap) => {
    const [row, column] = [Math.floor(tap / SIDE), tap % SIDE];
    return [
      ...(row >= rows.from && row < rows.to
        ? locals.writeVector(`weight${row}${column}`, load(locals.read('weight')))
        : []),
      ...locals.advance('weight', locals.read('tap')),
    ];
  });
  return [...bias, ...start, ...weights.flat()];
}

/** Computes the sums of all taps and the bias for `count` adjacent results. */
function sumTaps(
  locals: NamedLocals,
  rows: Taps,
  columns: Taps,
  count: number,
  stride: number,
  simd: Simd,
): Code {
  const results = Array.from({ length: count }, (_, result) => result);
  const code = results.flatMap((result) =>
    locals.writeVector(`sum${result}`, locals.read('bias4')),
  );
  code.push(...locals.write('rowStart', locals.read('from')));
  for (let row = rows.from; row < rows.to; row++) {
    code.push(...locals.write('at', locals.read('rowStart')));
    const end = (count - 1) * stride + columns.to;
    for (let input = 0; input < end; input++) {
      if (input >= columns.from) {
        code.push(...locals.writeVector('input', load(locals.read('at'))));
        for (const result of results) {
          const column = input - result * stride;
          if (column < columns.from || column >= columns.to) continue;
          const weight = locals.read(`weight${row}${column}`);
          const sum = locals.read(`sum${result}`);
          const more = multiplyAdd(locals.read('input'), weight, sum, simd);
          code.push(...locals.writeVector(`sum${result}`, more));
        }
      }
      if (input + 1 < end) code.push(...locals.advance('at', locals.read('pixel')));
    }
    if (row + 1 < rows.to) code.push(...locals.advance('rowStart', locals.read('row')));
  }
  return code;
}
