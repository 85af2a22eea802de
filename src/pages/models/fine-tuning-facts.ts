import { headOf } from '../../models/answering-model.ts';
import type { FineTuningResult, ModelRecord } from '../../records/model.ts';

/** The result of a fine-tuning with the head model before it and the fine-tuned model after it. */
export interface FineTunedPair {
  readonly result: FineTuningResult;
  /** Undefined if it was deleted. */
  readonly head: ModelRecord | undefined;
  /**
   * Undefined if it was deleted, or if it was not stored because it was not better than the head.
   */
  readonly tuned: ModelRecord | undefined;
}

/**
 * The fine-tuning that produced a model or that followed its training; undefined if there was none.
 *
 * @param models all stored models
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
