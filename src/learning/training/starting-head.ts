import { getModel, loadWeights, weightOf } from '../../models/repository.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';
import type { ModelClass, ModelRecord } from '../../records/model.ts';
import type { StartingHead } from '../head/train-head.ts';

/**
 * The imported model whose head a training starts from: the newest one with the same features whose
 * classes are all in the training. Its photos are elsewhere, so what it knows is in its head alone.
 *
 * @param models newest first
 */
export function startFor(
  models: readonly ModelRecord[],
  featureSpaceId: string,
  classes: readonly Pick<ModelClass, 'id'>[],
): ModelRecord | undefined {
  const trained = new Set(classes.map(({ id }) => id));
  return models.find(
    (model) =>
      model.imported &&
      model.base.featureSpaceId === featureSpaceId &&
      model.classes.every(({ id }) => trained.has(id)),
  );
}

/**
 * The head that a plan starts from; undefined if it starts from random weights, or the imported model
 * was deleted or is damaged.
 *
 * @param featureLength numbers that the head of the plan reads
 */
export async function startingHead(
  { hyperparameters, classes }: Pick<TrainingPlan, 'hyperparameters' | 'classes'>,
  featureLength: number,
): Promise<StartingHead | undefined> {
  const { startsFrom } = hyperparameters;
  const model = startsFrom === undefined ? undefined : await getModel(startsFrom);
  const bytes = model && (await loadWeights(model).catch(() => undefined));
  if (!model || !bytes) return undefined;
  const kernel = weightOf(model, bytes, 'dense/kernel');
  const bias = weightOf(model, bytes, 'dense/bias');
  if (!kernel || !bias) return undefined;
  // Only one of the two may read further features: they then count nothing at the start.
  const own = new Float32Array((featureLength * bias.byteLength) / 4);
  own.set(new Float32Array(kernel).subarray(0, own.length));
  const from = model.classes.map(({ id }) => id);
  const to = classes.map(({ id }) => id);
  return {
    kernel: forClasses(own, featureLength, from, to),
    bias: forClasses(new Float32Array(bias), 1, from, to),
  };
}

/**
 * Logit weights for other classes: in another order, and zero for a class that is new. A single logit
 * is that of the second class less that of the first.
 *
 * @param weights `[rows, outputs]` for the classes `from`
 * @returns `[rows, outputs]` for the classes `to`
 */
export function forClasses(
  weights: Float32Array,
  rows: number,
  from: readonly string[],
  to: readonly string[],
): Float32Array<ArrayBuffer> {
  const outputs = weights.length / rows;
  const logit = (row: number, id: string) => {
    const index = from.indexOf(id);
    if (index < 0) return 0;
    if (outputs > 1) return weights[row * outputs + index]!;
    return index === 1 ? weights[row]! : 0;
  };
  const single = to.length === 2;
  const result = new Float32Array(rows * (single ? 1 : to.length));
  for (let row = 0; row < rows; row++) {
    if (single) result[row] = logit(row, to[1]!) - logit(row, to[0]!);
    else to.forEach((id, i) => (result[row * to.length + i] = logit(row, id)));
  }
  return result;
}
