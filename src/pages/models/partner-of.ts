import { headOf } from '../../models/answering-model.ts';
import type { ModelRecord } from '../../records/model.ts';

/**
 * The model that one is compared with unless told: the newest that is older and of another training,
 * else the newest of the others.
 *
 * @param models every one, newest first
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
