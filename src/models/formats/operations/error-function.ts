/**
 * The error function, by Abramowitz and Stegun's formula 7.1.26, whose error is below 1.5e-7. It is
 * the approximation that TensorFlow.js uses.
 */
export function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const polynomial =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - polynomial * Math.exp(-x * x));
}
