import { msg, str } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { sha256 } from '../platform/sha256.ts';
import { announce } from '../storage/changes.ts';
import { read, write } from '../storage/database.ts';
import { getSetting } from '../storage/settings.ts';
import { clearCheckpoints, putCheckpoint } from '../storage/checkpoints.ts';
import { nextModelName } from './model-name.ts';
import type { FineTuningResult, ModelRecord, WeightSpec } from '../records/model.ts';
import type { NewCheckpoint } from '../records/checkpoint.ts';

/** A trained model that is not stored yet. */
export interface NewModel extends Omit<ModelRecord, 'name' | 'createdAt' | 'sha256'> {
  /** The next number unless told. */
  readonly name?: string;
}

/**
 * Stores a model, its weights, the choice of it as the active one, and what is left to do of its
 * training, in one strict transaction.
 *
 * @param weights every weight behind the other, float32, as `model.weights` lists them
 * @param next where its training goes on; without it, the training is over and its checkpoints go
 */
export async function saveModel(
  model: NewModel,
  weights: ArrayBuffer,
  next?: NewCheckpoint,
): Promise<ModelRecord> {
  if (weights.byteLength !== weightBytes(model.weights)) {
    throw new RangeError(`${weights.byteLength} bytes of weights do not fit their shapes`);
  }
  const hash = await sha256(weights);
  const rows = next && {
    checkpoint: next,
    bytes: new ArrayBuffer(0),
    sha256: await sha256(new ArrayBuffer(0)),
  };
  const record = await write(
    ['models', 'deletedModels', 'modelWeights', 'settings', 'checkpoints', 'trainingStates'],
    async (transaction): Promise<ModelRecord> => {
      const models = transaction.objectStore('models');
      const before = await models.get(model.id);
      const deleted = await transaction.objectStore('deletedModels').getAll();
      const names = [...(await models.getAll()), ...deleted.map((each) => each.model)].map(
        ({ name }) => name,
      );
      const record: ModelRecord = {
        ...model,
        name: before?.name ?? model.name ?? nextModelName(names),
        createdAt: before?.createdAt ?? Date.now(),
        sha256: hash,
      };
      await clearCheckpoints(transaction);
      if (rows) await putCheckpoint(transaction, rows);
      await Promise.all([
        models.put(record),
        transaction.objectStore('deletedModels').delete(record.id),
        transaction.objectStore('modelWeights').put({ modelId: record.id, bytes: weights }),
        transaction.objectStore('settings').put(record.id, 'activeModelId'),
      ]);
      return record;
    },
  );
  announce('models');
  return record;
}

/**
 * Writes down that a fine-tuning was no gain, beside the model whose head it began with, and ends
 * the training.
 *
 * @throws Problem `no-model` when the model was deleted meanwhile
 */
export async function saveFineTuningResult(
  modelId: string,
  fineTuning: FineTuningResult,
): Promise<ModelRecord> {
  const record = await write(
    ['models', 'checkpoints', 'trainingStates'],
    async (transaction): Promise<ModelRecord> => {
      const models = transaction.objectStore('models');
      const model = await models.get(modelId);
      if (!model)
        throw new Problem('no-model', msg('The model was deleted while it was fine-tuned.'));
      const record = { ...model, fineTuning };
      await models.put(record);
      await clearCheckpoints(transaction);
      return record;
    },
  );
  announce('models');
  return record;
}

/**
 * Stores a model as it is, from a backup, in one transaction; which one is active does not change.
 *
 * @param weights as `loadWeights` gives them
 */
export async function putModel(model: ModelRecord, weights: ArrayBuffer): Promise<void> {
  await write(['models', 'deletedModels', 'modelWeights'], async (transaction) => {
    await Promise.all([
      transaction.objectStore('models').add(model),
      // Or its weights would be purged with the one that was deleted.
      transaction.objectStore('deletedModels').delete(model.id),
      transaction.objectStore('modelWeights').put({ modelId: model.id, bytes: weights }),
    ]);
  });
  announce('models');
}

/** Makes a stored model the one that the live view uses. @throws Problem `no-model` */
export async function useModel(modelId: string): Promise<void> {
  await write(['models', 'settings'], async (transaction) => {
    if (!(await transaction.objectStore('models').getKey(modelId))) {
      throw new Problem('no-model', msg('That model is no longer there.'));
    }
    await transaction.objectStore('settings').put(modelId, 'activeModelId');
  });
  announce('models');
}

/** A stored model, or undefined. */
export async function getModel(modelId: string): Promise<ModelRecord | undefined> {
  return read(['models'], (transaction) => transaction.objectStore('models').get(modelId));
}

/** Every model, newest first. */
export async function listModels(): Promise<ModelRecord[]> {
  const models = await read(['models'], (transaction) =>
    transaction.objectStore('models').index('byCreated').getAll(),
  );
  return models.reverse();
}

/** The model that the live view uses, or undefined before the first training. */
export async function activeModel(): Promise<ModelRecord | undefined> {
  const id = await getSetting('activeModelId');
  return id === undefined ? undefined : getModel(id);
}

/**
 * The weights of a model, verified.
 *
 * @throws Problem `damaged` when they are missing, too short or not what was saved
 */
export async function loadWeights(model: ModelRecord): Promise<ArrayBuffer> {
  const stored = await read(['modelWeights'], (transaction) =>
    transaction.objectStore('modelWeights').get(model.id),
  );
  const bytes = stored?.bytes;
  if (bytes?.byteLength !== weightBytes(model.weights) || (await sha256(bytes)) !== model.sha256) {
    const { name } = model;
    throw new Problem(
      'damaged',
      msg(str`${name} is damaged and is not used. Your photos are safe: train again.`),
    );
  }
  return bytes;
}

/**
 * The bytes of one weight.
 *
 * @param weights every weight of the model, as `loadWeights` gives them
 * @returns a copy; undefined when the model has no weight of that name
 */
export function weightOf(
  model: Pick<ModelRecord, 'weights'>,
  weights: ArrayBuffer,
  name: string,
): ArrayBuffer | undefined {
  const index = model.weights.findIndex((weight) => weight.name === name);
  if (index < 0) return undefined;
  const start = weightBytes(model.weights.slice(0, index));
  return weights.slice(start, start + weightBytes(model.weights.slice(index, index + 1)));
}

/** Bytes of all these weights, one behind the other. */
export function weightBytes(weights: readonly WeightSpec[]): number {
  const numbers = weights.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  return 4 * numbers.reduce((a, b) => a + b, 0);
}
