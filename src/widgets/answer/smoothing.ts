/** Time constant of the live answer, in milliseconds: after it, 63 % of a change is visible. */
export const TIME_CONSTANT_MS = 250;

/**
 * Exponential smoothing over uneven time steps: the newest values have the weight
 * `1 - exp(-elapsed / timeConstant)`, so that the result does not depend on the frame rate. Values
 * that add up to 1 still do afterwards.
 *
 * @param previous the smoothed values so far; if undefined or of another length, `next` is returned
 * @param elapsed milliseconds since the previous values
 */
export function smooth(
  previous: readonly number[] | undefined,
  next: readonly number[],
  elapsed: number,
  timeConstant = TIME_CONSTANT_MS,
): readonly number[] {
  if (previous?.length !== next.length) return next;
  const weight = 1 - Math.exp(-Math.max(0, elapsed) / timeConstant);
  return next.map((value, i) => {
    const before = previous[i] ?? value;
    return before + weight * (value - before);
  });
}

/** Index of the largest value, the first one if there are several; -1 for an empty array. */
export function argMax(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > (values[best] ?? -Infinity) ? i : best), -1);
}

/**
 * Converts probabilities to whole percentages that add up to 100: the values with the largest
 * remainders are rounded up (Hamilton's method), so that "97 %" never appears beside "4 %".
 */
export function percentages(probabilities: readonly number[]): readonly number[] {
  const exact = probabilities.map((value) => value * 100);
  const whole = exact.map(Math.floor);
  const total = Math.round(exact.reduce((a, b) => a + b, 0));
  let missing = total - whole.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((value, i) => ({ i, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { i } of byRemainder) {
    if (missing-- <= 0) break;
    whole[i] = (whole[i] ?? 0) + 1;
  }
  return whole;
}
