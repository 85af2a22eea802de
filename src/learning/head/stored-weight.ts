import type { WeightSpec } from '../../records/model.ts';

/** A weight of a model with its values, ready to be stored. */
export interface StoredWeight {
  readonly spec: WeightSpec;
  /** Row-major, as many as `spec.shape` has elements. */
  readonly values: Float32Array;
}

/**
 * Makes a stored weight.
 *
 * @param name Keras's name, such as `dense/kernel`
 */
export function storedWeight(
  name: string,
  shape: readonly number[],
  values: Float32Array,
): StoredWeight {
  return { spec: { name, shape, dtype: 'float32' }, values };
}

/** Concatenates the values of the weights, as a model stores them: float32, in the order given. */
export function joinWeights(weights: readonly StoredWeight[]): ArrayBuffer {
  const values = new Float32Array(weights.reduce((sum, weight) => sum + weight.values.length, 0));
  let at = 0;
  for (const weight of weights) {
    values.set(weight.values, at);
    at += weight.values.length;
  }
  return values.buffer;
}
