/**
 * The exact form of McNemar's test: how likely two equally good models would differ at least this
 * unevenly by chance. Only photos that one of them got right and the other wrong tell them apart; if
 * neither is better, each of those is a toss of a coin, so that the two-sided probability is
 * `2 P(X <= min(a, b))` with `X` binomial of `a + b` tosses. Q. McNemar, "Note on the sampling error of
 * the difference between correlated proportions or percentages", Psychometrika 12 (1947), 153-157.
 *
 * @param onlyFirst photos that only the first got right
 * @param onlySecond photos that only the second got right
 * @returns 0 to 1; 1 where no photo tells them apart
 * @throws RangeError when a count is none
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  const counts = [onlyFirst, onlySecond];
  if (!counts.every((count) => Number.isInteger(count) && count >= 0)) {
    throw new RangeError(`${onlyFirst} and ${onlySecond} are no counts of photos`);
  }
  const tosses = onlyFirst + onlySecond;
  // By logarithms: the probability of one outcome of 2,000 tosses is below the smallest number.
  let logTerm = -tosses * Math.LN2;
  let sum = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((tosses - k) / (k + 1));
  }
  return Math.min(1, 2 * sum);
}
