import type { ModelClass, ModelRecord } from '../../records/model.ts';
import { argMax, smooth } from './smoothing.ts';
import type { Classification, HeatMap } from '../../records/classification.ts';

/** The model's answer about a picture. */
export interface LiveAnswer {
  readonly model: ModelRecord;
  /** One per class, in the model's order; 0 to 1, smoothed over time. */
  readonly probabilities: readonly number[];
  /** The most probable class. */
  readonly top: ModelClass;
  /** Probability of the top class, 0 to 1, smoothed over time. */
  readonly topProbability: number;
  /** `Classification.novelty`, smoothed over time. */
  readonly novelty: number;
  /** Unlike all photos of the training set: the picture may show none of the classes. */
  readonly unfamiliar: boolean;
  /** Whether to name the top class: the picture is familiar, and the probability high enough. */
  readonly sure: boolean;
  /** The parts of the picture that support the answer, smoothed over time; only on request. */
  readonly heatMap?: HeatMap;
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
 * @returns undefined if the classification does not match the model's classes
 */
export function liveAnswer(
  model: ModelRecord,
  before: LiveAnswer | undefined,
  next: Classification,
  elapsed: number,
): LiveAnswer | undefined {
  const probabilities = smooth(before?.probabilities, next.probabilities, elapsed);
  const [novelty = 0] = smooth(before && [before.novelty], [next.novelty], elapsed);
  const index = argMax(probabilities);
  const top = model.classes[index];
  const topProbability = probabilities[index];
  if (!top || topProbability === undefined) return undefined;
  const unfamiliar = novelty > (before?.unfamiliar ? FAMILIAR_AGAIN : UNFAMILIAR);
  const isNamed = before?.sure === true && before.top.id === top.id;
  const sure = topProbability >= (isNamed ? STILL_SURE : SURE) && !unfamiliar;
  const heatMap = next.heatMap && smoothMap(before?.heatMap, next.heatMap, elapsed);
  return {
    ...{ model, probabilities, top, topProbability, novelty, unfamiliar, sure },
    ...(heatMap && { heatMap }),
  };
}

/** Smooths only between heat maps of the same class. */
function smoothMap(before: HeatMap | undefined, next: HeatMap, elapsed: number): HeatMap {
  const same = before?.classIndex === next.classIndex ? before.values : undefined;
  return { ...next, values: smooth(same, next.values, elapsed) };
}
