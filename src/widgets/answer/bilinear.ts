/** Values on a grid, row by row. */
interface Grid {
  readonly width: number;
  readonly height: number;
  readonly values: readonly number[];
}

/**
 * A grid enlarged to a square, by bilinear interpolation between the centres of its places; beyond
 * the outermost centres the values stay. (Half-pixel centres, as TensorFlow's `resizeBilinear` has
 * them: each place of a feature map keeps its share of the picture.)
 *
 * @returns `[side, side]`, row by row
 */
export function enlarge({ width, height, values }: Grid, side: number): Float32Array {
  const columns = samples(width, side);
  const rows = samples(height, side);
  const enlarged = new Float32Array(side * side);
  rows.forEach((y, row) => {
    columns.forEach((x, column) => {
      const at = (i: number, j: number) => values[i * width + j] ?? 0;
      const above = at(y.low, x.low) * (1 - x.share) + at(y.low, x.high) * x.share;
      const below = at(y.high, x.low) * (1 - x.share) + at(y.high, x.high) * x.share;
      enlarged[row * side + column] = above * (1 - y.share) + below * y.share;
    });
  });
  return enlarged;
}

/** Which two places each sample lies between, and how far it is from the first to the second. */
function samples(places: number, side: number) {
  return Array.from({ length: side }, (_, i) => {
    const exact = Math.min(places - 1, Math.max(0, ((i + 0.5) * places) / side - 0.5));
    const low = Math.floor(exact);
    return { low, high: Math.min(places - 1, low + 1), share: exact - low };
  });
}
