/**
 * The 97.5th percentile of the standard normal distribution: 95 % of the values are within ± Z_95.
 */
const Z_95 = 1.959964;

/**
 * The 95 % confidence interval of an accuracy, if `correct` of `count` predictions were right. E.
 * B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
 * American Statistical Association 22 (1927), 209-212. It is valid for few photos and for
 * accuracies near 1, where the simpler normal approximation is not.
 *
 * @returns both bounds, 0 to 1
 * @throws RangeError if `count` is not positive or `correct` is not between 0 and `count`
 */
export function wilsonInterval(correct: number, count: number): { low: number; high: number } {
  if (!(count > 0 && correct >= 0 && correct <= count)) {
    throw new RangeError(`${correct} of ${count} is no proportion`);
  }
  const accuracy = correct / count;
  const zz = Z_95 ** 2;
  const centre = (accuracy + zz / (2 * count)) / (1 + zz / count);
  const half =
    (Z_95 / (1 + zz / count)) *
    Math.sqrt((accuracy * (1 - accuracy)) / count + zz / (4 * count ** 2));
  // Exact bounds, where rounding would give 0.9999999999999999.
  return {
    low: correct === 0 ? 0 : centre - half,
    high: correct === count ? 1 : centre + half,
  };
}
