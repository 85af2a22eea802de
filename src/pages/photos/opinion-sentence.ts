import type { Classification } from '../../learning/service.ts';
import type { ModelClass } from '../../models/record.ts';
import { SURE } from '../../ui/live-answer.ts';
import { aClass } from '../../ui/class-words.ts';
import { argMax } from '../../ui/smoothing.ts';

export interface OpinionWords {
  readonly title: string;
  readonly sentence: string;
  /** The model is sure of something else than the label says. */
  readonly disagrees: boolean;
}

/**
 * What a model says of a photo, in words.
 *
 * @param classes of the model, as the library calls them now
 * @param classId the photo's label
 * @param learned whether the model learned from this very photo
 */
export function opinionWords(
  { probabilities, novelty }: Pick<Classification, 'probabilities' | 'novelty'>,
  classes: readonly ModelClass[],
  classId: string,
  learned: boolean,
): OpinionWords {
  const index = argMax(probabilities);
  const top = classes[index];
  const says = top ? `Looks like ${aClass(top.name)}` : 'No answer';
  if (novelty > 1) {
    const sentence = 'It is like none of the photos that your model learned from.';
    return { title: 'Not sure', sentence, disagrees: false };
  }
  if (!top || (probabilities[index] ?? 0) < SURE) {
    return { title: 'Not sure', sentence: 'It sees no class clearly.', disagrees: false };
  }
  if (classes.every(({ id }) => id !== classId)) {
    const sentence = 'Your model has not learned the class of this photo yet.';
    return { title: says, sentence, disagrees: false };
  }
  if (top.id !== classId) {
    const sentence = 'It disagrees with the label. Is the label right?';
    return { title: says, sentence, disagrees: true };
  }
  const sentence = learned
    ? 'It agrees with the label, and it learned from this photo.'
    : 'It agrees with the label, and it never learned from this photo.';
  return { title: says, sentence, disagrees: false };
}
