import type { ModelClass, ModelRecord } from '../../records/model.ts';
import { argMax, smooth } from './smoothing.ts';
import type { Classification, HeatMap } from '../../records/classification.ts';

/** What the model says of a picture. */
export interface LiveAnswer {
  readonly model: ModelRecord;
  /** Smoothed over time, in the order of the model's classes. */
  readonly probabilities: readonly number[];
  /** The most probable class. */
  readonly top: ModelClass;
  readonly topProbability: number;
  /** As Classification.novelty, smoothed over time. */
  readonly novelty: number;
  /** Like none of the photos that were learned from: it may be of no class. */
  readonly unfamiliar: boolean;
  /** Whether the top class may be named: it is familiar, and likely enough. */
  readonly sure: boolean;
  /** What in the picture speaks for the answer, smoothed over time; only where it is asked for. */
  readonly heatMap?: HeatMap;
}

/** The top class is named from this probability on; below it the words are "Not sure". */
export const SURE = 0.6;

/** Once named it stays named down to this: an answer that hovers about SURE must not flicker. */
const STILL_SURE = 0.55;

/** Above this novelty a picture is unfamiliar, and until it is below the other. */
const UNFAMILIAR = 1;
const FAMILIAR_AGAIN = 0.95;

/**
 * The answer after one more classification.
 *
 * @param before of the same scene; undefined starts anew
 * @param elapsed milliseconds since then
 * @returns undefined where the classification is not one of this model's
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

/** Only maps that speak for the same class flow into each other. */
function smoothMap(before: HeatMap | undefined, next: HeatMap, elapsed: number): HeatMap {
  const same = before?.classIndex === next.classIndex ? before.values : undefined;
  return { ...next, values: smooth(same, next.values, elapsed) };
}
