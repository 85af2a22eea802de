import { clamp, prepareClamp } from './clamp.ts';
import {
  add,
  and,
  F32,
  I32,
  i32,
  lesser,
  load,
  loadSplat,
  multiplyAdd,
  repeat,
  shiftRight,
  store,
  type Code,
} from './instructions.ts';
import { NamedLocals } from './named-locals.ts';
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

const PARAMETERS = {
  ...{ a: I32, b: I32, c: I32, tiles: I32, panels: I32, aRow: I32, cRow: I32, lastPanel: I32 },
  ...{ low: F32, high: F32 },
};
const HALVES = [0, 1] as const;
const UNROLLED = 4;
const FLOAT_BYTES = 4;
const PANEL_BYTES = PANEL * FLOAT_BYTES;

/** The name of the `MultiplyTiles` for tiles of so many rows. */
export function tilesName(rows: number): string {
  return `rows${rows}`;
}

/** A module of a `MultiplyTiles` for each number of rows, 1 to `MOST_ROWS`. */
export function pointwiseModule(): Uint8Array<ArrayBuffer> {
  return wasmModule(Array.from({ length: MOST_ROWS }, (_, index) => multiplyTiles(index + 1)));
}

function multiplyTiles(rows: number): WasmFunction {
  const locals = new NamedLocals(PARAMETERS);
  const read = (name: string): Code => locals.read(name);
  const eachRow = (code: (row: number) => Code): Code =>
    Array.from({ length: rows }, (_, row) => code(row)).flat();
  const body = [
    ...prepareClamp(locals),
    ...repeat(locals.index('tiles'), [
      ...locals.write('weight', read('b')),
      ...locals.write('column', i32(0)),
      ...locals.write('panel', read('panels')),
      ...repeat(locals.index('panel'), multiplyPanel(locals, eachRow)),
      ...eachRow(() => [
        ...locals.advance('a', read('aRow')),
        ...locals.advance('c', read('cRow')),
      ]),
    ]),
  ];
  return { name: tilesName(rows), ...locals.types, body };
}

type EachRow = (code: (row: number) => Code) => Code;

/** A tile: all rows times one panel. */
function multiplyPanel(locals: NamedLocals, eachRow: EachRow): Code {
  const read = (name: string): Code => locals.read(name);
  const depth = shiftRight(read('aRow'), i32(Math.log2(FLOAT_BYTES)));
  return [
    ...eachRow((row) => [
      ...locals.write(
        `row${row}`,
        row === 0 ? read('a') : add(read(`row${row - 1}`), read('aRow')),
      ),
      ...eachHalf((half) =>
        locals.writeVector(`sum${row}${half}`, load(read('weight'), half * 16)),
      ),
    ]),
    ...locals.advance('weight', i32(PANEL_BYTES)),
    ...locals.write('k', shiftRight(depth, i32(Math.log2(UNROLLED)))),
    ...repeat(locals.index('k'), multiplySome(UNROLLED, locals, eachRow)),
    ...locals.write('k', and(depth, i32(UNROLLED - 1))),
    ...repeat(locals.index('k'), multiplySome(1, locals, eachRow)),
    ...locals.write('out', add(read('c'), lesser(read('column'), read('lastPanel')))),
    ...eachRow((row) => [
      ...eachHalf((half) => store(read('out'), clamp(locals, read(`sum${row}${half}`)), half * 16)),
      ...locals.advance('out', read('cRow')),
    ]),
    ...locals.advance('column', i32(PANEL_BYTES)),
  ];
}

/** Columns of `a`, as many as `count`, times as many rows of the panel. */
function multiplySome(count: number, locals: NamedLocals, eachRow: EachRow): Code {
  const read = (name: string): Code => locals.read(name);
  const multiplyOne = (k: number): Code => [
    ...eachHalf((half) =>
      locals.writeVector(`weights${half}`, load(read('weight'), k * PANEL_BYTES + half * 16)),
    ),
    ...eachRow((row) => [
      ...locals.writeVector('input', loadSplat(read(`row${row}`), k * FLOAT_BYTES)),
      ...eachHalf((half) => {
        const sum = `sum${row}${half}`;
        const more = multiplyAdd(read('input'), read(`weights${half}`), read(sum));
        return locals.writeVector(sum, more);
      }),
    ]),
  ];
  return [
    ...Array.from({ length: count }, (_, k) => multiplyOne(k)).flat(),
    ...locals.advance('weight', i32(count * PANEL_BYTES)),
    ...eachRow((row) => locals.advance(`row${row}`, i32(count * FLOAT_BYTES))),
  ];
}

function eachHalf(code: (half: number) => Code): Code {
  return HALVES.flatMap(code);
}
