import * as tf from '@tensorflow/tfjs-core';
import type { BaseSpec } from '../../records/base-spec.ts';

/** Of the pictures of ImageNet: mean and standard deviation in RGB, 0 to 1. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];
/** Its mean in BGR, 0 to 255. */
const MEAN_BGR = [103.939, 116.779, 123.68];

/**
 * What a base expects of its input, out of pixels. The modes are those of Keras's
 * `imagenet_utils.preprocess_input`: `tf` is x / 127.5 - 1; `torch` is x / 255, less the mean, by the
 * standard deviation, each channel by itself; `caffe` turns RGB into BGR and takes the mean off,
 * without scaling. A base that names no mode takes the range of values that it states.
 *
 * @param pixels `[batch, size, size, 3]`, RGB, 0 to 255, any number type; stays the caller's
 * @returns `[batch, size, size, 3]`, float32, the caller's
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
