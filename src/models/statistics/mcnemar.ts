/**
 * The p-value of McNemar's exact test: the probability that two equally good models differ at least
 * this much by chance. Only photos that exactly one of them classifies correctly count. If neither
 * model is better, each of those is like the toss of a coin, so the two-sided p-value is `2 P(X <=
 * min(a, b))` with `X` binomial, `a + b` tosses. Q. McNemar, "Note on the sampling error of the
 * difference between correlated proportions or percentages", Psychometrika 12 (1947), 153-157.
 *
 * @param onlyFirst number of photos that only the first model classifies correctly
 * @param onlySecond number of photos that only the second model classifies correctly
 * @returns 0 to 1; 1 if both counts are 0
 * @throws RangeError if a count is negative or not an integer
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  const counts = [onlyFirst, onlySecond];
  if (!counts.every((count) => Number.isInteger(count) && count >= 0)) {
    throw new RangeError(`${onlyFirst} and ${onlySecond} are no counts of photos`);
  }
  const tosses = onlyFirst + onlySecond;
  // With logarithms, because the probability of one outcome of 2,000 tosses underflows.
  let logTerm = -tosses * Math.LN2;
  let sum = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((tosses - k) / (k + 1));
  }
  return Math.min(1, 2 * sum);
}
