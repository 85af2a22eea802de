import type { GoldenFeatures } from '../../records/base-spec.ts';

/** The figures of a feature vector that goldens hold; `first` is as long as is asked for. */
export function goldenFigures(
  features: ArrayLike<number>,
  firstLength = 32,
): Pick<GoldenFeatures, 'first' | 'l2' | 'mean' | 'argmax'> {
  let squares = 0;
  let sum = 0;
  let argmax = 0;
  for (let i = 0; i < features.length; i++) {
    const value = features[i]!;
    squares += value * value;
    sum += value;
    if (value > features[argmax]!) argmax = i;
  }
  const first = Array.from({ length: Math.min(firstLength, features.length) }, (_, i) =>
    Number(features[i]),
  );
  return { first, l2: Math.sqrt(squares), mean: sum / features.length, argmax };
}

/**
 * Largest absolute difference between a feature vector and its golden figures, that by which the
 * golden's largest feature falls short of the vector's own among them (two that tie may change
 * places); Infinity when a number is not finite.
 */
export function goldenDifference(features: ArrayLike<number>, golden: GoldenFeatures): number {
  const figures = goldenFigures(features, golden.first.length);
  const differences = [
    figures.l2 - golden.l2,
    figures.mean - golden.mean,
    features[figures.argmax]! - (features[golden.argmax] ?? NaN),
    ...golden.first.map((value, i) => (figures.first[i] ?? NaN) - value),
  ].map(Math.abs);
  const largest = Math.max(...differences);
  return Number.isFinite(largest) ? largest : Infinity;
}
