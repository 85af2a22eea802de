import {
  add,
  and,
  F32,
  get,
  I32,
  i32,
  lesser,
  load,
  loadSplat,
  multiplyAdd,
  pseudoMax,
  pseudoMin,
  repeat,
  set,
  shiftRight,
  splat,
  store,
  V128,
  type Code,
} from './instructions.ts';
import { wasmModule, type WasmFunction } from './wasm-module.ts';

/** Columns of a panel of weights: two registers of four floats. */
export const PANEL = 8;
/**
 * Rows of the largest tile: its 12 sums, two registers of weights and one of input are the 15 that V8
 * has on x64.
 */
export const MOST_ROWS = 6;

/**
 * Computes `clamp(a b + bias)` for `tiles * rows` rows of `a`, each row and column of it float32
 * behind the other.
 *
 * @param a address of `[tiles * rows, depth]`
 * @param b address of `[panels, 1 + depth, 8]`: of each panel the bias, then its weights
 * @param c address of the result, `[tiles * rows, columns]`
 * @param aRow bytes of a row of `a`, 4 * depth
 * @param cRow bytes of a row of `c`
 * @param lastPanel bytes from the start of a row of `c` to its last panel, which may overlap the one
 *   before
 */
export type MultiplyTiles = (
  a: number,
  b: number,
  c: number,
  tiles: number,
  panels: number,
  aRow: number,
  cRow: number,
  lastPanel: number,
  low: number,
  high: number,
) => void;

const PARAMETERS = ['a', 'b', 'c', 'tiles', 'panels', 'aRow', 'cRow', 'lastPanel', 'low', 'high'];
const FLOATS = ['low', 'high'];
const VECTORS = /^(lows|highs|input|weights\d|sum\d_\d)$/;
const HALVES = [0, 1] as const;
const UNROLLED = 4;
const FLOAT_BYTES = 4;
const PANEL_BYTES = PANEL * FLOAT_BYTES;

/** A module of a `MultiplyTiles` for each number of rows: `rows1` to `rows6`. */
export function pointwiseModule(): Uint8Array<ArrayBuffer> {
  return wasmModule(Array.from({ length: MOST_ROWS }, (_, index) => multiplyTiles(index + 1)));
}

function multiplyTiles(rows: number): WasmFunction {
  const names = [...PARAMETERS];
  const local = (name: string): number => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const read = (name: string): Code => get(local(name));
  const write = (name: string, value: Code): Code => set(local(name), value);
  const advance = (name: string, by: Code): Code => write(name, add(read(name), by));
  const eachRow = (code: (row: number) => Code): Code =>
    Array.from({ length: rows }, (_, row) => code(row)).flat();
  const eachHalf = (code: (half: number) => Code): Code => HALVES.flatMap(code);

  /** One column of `a` times one row of `b`, `k` behind where the pointers stand. */
  const multiply = (k: number): Code => [
    ...eachHalf((half) =>
      write(`weights${half}`, load(read('weight'), k * PANEL_BYTES + half * 16)),
    ),
    ...eachRow((row) => [
      ...write('input', loadSplat(read(`row${row}`), k * FLOAT_BYTES)),
      ...eachHalf((half) => {
        const sum = `sum${row}_${half}`;
        return write(sum, multiplyAdd(read('input'), read(`weights${half}`), read(sum)));
      }),
    ]),
  ];
  const multiplySome = (count: number): Code => [
    ...Array.from({ length: count }, (_, k) => multiply(k)).flat(),
    ...advance('weight', i32(count * PANEL_BYTES)),
    ...eachRow((row) => advance(`row${row}`, i32(count * FLOAT_BYTES))),
  ];
  const depth = shiftRight(read('aRow'), i32(Math.log2(FLOAT_BYTES)));
  const clamp = (sum: string): Code => pseudoMin(pseudoMax(read(sum), read('lows')), read('highs'));
  const panel: Code = [
    ...eachRow((row) => [
      ...write(`row${row}`, row === 0 ? read('a') : add(read(`row${row - 1}`), read('aRow'))),
      ...eachHalf((half) => write(`sum${row}_${half}`, load(read('weight'), half * 16))),
    ]),
    ...advance('weight', i32(PANEL_BYTES)),
    ...write('k', shiftRight(depth, i32(Math.log2(UNROLLED)))),
    ...repeat(local('k'), multiplySome(UNROLLED)),
    ...write('k', and(depth, i32(UNROLLED - 1))),
    ...repeat(local('k'), multiplySome(1)),
    ...write('out', add(read('c'), lesser(read('column'), read('lastPanel')))),
    ...eachRow((row) => [
      ...eachHalf((half) => store(read('out'), clamp(`sum${row}_${half}`), half * 16)),
      ...advance('out', read('cRow')),
    ]),
    ...advance('column', i32(PANEL_BYTES)),
  ];
  const body: Code = [
    ...write('lows', splat(read('low'))),
    ...write('highs', splat(read('high'))),
    ...repeat(local('tiles'), [
      ...write('weight', read('b')),
      ...write('column', i32(0)),
      ...write('panel', read('panels')),
      ...repeat(local('panel'), panel),
      ...eachRow(() => [...advance('a', read('aRow')), ...advance('c', read('cRow'))]),
    ]),
  ];
  return {
    name: `rows${rows}`,
    parameters: PARAMETERS.map((name) => (FLOATS.includes(name) ? F32 : I32)),
    locals: names.slice(PARAMETERS.length).map((name) => (VECTORS.test(name) ? V128 : I32)),
    body,
  };
}
