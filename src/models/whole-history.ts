import type { EpochMetrics, ModelRecord } from '../records/model.ts';

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
