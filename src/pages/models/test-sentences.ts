import type { ClassMetrics } from '../../models/per-class.ts';
import type { Evaluation, ReliabilityBin } from '../../models/record.ts';
import { percent, photoCount, wholeNumber } from '../../ui/phrases.ts';

/** With fewer test photos, or so few of one confidence, chance alone shows such differences. */
const CALIBRATION_PHOTOS = 50;
const BIN_PHOTOS = 20;

/** "12 of 13 right". */
export function classSentence({ support }: ClassMetrics, right: number): string {
  if (support === 0) return 'No test photo shows one.';
  return `${wholeNumber(right)} of ${wholeNumber(support)} right`;
}

/** Recall and precision, each with the question that it answers. */
export function moreSentences(
  { answered, precision, recall }: ClassMetrics,
  right: number,
): readonly string[] {
  return [
    recall === undefined
      ? 'Recall is not known: no test photo shows one.'
      : `Recall ${percent(recall)}: so many of its photos were found.`,
    precision === undefined
      ? 'Precision is not known: the model never said so.'
      : `Precision ${percent(precision)}: right ${wholeNumber(right)} of ${times(answered)} that it said so.`,
  ];
}

/**
 * Whether the percentages of the live view mean what they say: "When it says 90%, it is right about
 * 88% of the time." Of the confidence that most answers have.
 */
export function calibrationSentence(
  test: Pick<Evaluation, 'count' | 'reliability' | 'calibrationError'>,
): string {
  const usual = test.reliability.reduce<ReliabilityBin | undefined>(
    (most, bin) => (bin.count > (most?.count ?? 0) ? bin : most),
    undefined,
  );
  const known = usual?.confidence !== undefined && usual.accuracy !== undefined;
  if (!known || test.count < CALIBRATION_PHOTOS || usual.count < BIN_PHOTOS) {
    return `${photoCount(test.count, 'test')} are too few to tell: chance alone shows differences like these.`;
  }
  return `When it says ${percent(usual.confidence)}, it is right about ${percent(usual.accuracy)} of the time. On average its percentages are off by ${percent(test.calibrationError)} (expected calibration error).`;
}

function times(count: number): string {
  return `${wholeNumber(count)} ${count === 1 ? 'time' : 'times'}`;
}
