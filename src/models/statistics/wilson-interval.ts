/** The 97.5th percentile of the standard normal distribution: 95 % lie within plus or minus it. */
const Z_95 = 1.959964;

/**
 * The 95 % confidence interval of a share: where the true share of right answers likely lies when
 * `correct` of `count` were right. E. B. Wilson, "Probable inference, the law of succession, and
 * statistical inference", Journal of the American Statistical Association 22 (1927), 209-212. It
 * holds for few photos and for shares near 1, where the simpler normal approximation does not.
 *
 * @returns both ends, 0 to 1
 * @throws RangeError when there is nothing to judge by
 */
export function wilsonInterval(correct: number, count: number): { low: number; high: number } {
  if (!(count > 0 && correct >= 0 && correct <= count)) {
    throw new RangeError(`${correct} of ${count} is no share`);
  }
  const share = correct / count;
  const zz = Z_95 ** 2;
  const centre = (share + zz / (2 * count)) / (1 + zz / count);
  const half =
    (Z_95 / (1 + zz / count)) * Math.sqrt((share * (1 - share)) / count + zz / (4 * count ** 2));
  // Exact at both ends, where rounding would leave 0.9999999999999999.
  return {
    low: correct === 0 ? 0 : centre - half,
    high: correct === count ? 1 : centre + half,
  };
}
