import { msg, str } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { sha256 } from '../platform/sha256.ts';
import { announce } from '../storage/changes.ts';
import { read, write } from '../storage/database.ts';
import { getSetting } from '../storage/settings.ts';
import { clearCheckpoints, putCheckpoint } from '../storage/checkpoints.ts';
import { answeringModel } from './answering-model.ts';
import { objectionTo, withoutObjection } from './objection.ts';
import { nextModelName } from './model-name.ts';
import type { FineTuningResult, ModelRecord, WeightSpec } from '../records/model.ts';
import type { NewCheckpoint } from '../records/checkpoint.ts';

/** A trained model that is not stored yet. */
export interface NewModel extends Omit<ModelRecord, 'name' | 'createdAt' | 'sha256' | 'objection'> {
  /** `nextModelName` by default. */
  readonly name?: string;
}

/**
 * Stores a model with its weights, makes it the active model, and stores the checkpoint of the
 * training that continues with it, all in one transaction with strict durability. If there is an
 * objection to it, the model that answered before becomes or stays the active one, and the record
 * says why. A model of the same id is replaced; it keeps its name and its creation time.
 *
 * @param weights all weights concatenated, float32, in the order of `model.weights`
 * @param next the checkpoint; undefined if the training is complete, so that checkpoints are
 *   deleted
 * @throws RangeError if the weights do not have the size of their shapes, or Problem of a
 *   StorageProblemKind
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
      const settings = transaction.objectStore('settings');
      const stored = (await models.index('byCreated').getAll()).reverse();
      const before = stored.find(({ id }) => id === model.id);
      const deleted = await transaction.objectStore('deletedModels').getAll();
      const names = [...stored, ...deleted.map((each) => each.model)].map(({ name }) => name);
      const activeId = await settings.get('activeModelId');
      const active = stored.find(({ id }) => id === activeId);
      const inUse = answeringModel(active, stored, model.base.featureSpaceId);
      const objection = inUse && inUse.id !== model.id ? objectionTo(model, inUse) : undefined;
      const record: ModelRecord = {
        ...model,
        ...(objection && { objection }),
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
        settings.put(objection ? inUse!.id : record.id, 'activeModelId'),
      ]);
      return record;
    },
  );
  announce('models');
  return record;
}

/**
 * Stores the result of a fine-tuning that did not improve the model, in the record of the head
 * model that it started from, and deletes the checkpoints of the training.
 *
 * @throws Problem `no-model` if the model was deleted
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
 * Stores a model of a backup unchanged, in one transaction. The active model stays the same.
 *
 * @param weights as `loadWeights` returns them
 */
export async function putModel(model: ModelRecord, weights: ArrayBuffer): Promise<void> {
  await write(['models', 'deletedModels', 'modelWeights'], async (transaction) => {
    await Promise.all([
      transaction.objectStore('models').add(model),
      // Otherwise the purge of the deleted model would delete these weights.
      transaction.objectStore('deletedModels').delete(model.id),
      transaction.objectStore('modelWeights').put({ modelId: model.id, bytes: weights }),
    ]);
  });
  announce('models');
}

/**
 * Makes a stored model the active one, whatever the objection to it.
 *
 * @throws Problem `no-model` if it was deleted
 */
export async function useModel(modelId: string): Promise<void> {
  await write(['models', 'settings'], async (transaction) => {
    const models = transaction.objectStore('models');
    const model = await models.get(modelId);
    if (!model) throw new Problem('no-model', msg('That model is no longer there.'));
    if (model.objection) await models.put(withoutObjection(model));
    await transaction.objectStore('settings').put(modelId, 'activeModelId');
  });
  announce('models');
}

/** The stored model of that id; undefined if there is none. */
export async function getModel(modelId: string): Promise<ModelRecord | undefined> {
  return read(['models'], (transaction) => transaction.objectStore('models').get(modelId));
}

/** All models, newest first. */
export async function listModels(): Promise<ModelRecord[]> {
  const models = await read(['models'], (transaction) =>
    transaction.objectStore('models').index('byCreated').getAll(),
  );
  return models.reverse();
}

/** The model that the live view uses; undefined before the first training. */
export async function activeModel(): Promise<ModelRecord | undefined> {
  const id = await getSetting('activeModelId');
  return id === undefined ? undefined : getModel(id);
}

/**
 * The verified weights of a model: float32 values, concatenated in the order of `model.weights`.
 *
 * @throws Problem `damaged` if they are missing, or their length or their SHA-256 is wrong
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
 * @param weights all weights of the model, as `loadWeights` returns them
 * @returns a copy; undefined if the model has no weight of that name
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

/** The size of these weights in bytes, as float32. */
export function weightBytes(weights: readonly WeightSpec[]): number {
  const numbers = weights.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  return 4 * numbers.reduce((a, b) => a + b, 0);
}
