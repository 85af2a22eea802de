import { PANEL } from './pointwise-module.ts';

/** The number of floats that `packPanels` gives. */
export function panelFloats(depth: number, columns: number): number {
  return Math.ceil(columns / PANEL) * (1 + depth) * PANEL;
}

/**
 * Packs a matrix in the order in which `MultiplyTiles` reads it: panels of 8 columns, each with its
 * bias first. The last panel begins 8 columns before the end, so it may overlap the one before.
 *
 * @param bias `[columns]`, 8 columns or more
 * @param weight gives the number at a row of the matrix, 0 to `depth - 1`, and a column
 * @returns `[panels, 1 + depth, 8]`
 */
export function packPanels(
  depth: number,
  bias: Float32Array,
  weight: (row: number, column: number) => number,
): Float32Array {
  const columns = bias.length;
  const packed = new Float32Array(panelFloats(depth, columns));
  let at = 0;
  for (let panel = 0; panel < columns; panel += PANEL) {
    const first = Math.min(panel, columns - PANEL);
    for (let column = 0; column < PANEL; column++) packed[at++] = bias[first + column]!;
    for (let row = 0; row < depth; row++) {
      for (let column = 0; column < PANEL; column++) packed[at++] = weight(row, first + column);
    }
  }
  return packed;
}
