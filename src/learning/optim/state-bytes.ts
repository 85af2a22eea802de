import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';

/** The numbers of some variables one behind the other, float32. */
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
 * Puts packed numbers back.
 *
 * @throws RangeError when they are not as many as the variables hold
 */
export function unpackState(variables: readonly tf.Variable[], packed: Float32Array): void {
  const size = variables.reduce((sum, variable) => sum + variable.size, 0);
  if (size !== packed.length) throw new RangeError(`${packed.length} numbers for ${size}`);
  let at = 0;
  for (const variable of variables) {
    // A copy: the cpu backend works on the array that it is given.
    const values = packed.slice(at, at + variable.size);
    tf.tidy(() => {
      variable.assign(tf.tensor(values, variable.shape));
    });
    at += variable.size;
  }
}

/** Whether every number is one. */
export function allFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
