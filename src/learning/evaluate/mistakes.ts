import type { Mistake, Outcome } from '../../records/model.ts';
import { answerOf } from './probabilities.ts';

/**
 * A model's prediction for each photo, in the order of the photos.
 *
 * @param photoIds in the order of the rows
 * @param labels class index of each photo
 * @param probabilities `[photoIds.length, classes]`, as `classProbabilities` returns them
 * @throws RangeError if the numbers of ids and labels differ
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
 * Wrong predictions, the most confident first. Among them are photos with a wrong label, and photos
 * that show something missing from the training photos.
 *
 * @param limit largest number of mistakes to return
 */
export function mistakes(all: readonly Outcome[], limit = Infinity): Mistake[] {
  return all
    .filter(({ truth, answer }) => answer !== truth)
    .sort((a, b) => b.probability - a.probability || (a.photoId < b.photoId ? -1 : 1))
    .slice(0, limit);
}
