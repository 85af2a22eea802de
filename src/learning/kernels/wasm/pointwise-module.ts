import { clamp, prepareClamp } from './clamp.ts';
import {
  add,
  and,
  F32,
  I32,
  i32,
  signedMin,
  load,
  loadSplat,
  multiplyAdd,
  repeat,
  shiftRight,
  store,
  addFloats,
  type Code,
  type Simd,
} from './instructions.ts';
import { NamedLocals } from './named-locals.ts';
import type { WasmFunction } from './wasm-module.ts';

/** The number of columns in a panel of weights: two registers of four floats. */
export const PANEL = 8;
/**
 * The number of rows of the largest tile. It needs 12 registers for sums, two for weights and one
 * for the input: the 15 that V8 has on x64.
 */
export const MAX_ROWS = 6;

/**
 * Computes `clamp(a b + bias)`, or `clamp(a b + bias + addend)`, for `tiles * rows` rows of `a`. All
 * matrices are float32 in row-major order.
 *
 * @param a address of `[tiles * rows, depth]`
 * @param b address of `[panels, 1 + depth, 8]`: each panel has its bias first, then its weights
 * @param c address of the result, `[tiles * rows, columns]`
 * @param tiles number of tiles
 * @param panels number of panels
 * @param depth number of columns of `a`
 * @param aRow bytes from a row of `a` to the next; rows may overlap
 * @param cRow bytes from a row of `c` to the next
 * @param lastPanel bytes from the start of a row of `c` to its last panel, which may overlap the
 *   one before
 * @param addend bytes from `c` to the addend, which has the same layout; unused without one
 * @param low lower bound of the results
 * @param high upper bound of the results
 */
export type MultiplyTiles = (
  a: number,
  b: number,
  c: number,
  tiles: number,
  panels: number,
  depth: number,
  aRow: number,
  cRow: number,
  lastPanel: number,
  addend: number,
  low: number,
  high: number,
) => void;

const PARAMETERS = {
  ...{ a: I32, b: I32, c: I32, tiles: I32, panels: I32, depth: I32, aRow: I32, cRow: I32 },
  ...{ lastPanel: I32, addend: I32, low: F32, high: F32 },
};
const HALVES = [0, 1] as const;
/** How many iterations of the inner loop are unrolled. */
const UNROLLED = 4;
const FLOAT_BYTES = 4;
const PANEL_BYTES = PANEL * FLOAT_BYTES;

/** The export name of the `MultiplyTiles` for tiles with this number of rows. */
export function tilesName(rows: number, withAddend = false): string {
  return withAddend ? `rows${rows}add` : `rows${rows}`;
}

/** A `MultiplyTiles` for each number of rows, 1 to `MAX_ROWS`, without and with an addend. */
export function pointwiseFunctions(simd: Simd): WasmFunction[] {
  return [false, true].flatMap((withAddend) =>
    Array.from({ length: MAX_ROWS }, (_, index) => multiplyTiles(index + 1, withAddend, simd)),
  );
}

function multiplyTiles(rows: number, withAddend: boolean, simd: Simd): WasmFunction {
  const locals = new NamedLocals(PARAMETERS);
  const read = (name: string): Code => locals.read(name);
  const tile: Tile = {
    locals,
    simd,
    withAddend,
    eachRow: (code) => Array.from({ length: rows }, (_, row) => code(row)).flat(),
  };
  const body = [
    ...prepareClamp(locals),
    ...repeat(locals.index('tiles'), [
      ...locals.write('weight', read('b')),
      ...locals.write('column', i32(0)),
      ...locals.write('panel', read('panels')),
      ...repeat(locals.index('panel'), multiplyPanel(tile)),
      ...tile.eachRow(() => [
        ...locals.advance('a', read('aRow')),
        ...locals.advance('c', read('cRow')),
      ]),
    ]),
  ];
  return { name: tilesName(rows, withAddend), ...locals.types, body };
}

interface Tile {
  readonly locals: NamedLocals;
  readonly simd: Simd;
  readonly withAddend: boolean;
  readonly eachRow: (code: (row: number) => Code) => Code;
}

/** Multiplies all rows of a tile by one panel. */
function multiplyPanel(tile: Tile): Code {
  const { locals, eachRow } = tile;
  const read = (name: string): Code => locals.read(name);
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
    ...locals.write('k', shiftRight(read('depth'), i32(Math.log2(UNROLLED)))),
    ...repeat(locals.index('k'), multiplySome(UNROLLED, tile)),
    ...locals.write('k', and(read('depth'), i32(UNROLLED - 1))),
    ...repeat(locals.index('k'), multiplySome(1, tile)),
    ...locals.write('out', add(read('c'), signedMin(read('column'), read('lastPanel')))),
    ...eachRow((row) => [
      ...eachHalf((half) => store(read('out'), clamp(locals, result(tile, row, half)), half * 16)),
      ...locals.advance('out', read('cRow')),
    ]),
    ...locals.advance('column', i32(PANEL_BYTES)),
  ];
}

/** The sum of a row, with the addend if there is one. */
function result({ locals, withAddend }: Tile, row: number, half: number): Code {
  const sum = locals.read(`sum${row}${half}`);
  if (!withAddend) return sum;
  return addFloats(sum, load(add(locals.read('out'), locals.read('addend')), half * 16));
}

/** Adds the products of `count` columns of `a` and `count` rows of the panel to the sums. */
function multiplySome(count: number, { locals, simd, eachRow }: Tile): Code {
  const read = (name: string): Code => locals.read(name);
  const multiplyOne = (k: number): Code => [
    ...eachHalf((half) =>
      locals.writeVector(`weights${half}`, load(read('weight'), k * PANEL_BYTES + half * 16)),
    ),
    ...eachRow((row) => [
      ...locals.writeVector('input', loadSplat(read(`row${row}`), k * FLOAT_BYTES)),
      ...eachHalf((half) => {
        const sum = `sum${row}${half}`;
        const more = multiplyAdd(read('input'), read(`weights${half}`), read(sum), simd);
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
