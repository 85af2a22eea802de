import { msg, str } from '../../i18n/msg.ts';
import type { EpochMetrics, Evaluation, ModelRecord } from '../../records/model.ts';
import { wilsonInterval } from '../../models/statistics/wilson-interval.ts';
import { epochCount, percent, testPhotoCount, wholeNumber } from '../../ui/phrases.ts';

/** The title of a test result, and the sentence under it. */
export function resultSentences(test: Evaluation | undefined): { title: string; sentence: string } {
  if (!test || test.count === 0) {
    return {
      title: msg('Not tested yet'),
      sentence: msg(
        'No photo is on the test side, so nobody knows how often it is right. About every seventh photo becomes one: take more, then train again.',
      ),
    };
  }
  return {
    title: rightSentence(test),
    sentence: `${intervalSentence(test)} ${msg('More test photos narrow it.')}`,
  };
}

/** "23 of 24 test photos right". */
export function rightSentence({ correct, count }: Pick<Evaluation, 'correct' | 'count'>): string {
  const right = wholeNumber(correct);
  const testPhotos = testPhotoCount(count);
  return msg(str`${right} of ${testPhotos} right`, {
    id: 'test-photos-right',
    desc: 'as in “23 of 24 test photos right”',
  });
}

/**
 * "Likely between 80 and 99%.": the 95 % Wilson interval.
 *
 * @throws RangeError without a test photo
 */
export function intervalSentence(test: Pick<Evaluation, 'correct' | 'count'>): string {
  const { low, high } = wilsonInterval(test.correct, test.count);
  const [least, most] = [wholeNumber(100 * low), percent(high)];
  return msg(str`Likely between ${least} and ${most}.`, { desc: 'as in “between 80 and 99%”' });
}

/**
 * The curves in words, for screen readers.
 *
 * @param fineTuneFrom the last epoch of training the head, if fine-tuning follows
 */
export function curveDescription(history: readonly EpochMetrics[], fineTuneFrom?: number): string {
  const last = history.at(-1);
  if (!last) return msg('No epoch yet.');
  const accuracies = accuracySentence(last, epochCount(history.length));
  if (fineTuneFrom === undefined || history.length <= fineTuneFrom) return accuracies;
  const epoch = wholeNumber(fineTuneFrom);
  return `${accuracies} ${msg(str`Fine-tuning begins after epoch ${epoch}.`)}`;
}

function accuracySentence(last: EpochMetrics, epochs: string): string {
  const training = percent(last.accuracy);
  if (last.validationAccuracy === undefined) {
    return msg(str`Training accuracy ${training} after ${epochs}.`);
  }
  const validation = percent(last.validationAccuracy);
  return msg(
    str`Training accuracy ${training}, validation accuracy ${validation} after ${epochs}.`,
  );
}

/** Tells in which epoch the loss became NaN or infinite; undefined if it never did. */
export function divergedSentence({
  divergedAtEpoch,
  fineTuning,
}: Pick<ModelRecord, 'divergedAtEpoch' | 'fineTuning'>): string | undefined {
  if (divergedAtEpoch !== undefined) {
    const epoch = wholeNumber(divergedAtEpoch);
    return msg(
      str`In epoch ${epoch} of the training the loss was no number any more. It stopped there; the epochs before count.`,
    );
  }
  if (fineTuning?.divergedAtEpoch !== undefined) {
    const epoch = wholeNumber(fineTuning.divergedAtEpoch);
    return msg(
      str`In epoch ${epoch} of the fine-tuning the loss was no number any more. It stopped there; the epochs before count.`,
    );
  }
  return undefined;
}
