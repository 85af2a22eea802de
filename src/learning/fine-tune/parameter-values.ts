import * as tf from '@tensorflow/tfjs-core';

/**
 * Whether no weight has become NaN or infinite. The loss does not tell: the wasm backend's fused
 * ReLU6 makes a number of NaN.
 */
export async function areFinite(variables: readonly tf.Variable[]): Promise<boolean> {
  const sums = tf.tidy(() => tf.stack(variables.map((variable) => tf.sum(variable))));
  const values = await sums.data();
  sums.dispose();
  return values.every(Number.isFinite);
}

/** The weights as they are: `assign` gives a variable other data and leaves these alone. */
export function snapshot(variables: readonly tf.Variable[]): tf.Tensor[] {
  return variables.map((variable) => tf.clone(variable));
}
