import type { EpochMetrics, FineTuningResult, ModelRecord } from '../../models/record.ts';

/** A fine-tuning, and the models on both sides of it. */
export interface FineTunedPair {
  readonly result: FineTuningResult;
  /** Absent when it was deleted. */
  readonly head: ModelRecord | undefined;
  /** Absent when the fine-tuning was no gain, and nothing was stored of it. */
  readonly tuned: ModelRecord | undefined;
  /** Whether the fine-tuned one is in use. */
  readonly usesTuned: boolean;
}

/**
 * The fine-tuning that made the active model or followed it; undefined where there was none.
 *
 * @param models every stored one, newest first
 */
export function fineTunedPair(
  active: ModelRecord,
  models: readonly ModelRecord[],
): FineTunedPair | undefined {
  const tuned = [active, ...models].find(
    ({ id, fineTuning }) =>
      fineTuning?.kept === true && (id === active.id || fineTuning.headModelId === active.id),
  );
  const result = tuned?.fineTuning ?? active.fineTuning;
  if (!result) return undefined;
  const head = [active, ...models].find(({ id }) => id === result.headModelId);
  return { result, head, tuned, usesTuned: tuned?.id === active.id };
}

/** The epochs of the head and, behind them, those of the fine-tuning that belongs to the model. */
export function wholeHistory({
  history,
  fineTuning,
}: Pick<ModelRecord, 'history' | 'fineTuning'>): readonly EpochMetrics[] {
  const tuning = fineTuning?.history ?? [];
  return [
    ...history,
    ...tuning.map((metrics) => ({ ...metrics, epoch: history.length + metrics.epoch })),
  ];
}
