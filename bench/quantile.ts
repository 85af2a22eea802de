/**
 * The quantile by the nearest-rank method.
 *
 * @param sorted values in ascending order
 * @param fraction 0 to 1
 */
export function quantile(sorted: readonly number[], fraction: number): number {
  return sorted[Math.ceil(fraction * sorted.length) - 1] ?? NaN;
}
