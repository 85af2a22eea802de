/** Values on a grid, `[height, width]` in row-major order. */
interface Grid {
  readonly width: number;
  readonly height: number;
  readonly values: readonly number[];
}

/**
 * Enlarges a grid to a square by bilinear interpolation between the centres of its cells; beyond
 * the outermost centres the values are constant. The centres are half-pixel centres, as with
 * `halfPixelCenters` in TensorFlow's `resizeBilinear`: each cell of a feature map keeps its area of
 * the picture.
 *
 * @param side width and height of the result
 * @returns `[side, side]` in row-major order
 */
export function enlarge({ width, height, values }: Grid, side: number): Float32Array {
  const columns = samples(width, side);
  const rows = samples(height, side);
  const enlarged = new Float32Array(side * side);
  rows.forEach((y, row) => {
    columns.forEach((x, column) => {
      const at = (i: number, j: number) => values[i * width + j] ?? 0;
      const above = at(y.low, x.low) * (1 - x.fraction) + at(y.low, x.high) * x.fraction;
      const below = at(y.high, x.low) * (1 - x.fraction) + at(y.high, x.high) * x.fraction;
      enlarged[row * side + column] = above * (1 - y.fraction) + below * y.fraction;
    });
  });
  return enlarged;
}

/**
 * The two cells that each sample is between, and its position from the first to the second, 0 to 1.
 */
function samples(cells: number, side: number) {
  return Array.from({ length: side }, (_, i) => {
    const exact = Math.min(cells - 1, Math.max(0, ((i + 0.5) * cells) / side - 0.5));
    const low = Math.floor(exact);
    return { low, high: Math.min(cells - 1, low + 1), fraction: exact - low };
  });
}
