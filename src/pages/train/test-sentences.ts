import type { ClassMetrics } from '../../models/per-class.ts';
import type { Evaluation, ReliabilityBin } from '../../models/record.ts';
import { percent, wholeNumber } from '../../ui/phrases.ts';

/** With fewer test photos, or so few of one confidence, chance alone shows such differences. */
const CALIBRATION_PHOTOS = 50;
const BIN_PHOTOS = 20;

/** "Finds 12 of 12 (recall 100%). Right 12 of 13 times it says so (precision 92%)." */
export function classSentence(
  { support, answered, precision, recall }: ClassMetrics,
  right: number,
): string {
  const found =
    recall === undefined
      ? 'No test photo shows one.'
      : `Finds ${wholeNumber(right)} of ${wholeNumber(support)} (recall ${percent(recall)}).`;
  const said =
    precision === undefined
      ? 'Never said.'
      : `Right ${wholeNumber(right)} of ${times(answered)} it says so (precision ${percent(precision)}).`;
  return `${found} ${said}`;
}

/**
 * Whether the percentages of the live view mean what they say: "When it says 90%, it is right about
 * 88% of the time." Of the confidence that most answers have.
 *
 * @returns undefined where there are too few test photos to tell
 */
export function calibrationSentence(
  test: Pick<Evaluation, 'count' | 'reliability' | 'calibrationError'>,
): string | undefined {
  if (test.count < CALIBRATION_PHOTOS) return undefined;
  const usual = test.reliability.reduce<ReliabilityBin | undefined>(
    (most, bin) => (bin.count > (most?.count ?? 0) ? bin : most),
    undefined,
  );
  if (usual?.confidence === undefined || usual.accuracy === undefined) return undefined;
  if (usual.count < BIN_PHOTOS) return undefined;
  return `When it says ${percent(usual.confidence)}, it is right about ${percent(usual.accuracy)} of the time. On average its percentages are off by ${percent(test.calibrationError)} (expected calibration error).`;
}

function times(count: number): string {
  return `${wholeNumber(count)} ${count === 1 ? 'time' : 'times'}`;
}
