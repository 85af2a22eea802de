import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import type { ClassMetrics } from '../../models/per-class.ts';
import type { Evaluation, ReliabilityBin } from '../../records/model.ts';
import { percent, testPhotoCount, wholeNumber } from '../../ui/phrases.ts';

/** With fewer test photos, or so few of one confidence, chance alone shows such differences. */
const CALIBRATION_PHOTOS = 50;
const BIN_PHOTOS = 20;

/** "12 of 13 right". */
export function classSentence({ support }: ClassMetrics, rightCount: number): string {
  if (support === 0) return msg('No test photo shows one.');
  const [right, all] = [wholeNumber(rightCount), wholeNumber(support)];
  return msg(str`${right} of ${all} right`, {
    id: 'photos-right',
    desc: 'test photos, as in “12 of 13 right”',
  });
}

/** Recall and precision, each with the question that it answers. */
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
    const photos = testPhotoCount(test.count);
    return plural(test.count, {
      one: msg(str`${photos} is too few to tell: chance alone shows differences like these.`),
      other: msg(str`${photos} are too few to tell: chance alone shows differences like these.`),
    });
  }
  const [said, right] = [percent(usual.confidence), percent(usual.accuracy)];
  const error = percent(test.calibrationError);
  return msg(
    str`When it says ${said}, it is right about ${right} of the time. On average its percentages are off by ${error} (expected calibration error).`,
  );
}
