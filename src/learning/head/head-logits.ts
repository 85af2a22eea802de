import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { DenseHead } from './dense-head.ts';

/** Rows of one upload: bounds the memory, whatever the number of photos. */
const ROWS = 64;

/**
 * The head's logits of many photos, `[count, outputs]`, row by row.
 *
 * @param features `[count, featureLength]`
 */
export async function headLogits(
  head: DenseHead,
  features: Float32Array,
  watch: DeviceWatch,
): Promise<Float32Array> {
  const length = head.kernel.shape[0];
  const count = features.length / length;
  const all = new Float32Array(count * head.outputs);
  for (let at = 0; at < count; at += ROWS) {
    const part = features.slice(at * length, (at + ROWS) * length);
    const logits = tf.tidy(() => head.logits(tf.tensor2d(part, [part.length / length, length])));
    try {
      all.set(await watch.read(logits), at * head.outputs);
    } finally {
      logits.dispose();
    }
  }
  return all;
}
