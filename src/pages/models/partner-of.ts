import { headOf } from '../../models/answering-model.ts';
import type { ModelRecord } from '../../records/model.ts';

/**
 * The model that another one is compared with by default: the newest model that is older and from
 * another training, or else the newest of the other models.
 *
 * @param models all models, newest first
 */
export function partnerOf(
  model: ModelRecord,
  models: readonly ModelRecord[],
): ModelRecord | undefined {
  const others = models.filter(({ id }) => id !== model.id);
  const older = others.find(
    ({ id, createdAt }) => createdAt < model.createdAt && id !== headOf(model),
  );
  return older ?? others[0];
}
