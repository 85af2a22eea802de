import { MAX_ROWS, tilesName, type MultiplyTiles } from './pointwise-module.ts';

/**
 * A product of `rows` rows of a matrix with some panels, as few tiles as possible whose heights
 * differ by at most one row: a tile of one row takes as long as one of six, because each addition
 * to a sum has to wait for the previous one.
 */
export type Multiply = (
  a: number,
  b: number,
  c: number,
  rows: number,
  panels: number,
  lastPanel: number,
) => void;

/** How the matrices of a product lie in memory; see `MultiplyTiles`. */
interface Layout {
  readonly depth: number;
  readonly aRow: number;
  readonly cRow: number;
  /** Absent if nothing is added to the product. */
  readonly addend?: number;
}

/**
 * Prepares products, so that they allocate nothing.
 *
 * @param exports with the functions of `pointwiseFunctions`
 */
export function prepareMultiply(
  exports: WebAssembly.Exports,
  { depth, aRow, cRow, addend }: Layout,
  { low, high }: { readonly low: number; readonly high: number },
): Multiply {
  const tiles = Array.from(
    { length: MAX_ROWS + 1 },
    (_, rows) => exports[tilesName(rows, addend !== undefined)] as MultiplyTiles,
  );
  const delta = addend ?? 0;
  return (a, b, c, rows, panels, lastPanel) => {
    if (rows === 0) return;
    const count = Math.ceil(rows / MAX_ROWS);
    const height = Math.floor(rows / count);
    const higher = rows % count;
    if (higher > 0) {
      const run = tiles[height + 1]!;
      run(a, b, c, higher, panels, depth, aRow, cRow, lastPanel, delta, low, high);
    }
    const done = higher * (height + 1);
    const run = tiles[height]!;
    const [left, from, to] = [count - higher, a + done * aRow, c + done * cRow];
    run(from, b, to, left, panels, depth, aRow, cRow, lastPanel, delta, low, high);
  };
}
