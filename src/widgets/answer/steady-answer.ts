import type { Classification } from '../../records/classification.ts';
import { argMax, smooth } from './smoothing.ts';

/** An answer about a scene, steady enough to be read. */
export interface SteadyAnswer {
  /** One per class, in the model's order; 0 to 1, smoothed over time. */
  readonly probabilities: readonly number[];
  /** Index of the most probable class. */
  readonly index: number;
  /** Probability of the top class, 0 to 1, smoothed over time. */
  readonly topProbability: number;
  /** `Classification.novelty`, smoothed over time. */
  readonly novelty: number;
  /** Unlike all photos of the training set: the picture may show none of the classes. */
  readonly unfamiliar: boolean;
  /** Whether to name the top class: the picture is familiar, and the probability high enough. */
  readonly sure: boolean;
}

/** Minimum probability to name the top class; below it the app shows "Not sure". */
export const SURE = 0.6;

/**
 * A named class stays named down to this probability, so that an answer near SURE does not flicker.
 */
const STILL_SURE = 0.55;

/** A picture is unfamiliar above the first novelty, and stays so until it is below the second. */
const UNFAMILIAR = 1;
const FAMILIAR_AGAIN = 0.95;

/**
 * Combines the previous answer with a new classification.
 *
 * @param before the previous answer about the same scene; undefined to start without smoothing
 * @param elapsed milliseconds since the previous answer
 */
export function steadyAnswer(
  before: SteadyAnswer | undefined,
  next: Pick<Classification, 'probabilities' | 'novelty'>,
  elapsed: number,
): SteadyAnswer {
  const probabilities = smooth(before?.probabilities, next.probabilities, elapsed);
  const [novelty = 0] = smooth(before && [before.novelty], [next.novelty], elapsed);
  const index = argMax(probabilities);
  const topProbability = probabilities[index] ?? 0;
  const unfamiliar = novelty > (before?.unfamiliar ? FAMILIAR_AGAIN : UNFAMILIAR);
  const isNamed = before?.sure === true && before.index === index;
  const sure = topProbability >= (isNamed ? STILL_SURE : SURE) && !unfamiliar;
  return { probabilities, index, topProbability, novelty, unfamiliar, sure };
}
