import * as tf from '@tensorflow/tfjs-core';

/** The weights of a 1x1 convolution on a feature map; the caller disposes them. */
interface PointwiseWeights {
  /** `[featureLength, outputs]` */
  readonly kernel: tf.Tensor2D;
  /** `[outputs]` */
  readonly bias: tf.Tensor1D;
}

/**
 * Reads a file of what a base knows: the kernel `[outputs, featureLength]`, then the bias
 * `[outputs]`, in float16.
 *
 * @throws RangeError if it has another length
 */
export function readPointwise(
  bytes: ArrayBuffer,
  outputs: number,
  featureLength: number,
): PointwiseWeights {
  if (bytes.byteLength !== 2 * outputs * (featureLength + 1)) {
    throw new RangeError(`${bytes.byteLength} bytes are no predictor of ${outputs} outputs`);
  }
  const entry = (name: string, shape: number[]) =>
    ({ name, shape, dtype: 'float32', quantization: { dtype: 'float16' } }) as const;
  return tf.tidy(() => {
    const { kernel, bias } = tf.io.decodeWeights(bytes, [
      entry('kernel', [outputs, featureLength]),
      entry('bias', [outputs]),
    ]);
    return { kernel: tf.transpose(kernel as tf.Tensor2D), bias: bias as tf.Tensor1D };
  });
}

/**
 * The convolution of a map with such weights.
 *
 * @param map `[batch, h, w, featureLength]` or `[batch, featureLength]`
 * @returns `[batch * places, outputs]`; the caller disposes it
 */
export function pointwise(map: tf.Tensor, { kernel, bias }: PointwiseWeights): tf.Tensor2D {
  return tf.tidy(() => {
    const rows = tf.reshape<tf.Rank.R2>(map, [-1, map.shape.at(-1)!]);
    return tf.add(tf.matMul(rows, kernel), bias);
  });
}
