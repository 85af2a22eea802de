import { PANEL } from './pointwise-module.ts';

/** A matrix with its bias. */
export interface Matrix {
  /** Number of rows. */
  readonly depth: number;
  /** `[columns]`, 8 columns or more */
  readonly bias: Float32Array;
  readonly values: Float32Array;
  /** Where the numbers of a row, 0 to `depth - 1`, begin in `values`. */
  readonly startOf: (row: number) => number;
}

/** The number of floats that `packPanels` gives. */
export function panelFloats(depth: number, columns: number): number {
  return Math.ceil(columns / PANEL) * (1 + depth) * PANEL;
}

/**
 * Packs a matrix in the order in which `MultiplyTiles` reads it: panels of 8 columns, each with its
 * bias first. The last panel begins 8 columns before the end, so it may overlap the one before.
 *
 * @param packed where they go; `panelFloats`
 * @returns `[panels, 1 + depth, 8]`
 */
export function packPanels(
  { depth, bias, values, startOf }: Matrix,
  packed: Float32Array = new Float32Array(panelFloats(depth, bias.length)),
): Float32Array {
  const columns = bias.length;
  const starts = Uint32Array.from({ length: depth }, (_, row) => startOf(row));
  let at = 0;
  for (let panel = 0; panel < columns; panel += PANEL) {
    const first = Math.min(panel, columns - PANEL);
    for (let column = 0; column < PANEL; column++) packed[at++] = bias[first + column]!;
    for (let row = 0; row < depth; row++) {
      const from = starts[row]! + first;
      for (let column = 0; column < PANEL; column++) packed[at++] = values[from + column]!;
    }
  }
  return packed;
}
