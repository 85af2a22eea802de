import type { ModelClass, ModelRecord } from '../../records/model.ts';
import { smooth } from './smoothing.ts';
import { steadyFrame, type SteadyFrame } from './steady-frame.ts';
import { steadyAnswer, type SteadyAnswer } from './steady-answer.ts';
import type { Classification, HeatMap } from '../../records/classification.ts';

/** The model's answer about a picture. */
export interface LiveAnswer extends SteadyAnswer {
  readonly model: ModelRecord;
  /** The most probable class. */
  readonly top: ModelClass;
  /** The parts of the picture that support the answer, smoothed over time; only on request. */
  readonly heatMap?: HeatMap;
  /** Where the animal is, followed over time; only on request, and if the base can say. */
  readonly frame?: SteadyFrame;
}

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
  const steady = steadyAnswer(before, next, elapsed);
  const top = model.classes[steady.index];
  if (!top) return undefined;
  const heatMap = next.heatMap && smoothMap(before?.heatMap, next.heatMap, elapsed);
  const frame = next.boxes && steadyFrame(before?.frame, next.boxes, elapsed);
  return { ...steady, model, top, ...(heatMap && { heatMap }), ...(frame && { frame }) };
}

/** Smooths only between heat maps of the same class. */
function smoothMap(before: HeatMap | undefined, next: HeatMap, elapsed: number): HeatMap {
  const same = before?.classIndex === next.classIndex ? before.values : undefined;
  return { ...next, values: smooth(same, next.values, elapsed) };
}
