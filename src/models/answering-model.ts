import type { ModelRecord } from '../records/model.ts';

/**
 * The model that answers: the active one; where that was trained on another base or input size, the
 * newest that was trained on this one.
 *
 * @param models every one, newest first
 * @param space of the features that the base gives; undefined while it is not known
 */
export function answeringModel(
  active: ModelRecord | undefined,
  models: readonly ModelRecord[],
  space: string | undefined,
): ModelRecord | undefined {
  if (!active || space === undefined || active.base.featureSpaceId === space) return active;
  return newestOn(space, models);
}

/**
 * Whether an earlier model was chosen over the newest of its base. The head of the newest fine-tuned
 * model is no earlier one: both came of one training.
 *
 * @param models every one, newest first
 */
export function isEarlierChoice(chosen: ModelRecord, models: readonly ModelRecord[]): boolean {
  const newest = newestOn(chosen.base.featureSpaceId, models);
  return newest !== undefined && newest.id !== chosen.id && headOf(newest) !== chosen.id;
}

/** The model with the head alone that a fine-tuned one was made from. */
export function headOf({ id, fineTuning }: ModelRecord): string | undefined {
  return fineTuning?.headModelId === id ? undefined : fineTuning?.headModelId;
}

function newestOn(space: string, models: readonly ModelRecord[]): ModelRecord | undefined {
  return models.find(({ base }) => base.featureSpaceId === space);
}
