import { msg, str } from '../../../i18n/msg.ts';
import type { ModelClass } from '../../../records/model.ts';
import { SURE } from '../../../widgets/answer/steady-answer.ts';
import { argMax } from '../../../widgets/answer/smoothing.ts';
import type { Classification } from '../../../records/classification.ts';

/** The answer of a model for a photo, in words. */
export interface OpinionWords {
  readonly title: string;
  readonly sentence: string;
  /** Whether the model is sure of another class than the label. */
  readonly disagrees: boolean;
}

/**
 * Describes the answer of a model for a photo.
 *
 * @param classes the model's classes, with their current names
 * @param classId the photo's label
 * @param learned whether the photo was in the model's training set
 */
export function opinionWords(
  { probabilities, novelty }: Pick<Classification, 'probabilities' | 'novelty'>,
  classes: readonly ModelClass[],
  classId: string,
  learned: boolean,
): OpinionWords {
  const index = argMax(probabilities);
  const top = classes[index];
  const name = top?.name;
  const says = name === undefined ? msg('No answer') : msg(str`Looks like: ${name}`);
  if (novelty > 1) {
    const sentence = msg('It is like none of the photos that your model learned from.');
    return { title: msg('Not sure'), sentence, disagrees: false };
  }
  if (!top || (probabilities[index] ?? 0) < SURE) {
    return { title: msg('Not sure'), sentence: msg('It sees no class clearly.'), disagrees: false };
  }
  if (classes.every(({ id }) => id !== classId)) {
    const sentence = msg('Your model has not learned the class of this photo yet.');
    return { title: says, sentence, disagrees: false };
  }
  if (top.id !== classId) {
    const sentence = msg('It disagrees with the label. Is the label right?');
    return { title: says, sentence, disagrees: true };
  }
  const sentence = learned
    ? msg('It agrees with the label, and it learned from this photo.')
    : msg('It agrees with the label, and it never learned from this photo.');
  return { title: says, sentence, disagrees: false };
}
