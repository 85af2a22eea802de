import type { Mistake, Outcome } from '../../records/model.ts';
import { answerOf } from './probabilities.ts';

/**
 * What a model answers to each photo, in the order of the photos.
 *
 * @param photoIds in the order of the rows
 * @param labels index of each photo's class
 * @param probabilities `[photoIds.length, classes]`, as `classProbabilities` gives them
 * @throws RangeError when ids and labels do not fit
 */
export function outcomes(
  photoIds: readonly string[],
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): Outcome[] {
  if (photoIds.length !== labels.length) {
    throw new RangeError(`${photoIds.length} photos, ${labels.length} labels`);
  }
  const classes = probabilities.length / labels.length;
  return photoIds.map((photoId, row) => ({
    photoId,
    truth: labels[row]!,
    ...answerOf(probabilities, row, classes),
  }));
}

/**
 * Wrong answers, the surest first: among them are the photos with a wrong label, and those that
 * show what the training photos lack.
 *
 * @param limit at most so many
 */
export function mistakes(all: readonly Outcome[], limit = Infinity): Mistake[] {
  return all
    .filter(({ truth, answer }) => answer !== truth)
    .sort((a, b) => b.probability - a.probability || (a.photoId < b.photoId ? -1 : 1))
    .slice(0, limit);
}
