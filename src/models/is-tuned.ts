import type { ModelRecord } from '../records/model.ts';

/** Whether the model has fine-tuned layers of its own. */
export function isTuned({ id, fineTuning }: Pick<ModelRecord, 'id' | 'fineTuning'>): boolean {
  return fineTuning?.kept === true && fineTuning.headModelId !== id;
}
