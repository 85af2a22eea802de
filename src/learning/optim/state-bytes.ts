import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';

/**
 * Reads some variables into one array: their values in row-major order, concatenated.
 *
 * @returns as many numbers as the variables have together
 * @throws Problem `gpu` when the device has failed or does not answer in time
 */
export async function packState(
  variables: readonly tf.Tensor[],
  watch: DeviceWatch,
): Promise<Float32Array<ArrayBuffer>> {
  const all = await Promise.all(variables.map((variable) => watch.read(variable)));
  const packed = new Float32Array(all.reduce((sum, values) => sum + values.length, 0));
  let at = 0;
  for (const values of all) {
    packed.set(values, at);
    at += values.length;
  }
  return packed;
}

/**
 * Writes packed values back into the variables.
 *
 * @param variables in the order and the shapes of those that were packed
 * @param packed as `packState` returns it
 * @throws RangeError if the number of values differs from the size of the variables
 */
export function unpackState(variables: readonly tf.Variable[], packed: Float32Array): void {
  const size = variables.reduce((sum, variable) => sum + variable.size, 0);
  if (size !== packed.length) throw new RangeError(`${packed.length} numbers for ${size}`);
  let at = 0;
  for (const variable of variables) {
    // A copy, because the cpu backend uses the array it receives without copying it.
    const values = packed.slice(at, at + variable.size);
    tf.tidy(() => {
      variable.assign(tf.tensor(values, variable.shape));
    });
    at += variable.size;
  }
}
