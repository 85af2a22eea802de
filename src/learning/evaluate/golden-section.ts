const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Places at which a function is tried first, so that a valley of its own cannot hide the deepest. */
const COARSE = 24;

/**
 * Where a function of one variable is smallest between two ends: the best of a coarse grid, then
 * golden-section search (Kiefer 1953) between its neighbours.
 *
 * @param tolerance of the place
 */
export function minimize(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance = 1e-4,
): number {
  const step = (high - low) / COARSE;
  const grid = Array.from({ length: COARSE + 1 }, (_, i) => low + i * step);
  const values = grid.map(f);
  const best = values.indexOf(Math.min(...values));
  let left = grid[Math.max(0, best - 1)]!;
  let right = grid[Math.min(COARSE, best + 1)]!;
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
