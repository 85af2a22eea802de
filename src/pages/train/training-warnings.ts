import { msg, str } from '../../i18n/msg.ts';
import { ENOUGH_PHOTOS } from '../../photos/class-counts.ts';
import { anyOf, wholeNumber } from '../../ui/phrases.ts';
import type { TrainingSet } from './training-set.ts';

/** A warning is shown if one class has more than this many times the training photos of another. */
const MAX_IMBALANCE = 2;

/**
 * Warnings about a trainable set, as sentences that tell what to do: no validation or test photos,
 * no test photos of a class, and classes of very different sizes.
 *
 * @param balanced whether class weights are on
 */
export function trainingWarnings({ classes, counts }: TrainingSet, balanced: boolean): string[] {
  const warnings: string[] = [];
  if (counts.validation === 0 && counts.test === 0) {
    warnings.push(
      msg(
        'All of your photos are to learn from, so nothing will tell how well it learned. About three of ten photos are kept aside for that: take about ten of each kind.',
      ),
    );
  } else if (counts.test === 0) {
    warnings.push(
      msg(
        'No photo is kept aside to test with, so nobody will know how often it is right. About every seventh photo is: take a few more.',
      ),
    );
  } else if (counts.validation === 0) {
    warnings.push(
      msg(
        'No photo is kept aside to check with, so nothing will tell when it learns by heart. About every seventh photo is: take a few more.',
      ),
    );
  }
  const untested = classes.filter(({ test }) => test === 0).map(({ name }) => name);
  if (counts.test > 0 && untested.length > 0) {
    const names = anyOf(untested);
    warnings.push(
      msg(
        str`No photo to test with yet of: ${names}. The result will say nothing of them. Take a few more.`,
        { desc: '“Cat” or “Cat or Dog”' },
      ),
    );
  }
  const unequal = imbalance(classes);
  if (unequal) warnings.push(imbalanceSentence(unequal, balanced));
  return warnings;
}

/** What is missing for the first training, and what to do. */
export function missingSentence(classes: TrainingSet['classes']): string {
  // All photos of a class can be in the validation and test splits.
  const untrainable = classes.find(({ photos, training }) => photos > 0 && training === 0);
  if (untrainable) {
    const { name } = untrainable;
    return msg(
      str`All photos of “${name}” so far are kept aside to check the result. Take a few more to learn from.`,
    );
  }
  const empty = classes.filter(({ photos }) => photos === 0).map(({ name }) => name);
  if (empty.length > 0 && empty.length < classes.length) {
    const names = anyOf(empty);
    return msg(
      str`No photo yet of: ${names}. To tell them apart, your phone has to see each kind: about ${ENOUGH_PHOTOS} of each make a good start.`,
      { desc: '“Cat” or “Cat or Dog”' },
    );
  }
  return msg(
    str`Your phone learns from examples. About ${ENOUGH_PHOTOS} of each kind make a good start.`,
  );
}

interface Imbalance {
  readonly most: string;
  readonly fewest: string;
  readonly times: number;
}

/** The classes with the most and the fewest training photos, if their ratio is too large. */
function imbalance(classes: TrainingSet['classes']): Imbalance | undefined {
  const sorted = [...classes].sort((a, b) => a.training - b.training);
  const [fewest, most] = [sorted[0], sorted.at(-1)];
  if (!fewest || !most || fewest.training === 0) return undefined;
  const times = most.training / fewest.training;
  return times > MAX_IMBALANCE ? { most: most.name, fewest: fewest.name, times } : undefined;
}

function imbalanceSentence(unequal: Imbalance, balanced: boolean): string {
  const { most: many, fewest: few } = unequal;
  const times = wholeNumber(unequal.times);
  return balanced
    ? msg(
        str`“${many}” has ${times} times as many photos to learn from as “${few}”. Class weights make up for some of it; more photos of “${few}” do better.`,
      )
    : msg(
        str`“${many}” has ${times} times as many photos to learn from as “${few}”: it may say “${many}” too often. Take more photos of “${few}”, or turn on class weights under Options, Expert.`,
      );
}
