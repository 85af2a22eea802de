import * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { DenseHead } from './dense-head.ts';

/** Rows per upload: limits the backend's memory for any number of photos. */
const BATCH_ROWS = 64;

/**
 * Computes the head's logits for many photos.
 *
 * @param features `[count, featureLength]`, row-major
 * @param prior added to the logits, `[count, outputs]`; nothing by default
 * @returns `[count, outputs]`, row-major
 * @throws Problem `gpu`
 */
export async function headLogits(
  head: DenseHead,
  features: Float32Array,
  watch: DeviceWatch,
  prior?: Float32Array,
): Promise<Float32Array> {
  const length = head.kernel.shape[0];
  const count = features.length / length;
  const all = new Float32Array(count * head.outputs);
  for (let at = 0; at < count; at += BATCH_ROWS) {
    const batch = features.slice(at * length, (at + BATCH_ROWS) * length);
    const logits = tf.tidy(() => head.logits(tf.tensor2d(batch, [batch.length / length, length])));
    try {
      all.set(await watch.read(logits), at * head.outputs);
    } finally {
      logits.dispose();
    }
  }
  if (prior) for (let i = 0; i < all.length; i++) all[i]! += prior[i]!;
  return all;
}
