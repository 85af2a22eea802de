import * as tf from '@tensorflow/tfjs-core';

/** Statistics and parameters of a batch normalization in inference mode, each `[channels]`. */
export interface BatchNorm {
  readonly gamma?: tf.Tensor;
  readonly beta?: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
  readonly epsilon: number;
}

/**
 * Collects the weights of a BatchNormalization layer.
 *
 * @param weight finds a weight by the last part of Keras's name, such as `gamma`; returns undefined
 *   if the layer has no such weight
 */
export function batchNorm(
  weight: (kind: string) => tf.Tensor | undefined,
  epsilon: number,
): BatchNorm {
  const gamma = weight('gamma');
  const beta = weight('beta');
  return {
    mean: weight('moving_mean')!,
    variance: weight('moving_variance')!,
    epsilon,
    ...(gamma && { gamma }),
    ...(beta && { beta }),
  };
}

/**
 * Folds a batch normalization into the convolution before it, so that both are one operation:
 * `gamma (conv(x, k) + b - mean) / sqrt(variance + epsilon) + beta`
 * is `conv(x, k s) + (b - mean) s + beta` with `s = gamma / sqrt(variance + epsilon)`
 * (Jacob et al. 2018, arXiv:1712.05877, section 3.2).
 *
 * @param kernel `[h, w, in, out]`, or `[h, w, channels, 1]` when `depthwise`
 * @returns new tensors, which the caller disposes
 */
export function foldBatchNorm(
  kernel: tf.Tensor4D,
  bias: tf.Tensor1D | undefined,
  norm: BatchNorm | undefined,
  depthwise: boolean,
): { kernel: tf.Tensor4D; bias: tf.Tensor1D } {
  return tf.tidy(() => {
    const channels = depthwise ? kernel.shape[2] * kernel.shape[3] : kernel.shape[3];
    const oldBias: tf.Tensor = bias ?? tf.zeros([channels]);
    if (!norm) return { kernel: tf.clone(kernel), bias: tf.clone(oldBias) as tf.Tensor1D };
    const inverse = tf.rsqrt(tf.add(norm.variance, norm.epsilon));
    const scale = norm.gamma ? tf.mul(norm.gamma, inverse) : inverse;
    const shifted = tf.mul(tf.sub(oldBias, norm.mean), scale);
    const kernelScale = depthwise
      ? tf.reshape(scale, [1, 1, kernel.shape[2], kernel.shape[3]])
      : scale;
    return {
      kernel: tf.mul<tf.Tensor4D>(kernel, kernelScale),
      bias: (norm.beta ? tf.add(shifted, norm.beta) : shifted) as tf.Tensor1D,
    };
  });
}
