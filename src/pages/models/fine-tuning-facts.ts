import { headOf } from '../../models/answering-model.ts';
import type { FineTuningResult, ModelRecord } from '../../records/model.ts';

/** A fine-tuning, and the models on both sides of it. */
export interface FineTunedPair {
  readonly result: FineTuningResult;
  /** Absent when it was deleted. */
  readonly head: ModelRecord | undefined;
  /** Absent when it was deleted, or when the fine-tuning was no gain and nothing was stored of it. */
  readonly tuned: ModelRecord | undefined;
}

/**
 * The fine-tuning that made a model or followed it; undefined where there was none.
 *
 * @param models every stored one
 */
export function fineTunedPair(
  model: ModelRecord,
  models: readonly ModelRecord[],
): FineTunedPair | undefined {
  const tuned = [model, ...models].find(
    (each) => headOf(each) !== undefined && (each.id === model.id || headOf(each) === model.id),
  );
  const result = tuned?.fineTuning ?? model.fineTuning;
  if (!result) return undefined;
  const head = [model, ...models].find(({ id }) => id === result.headModelId);
  return { result, head, tuned };
}
