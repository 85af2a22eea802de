import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import type { ClassMetrics } from '../../models/per-class.ts';
import type { Evaluation, ReliabilityBin } from '../../records/model.ts';
import { percent, testPhotoCount, wholeNumber } from '../../ui/phrases.ts';

/** With fewer test photos, calibration differences may be chance. */
const CALIBRATION_PHOTOS = 50;
/** The same for the test photos of one confidence bin. */
const BIN_PHOTOS = 20;

/** "12 of 13 right": the number of correct predictions for a class. */
export function classSentence({ support }: ClassMetrics, rightCount: number): string {
  if (support === 0) return msg('No test photo shows one.');
  const [right, all] = [wholeNumber(rightCount), wholeNumber(support)];
  return msg(str`${right} of ${all} right`, {
    id: 'photos-right',
    desc: 'test photos, as in “12 of 13 right”',
  });
}

/**
 * Recall and precision of a class, each in a sentence that explains it.
 *
 * @param right number of correct predictions for the class
 */
export function moreSentences(
  { answered, precision, recall }: ClassMetrics,
  right: number,
): readonly string[] {
  return [
    recall === undefined
      ? msg('Recall is not known: no test photo shows one.')
      : recallSentence(percent(recall)),
    precision === undefined
      ? msg('Precision is not known: the model never said so.')
      : precisionSentence(percent(precision), right, answered),
  ];
}

function recallSentence(share: string): string {
  return msg(str`Recall ${share}: so many of its photos were found.`);
}

function precisionSentence(share: string, rightCount: number, answered: number): string {
  const [right, all] = [wholeNumber(rightCount), wholeNumber(answered)];
  return plural(answered, {
    one: msg(str`Precision ${share}: right ${right} of ${all} time that it said so.`),
    other: msg(str`Precision ${share}: right ${right} of ${all} times that it said so.`),
  });
}

/**
 * Describes how well the model is calibrated, for the bin with the most test photos: "When it says
 * 90%, it is right about 88% of the time."
 */
export function calibrationSentence(
  test: Pick<Evaluation, 'count' | 'reliability' | 'calibrationError'>,
): string {
  const largestBin = test.reliability.reduce<ReliabilityBin | undefined>(
    (most, bin) => (bin.count > (most?.count ?? 0) ? bin : most),
    undefined,
  );
  const known = largestBin?.confidence !== undefined && largestBin.accuracy !== undefined;
  if (!known || test.count < CALIBRATION_PHOTOS || largestBin.count < BIN_PHOTOS) {
    const photos = testPhotoCount(test.count);
    return plural(test.count, {
      one: msg(str`${photos} is too few to tell: chance alone shows differences like these.`),
      other: msg(str`${photos} are too few to tell: chance alone shows differences like these.`),
    });
  }
  const [said, right] = [percent(largestBin.confidence), percent(largestBin.accuracy)];
  const error = percent(test.calibrationError);
  return msg(
    str`When it says ${said}, it is right about ${right} of the time. On average its percentages are off by ${error} (expected calibration error).`,
  );
}
