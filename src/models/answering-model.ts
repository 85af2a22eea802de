import type { ModelRecord } from '../records/model.ts';

/**
 * The model that classifies: the active one, or, if that was trained in another feature space
 * (another base or input size), the newest model of this feature space.
 *
 * @param models all models, newest first
 * @param featureSpaceId of the current base; undefined while it is not known
 */
export function answeringModel(
  active: ModelRecord | undefined,
  models: readonly ModelRecord[],
  featureSpaceId: string | undefined,
): ModelRecord | undefined {
  if (!active || featureSpaceId === undefined) return active;
  if (active.base.featureSpaceId === featureSpaceId) return active;
  return newestIn(featureSpaceId, models);
}

/**
 * Whether the person chose a model that is older than the newest one of its feature space. A newer
 * model with an objection does not count: the person did not choose against it. Nor does the newest
 * fine-tuned model count against its own head model: one training made both. A model whose date is in
 * the future, from a phone whose clock was wrong, is neither newer nor older than another.
 *
 * @param models all models, newest first
 */
export function isEarlierChoice(chosen: ModelRecord, models: readonly ModelRecord[]): boolean {
  if (isFromFuture(chosen)) return false;
  const newest = newestIn(chosen.base.featureSpaceId, models);
  return newest !== undefined && newest.id !== chosen.id && headOf(newest) !== chosen.id;
}

/** The id of the head model that a fine-tuned model was made from; undefined for other models. */
export function headOf({
  id,
  fineTuning,
}: Pick<ModelRecord, 'id' | 'fineTuning'>): string | undefined {
  return fineTuning?.headModelId === id ? undefined : fineTuning?.headModelId;
}

/**
 * The newest model of a feature space; one with an objection only if there is no other.
 *
 * @param models all models, newest first
 */
export function newestIn(
  featureSpaceId: string,
  models: readonly ModelRecord[],
): ModelRecord | undefined {
  const own = models.filter(({ base }) => base.featureSpaceId === featureSpaceId);
  return newestOf(own.filter(({ objection }) => !objection)) ?? newestOf(own);
}

/**
 * The newest of some models; one whose date is in the future only if there is no other.
 *
 * @param models newest first
 */
export function newestOf(models: readonly ModelRecord[]): ModelRecord | undefined {
  return models.find((model) => !isFromFuture(model)) ?? models[0];
}

function isFromFuture({ createdAt }: ModelRecord): boolean {
  return createdAt > Date.now();
}
