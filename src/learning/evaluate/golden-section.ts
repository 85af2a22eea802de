const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Steps of the coarse grid, which keeps the search from ending in a local minimum. */
const GRID_STEPS = 24;

/**
 * Minimises a function of one variable on an interval: takes the best point of a coarse grid, then
 * runs a golden-section search (Kiefer 1953) between its neighbours.
 *
 * @param tolerance largest error of the result, in units of `x`
 * @returns the `x` from `low` to `high` where `f` is smallest
 */
export function minimize(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance = 1e-4,
): number {
  const step = (high - low) / GRID_STEPS;
  const grid = Array.from({ length: GRID_STEPS + 1 }, (_, i) => low + i * step);
  const values = grid.map(f);
  const best = values.indexOf(Math.min(...values));
  let left = grid[Math.max(0, best - 1)]!;
  let right = grid[Math.min(GRID_STEPS, best + 1)]!;
  let inner = [right - GOLDEN * (right - left), left + GOLDEN * (right - left)] as const;
  let innerValues = [f(inner[0]), f(inner[1])] as const;
  while (right - left > tolerance) {
    if (innerValues[0] < innerValues[1]) {
      right = inner[1];
      const x = right - GOLDEN * (right - left);
      innerValues = [f(x), innerValues[0]];
      inner = [x, inner[0]];
    } else {
      left = inner[0];
      const x = left + GOLDEN * (right - left);
      innerValues = [innerValues[1], f(x)];
      inner = [inner[1], x];
    }
  }
  return (left + right) / 2;
}
