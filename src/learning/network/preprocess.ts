import * as tf from '@tensorflow/tfjs-core';
import type { BaseSpec } from '../../records/base-spec.ts';
import { DEVIATION, MEAN, MEAN_BGR } from '../../records/imagenet.ts';

/**
 * Converts pixels to the input that a base expects. The modes are those of Keras's
 * `imagenet_utils.preprocess_input`: `tf` is x / 127.5 - 1; `torch` is (x / 255 - mean) / standard
 * deviation for each channel; `caffe` converts RGB to BGR and subtracts the mean, without scaling.
 * The pixels of a base without a mode are scaled to its `inputRange`.
 *
 * @param pixels `[batch, size, size, 3]`, RGB, 0 to 255, any number type; the caller disposes it
 * @returns `[batch, size, size, 3]`, float32; the caller disposes it
 */
export function preprocess(
  pixels: tf.Tensor4D,
  { preprocessing, inputRange: [low, high] }: Pick<BaseSpec, 'preprocessing' | 'inputRange'>,
): tf.Tensor4D {
  return tf.tidy(() => {
    const x = tf.cast(pixels, 'float32');
    switch (preprocessing) {
      case 'torch':
        return tf.div<tf.Tensor4D>(tf.sub(tf.div(x, 255), MEAN), DEVIATION);
      case 'caffe':
        return tf.sub<tf.Tensor4D>(tf.reverse(x, 3), MEAN_BGR);
      default:
        return tf.add<tf.Tensor4D>(tf.mul(x, (high - low) / 255), low);
    }
  });
}
