import type { WeightSpec } from '../../records/model.ts';

/** A weight of a model and what is stored of it. */
export interface StoredWeight {
  readonly spec: WeightSpec;
  readonly values: Float32Array;
}

export function storedWeight(
  name: string,
  shape: readonly number[],
  values: Float32Array,
): StoredWeight {
  return { spec: { name, shape, dtype: 'float32' }, values };
}

/** The weights one behind the other, as a model keeps them. */
export function joinWeights(weights: readonly StoredWeight[]): ArrayBuffer {
  const values = new Float32Array(weights.reduce((sum, weight) => sum + weight.values.length, 0));
  let at = 0;
  for (const weight of weights) {
    values.set(weight.values, at);
    at += weight.values.length;
  }
  return values.buffer;
}
