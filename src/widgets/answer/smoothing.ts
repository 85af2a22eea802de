/** Time constant of the live answer, in milliseconds: 63 % of a change has come through after it. */
export const TIME_CONSTANT_MS = 250;

/**
 * Exponential smoothing over uneven steps: after `elapsed` ms the newest answer counts
 * `1 - exp(-elapsed / timeConstant)`, so that the result does not depend on the frame rate. Values
 * that add up to 1 still do afterwards.
 *
 * @param previous smoothed values so far; undefined, or of another length, starts anew
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

/** Index of the largest value; the first of several. -1 for none. */
export function argMax(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > (values[best] ?? -Infinity) ? i : best), -1);
}

/**
 * Probabilities as whole percents that add up to 100: the largest remainders are rounded up
 * (Hamilton's method), so that "97 %" never stands beside "4 %".
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
