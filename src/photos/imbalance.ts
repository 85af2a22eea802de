import type { CountedClass } from './training-set.ts';

/** From more than this ratio of training photos on, a head is biased towards the larger class. */
const MAX_RATIO = 2;

/** Two classes of very different sizes. */
export interface Imbalance {
  readonly most: CountedClass;
  readonly least: CountedClass;
  /** Training photos of `most` divided by those of `least`, above MAX_RATIO. */
  readonly ratio: number;
}

/**
 * The classes with the most and the fewest training photos, if their ratio is above MAX_RATIO.
 *
 * @param learned classes that have training photos; see `TrainingSet`
 */
export function imbalanceOf(learned: readonly CountedClass[]): Imbalance | undefined {
  const sorted = [...learned].sort((a, b) => a.training - b.training);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most) return undefined;
  const ratio = most.training / least.training;
  return ratio > MAX_RATIO ? { most, least, ratio } : undefined;
}
