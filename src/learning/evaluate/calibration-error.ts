import type { ReliabilityBin } from '../../records/model.ts';
import { answerOf } from './probabilities.ts';

/** Number of bins in Guo et al. (2017, arXiv:1706.04599). */
const CALIBRATION_BINS = 15;

/**
 * The reliability diagram: the predictions grouped by confidence, with the accuracy in each group.
 *
 * @param probabilities `[labels.length, classes]`, as `classProbabilities` returns them
 * @param labels class index of each photo
 * @param bins number of bins of equal width from 0 to 1
 */
export function reliability(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins = CALIBRATION_BINS,
): ReliabilityBin[] {
  const classes = probabilities.length / labels.length;
  const sums = Array.from({ length: bins }, () => ({ count: 0, probability: 0, right: 0 }));
  for (let row = 0; row < labels.length; row++) {
    const { answer, probability } = answerOf(probabilities, row, classes);
    const sum = sums[Math.min(bins, Math.max(1, Math.ceil(probability * bins))) - 1]!;
    sum.count++;
    sum.probability += probability;
    sum.right += Number(answer === labels[row]);
  }
  return sums.map(({ count, probability, right }, bin) => ({
    low: bin / bins,
    high: (bin + 1) / bins,
    count,
    ...(count > 0 && { confidence: probability / count, accuracy: right / count }),
  }));
}

/**
 * Expected calibration error: the difference between confidence and accuracy of a bin, averaged
 * over the photos; equation 3 of Guo et al. It is biased upwards for few photos: with 20 in total,
 * even a perfectly calibrated head has an error of several hundredths.
 *
 * @returns 0 to 1; 0 if there are no photos
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce(
    (error, { count, confidence = 0, accuracy = 0 }) =>
      count === 0 ? error : error + (count / total) * Math.abs(accuracy - confidence),
    0,
  );
}
