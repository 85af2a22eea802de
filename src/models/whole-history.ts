import type { EpochMetrics, ModelRecord } from '../records/model.ts';

/**
 * The epochs of the head training, followed by those of the fine-tuning, numbered consecutively.
 */
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
