import { Problem } from '../problem.ts';
import { sha256 } from '../sha256.ts';
import { announce } from '../storage/changes.ts';
import { read, write } from '../storage/database.ts';
import { getSetting } from '../storage/settings.ts';
import type { ModelRecord, WeightSpec } from './record.ts';

/** A trained model that is not stored yet. */
export type NewModel = Omit<ModelRecord, 'id' | 'name' | 'createdAt' | 'sha256'>;

/**
 * Stores a model, its weights and the choice of it as the active one in one strict transaction.
 *
 * @param weights every weight behind the other, float32, as `model.weights` lists them
 */
export async function saveModel(model: NewModel, weights: ArrayBuffer): Promise<ModelRecord> {
  if (weights.byteLength !== weightBytes(model.weights)) {
    throw new RangeError(`${weights.byteLength} bytes of weights do not fit their shapes`);
  }
  const hash = await sha256(weights);
  const record = await write(
    ['models', 'modelWeights', 'settings'],
    async (transaction): Promise<ModelRecord> => {
      const models = transaction.objectStore('models');
      const record: ModelRecord = {
        ...model,
        id: crypto.randomUUID(),
        name: `Model ${(await models.count()) + 1}`,
        createdAt: Date.now(),
        sha256: hash,
      };
      await Promise.all([
        models.add(record),
        transaction.objectStore('modelWeights').add({ modelId: record.id, bytes: weights }),
        transaction.objectStore('settings').put(record.id, 'activeModelId'),
      ]);
      return record;
    },
  );
  announce('models');
  return record;
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
  if (id === undefined) return undefined;
  return read(['models'], (transaction) => transaction.objectStore('models').get(id));
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
    throw new Problem(
      'damaged',
      `${model.name} is damaged and is not used. Your photos are safe: train again.`,
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

function weightBytes(weights: readonly WeightSpec[]): number {
  const numbers = weights.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  return 4 * numbers.reduce((a, b) => a + b, 0);
}
