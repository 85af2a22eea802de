import type { EpochMetrics, Evaluation, ModelRecord } from '../models/record.ts';
import { wilsonInterval } from '../models/wilson-interval.ts';
import { percent, photoCount, wholeNumber } from './phrases.ts';

/** The result's title and the sentence under it. */
export function resultSentences(test: Evaluation | undefined): { title: string; sentence: string } {
  if (!test || test.count === 0) {
    return {
      title: 'Not tested yet',
      sentence:
        'No photo is on the test side, so nobody knows how often it is right. About every seventh photo becomes one: take more, then train again.',
    };
  }
  return {
    title: rightSentence(test),
    sentence: `${intervalSentence(test)} More test photos narrow it.`,
  };
}

/** "23 of 24 test photos right". */
export function rightSentence({ correct, count }: Pick<Evaluation, 'correct' | 'count'>): string {
  return `${wholeNumber(correct)} of ${photoCount(count, 'test')} right`;
}

/** "Likely between 80 and 99%.": the 95 % interval. @throws RangeError without a test photo */
export function intervalSentence(test: Pick<Evaluation, 'correct' | 'count'>): string {
  const { low, high } = wilsonInterval(test.correct, test.count);
  return `Likely between ${wholeNumber(100 * low)} and ${percent(high)}.`;
}

/** The curves in words, for those who do not see them. */
export function curveDescription(history: readonly EpochMetrics[], fineTuneFrom?: number): string {
  const last = history.at(-1);
  if (!last) return 'No epoch yet.';
  const training = `Training accuracy ${percent(last.accuracy)}`;
  const validation =
    last.validationAccuracy === undefined
      ? ''
      : `, validation accuracy ${percent(last.validationAccuracy)}`;
  const epochs = history.length === 1 ? '1 epoch' : `${wholeNumber(history.length)} epochs`;
  const tuning =
    fineTuneFrom !== undefined && history.length > fineTuneFrom
      ? ` Fine-tuning begins after epoch ${wholeNumber(fineTuneFrom)}.`
      : '';
  return `${training}${validation} after ${epochs}.${tuning}`;
}

/** Where a loss was no number any more; undefined where all went well. */
export function astraySentence({
  astray,
  fineTuning,
}: Pick<ModelRecord, 'astray' | 'fineTuning'>): string | undefined {
  if (astray !== undefined) return astrayIn(astray, 'the training');
  if (fineTuning?.astray !== undefined) return astrayIn(fineTuning.astray, 'the fine-tuning');
  return undefined;
}

function astrayIn(epoch: number, what: string): string {
  return `In epoch ${wholeNumber(epoch)} of ${what} the loss was no number any more. It stopped there; the epochs before count.`;
}
