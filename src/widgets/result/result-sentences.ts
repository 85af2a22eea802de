import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import { isGuessing } from '../../models/objection.ts';
import type { ClassRecord } from '../../records/class.ts';
import type { EpochMetrics, Evaluation, ModelRecord, Objection } from '../../records/model.ts';
import { wilsonInterval } from '../../models/statistics/wilson-interval.ts';
import { anyOf, epochCount, percent, testPhotoCount, wholeNumber } from '../../ui/phrases.ts';

/** The title of a test result, and the sentence under it. */
export function resultSentences(test: Evaluation | undefined): { title: string; sentence: string } {
  if (!test || test.count === 0) {
    return {
      title: msg('Not tested yet'),
      sentence: msg(
        'No photo is on the test side, so nobody knows how often it is right. Take some of another scene, then train again.',
      ),
    };
  }
  return {
    title: rightSentence(test),
    sentence: `${intervalSentence(test)} ${msg('More test photos narrow it.')}`,
  };
}

/**
 * Whose split the test photos come from, if not all of them from the app's.
 *
 * @param fromSet number of test photos that an imported data set keeps for testing, 1 or more
 */
export function splitSentence({ count }: Pick<Evaluation, 'count'>, fromSet: number): string {
  if (fromSet >= count) return msg('These are the test photos of the imported set’s own split.');
  const n = wholeNumber(fromSet);
  return plural(fromSet, {
    one: msg(str`${n} of them is a test photo of an imported set’s own split.`),
    other: msg(str`${n} of them are test photos of an imported set’s own split.`),
  });
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

/**
 * What else is to be said of a result: the training diverged, the model is no better than a guess
 * or than the one in use, or it has not learned all classes. Undefined if there is nothing.
 *
 * @param library the classes of the library
 */
export function noteSentence(
  model: ModelRecord,
  library: readonly Pick<ClassRecord, 'id' | 'name'>[],
): string | undefined {
  const learned = new Set(model.classes.map(({ id }) => id));
  const unknown = library.filter(({ id }) => !learned.has(id)).map(({ name }) => name);
  const names = anyOf(unknown);
  const sentences = [
    divergedSentence(model),
    model.objection?.kind === 'fewer-right' ? objectionSentence(model.objection) : undefined,
    isGuessing(model) ? objectionSentence({ kind: 'guesses' }) : undefined,
    unknown.length > 0
      ? msg(str`It does not know ${names}.`, { desc: 'classes that a model has not learned' })
      : undefined,
  ].filter((sentence) => sentence !== undefined);
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

/** Why a new model is not in use. */
export function objectionSentence(objection: Objection): string {
  if (objection.kind === 'guesses') {
    return msg('On the photos to check with it does no better than a guess.');
  }
  const testPhotos = testPhotoCount(objection.count);
  const [right, rightInUse] = [objection.correct, objection.correctInUse].map(wholeNumber);
  return msg(
    str`Of ${testPhotos} it got ${right} right, where the model in use got ${rightInUse}.`,
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
