import * as tf from '@tensorflow/tfjs-core';
import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';

/**
 * Keras's GlobalAveragePooling2D: the mean over the spatial dimensions of a feature map.
 *
 * @param output `[batch, h, w, channels]`; pooled features, `[batch, channels]`, are returned
 *   unchanged
 * @returns `[batch, channels]`
 * @throws Problem `base` for a tensor of another rank
 */
export function pool(output: tf.Tensor): tf.Tensor2D {
  if (output.rank === 2) return output as tf.Tensor2D;
  if (output.rank === 4) return tf.mean<tf.Tensor2D>(output, [1, 2]);
  const { rank } = output;
  throw new Problem('base', msg(str`The base model gives a tensor of rank ${rank}, not features.`));
}
