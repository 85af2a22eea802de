import { msg, str } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { announce } from '../storage/changes.ts';
import { write } from '../storage/database.ts';
import { newestIn, newestOf } from './answering-model.ts';
import { parseModelName } from './model-name.ts';
import { wasBefore } from '../platform/undo-time.ts';
import type { ModelRecord } from '../records/model.ts';
import { isSameName } from '../platform/name.ts';

/**
 * Gives a model another name.
 *
 * @throws Problem of a NameProblemKind, `name-taken`, or `no-model`
 */
export async function renameModel(modelId: string, typed: string): Promise<void> {
  const name = parseModelName(typed);
  await write(['models'], async (transaction) => {
    const models = await transaction.objectStore('models').getAll();
    const model = models.find(({ id }) => id === modelId);
    if (!model) throw gone();
    const same = models.find((other) => other.id !== modelId && isSameName(other.name, name));
    if (same) throw taken(same);
    await transaction.objectStore('models').put({ ...model, name });
  });
  announce('models');
}

/** The effects of a deletion. */
export interface Deletion {
  readonly model: ModelRecord;
  readonly wasActive: boolean;
  /** The new active model, if `wasActive`; undefined if it was the last model. */
  readonly successor: ModelRecord | undefined;
}

/**
 * Deletes a model. If it was active, the same transaction activates another one: the newest of the
 * same feature space, or else the newest of all. `restoreModel` undoes both until the model is
 * purged.
 *
 * @throws Problem `no-model`
 */
export async function deleteModel(modelId: string): Promise<Deletion> {
  const deletion = await write(
    ['models', 'deletedModels', 'settings'],
    async (transaction): Promise<Deletion> => {
      const models = transaction.objectStore('models');
      const settings = transaction.objectStore('settings');
      const model = await models.get(modelId);
      if (!model) throw gone();
      await models.delete(modelId);
      const wasActive = (await settings.get('activeModelId')) === modelId;
      const left = (await models.index('byCreated').getAll()).reverse();
      const successor = wasActive
        ? (newestIn(model.base.featureSpaceId, left) ?? newestOf(left))
        : undefined;
      await transaction.objectStore('deletedModels').put({
        model,
        deletedAt: Date.now(),
        ...(wasActive && { wasActive: { successorId: successor?.id } }),
      });
      if (successor) await settings.put(successor.id, 'activeModelId');
      else if (wasActive) await settings.delete('activeModelId');
      return { model, wasActive, successor };
    },
  );
  announce('models');
  return deletion;
}

/**
 * Undoes `deleteModel`. If the model was active, it becomes active again, unless another model has
 * been trained or chosen since.
 *
 * @throws Problem `gone` if the model was purged
 */
export async function restoreModel(modelId: string): Promise<void> {
  await write(['models', 'deletedModels', 'settings'], async (transaction) => {
    const deletedModels = transaction.objectStore('deletedModels');
    const settings = transaction.objectStore('settings');
    const models = transaction.objectStore('models');
    const deleted = await deletedModels.get(modelId);
    // It was restored already, or a backup has brought it back.
    if (!deleted && (await models.get(modelId))) return;
    if (!deleted) throw new Problem('gone', msg('It is too late to bring this model back.'));
    await models.put(deleted.model);
    await deletedModels.delete(modelId);
    const { wasActive } = deleted;
    if (wasActive && (await settings.get('activeModelId')) === wasActive.successorId) {
      await settings.put(modelId, 'activeModelId');
    }
  });
  announce('models');
}

/** Deletes the weights of models that were deleted before `time`, in ms since the epoch. */
export async function purgeDeletedModels(time: number): Promise<void> {
  await write(['deletedModels', 'modelWeights'], async (transaction) => {
    const deletedModels = transaction.objectStore('deletedModels');
    for (const { model, deletedAt } of await deletedModels.getAll()) {
      if (!wasBefore(deletedAt, time)) continue;
      await deletedModels.delete(model.id);
      await transaction.objectStore('modelWeights').delete(model.id);
    }
  });
}

function taken({ name }: ModelRecord): Problem {
  return new Problem('name-taken', msg(str`There is a model called ${name} already.`));
}

function gone(): Problem {
  return new Problem('no-model', msg('That model is no longer there.'));
}
