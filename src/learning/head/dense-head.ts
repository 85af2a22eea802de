import * as tf from '@tensorflow/tfjs-core';
import type { WeightSpec } from '../../models/record.ts';
import type { Random } from './random.ts';

/**
 * Keras's `Dense(1)` on features: `logit = features . kernel + bias`. Holds two variables, which
 * `dispose` frees.
 */
export class DenseHead {
  readonly kernel: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;

  private constructor(kernel: Float32Array, bias: Float32Array) {
    this.kernel = variable(tf.tensor2d(kernel, [kernel.length, 1]));
    this.bias = variable(tf.tensor1d(bias));
  }

  /** Fresh weights as Keras makes them: Glorot uniform kernel, zero bias. */
  static create(featureLength: number, random: Random): DenseHead {
    const limit = Math.sqrt(6 / (featureLength + 1));
    const kernel = Float32Array.from(
      { length: featureLength },
      () => (2 * random.next() - 1) * limit,
    );
    return new DenseHead(kernel, new Float32Array(1));
  }

  /** Stored weights, kernel before bias, float32. */
  static fromBytes(bytes: ArrayBuffer): DenseHead {
    const values = new Float32Array(bytes);
    return new DenseHead(values.slice(0, -1), values.slice(-1));
  }

  /**
   * @param features `[batch, featureLength]`
   * @returns `[batch]`
   */
  logits(features: tf.Tensor2D): tf.Tensor1D {
    return tf.tidy(() => tf.reshape(tf.add(tf.matMul(features, this.kernel), this.bias), [-1]));
  }

  /** The weights as they are stored, and what stands where in them. */
  async toBytes(): Promise<{ bytes: ArrayBuffer; weights: WeightSpec[] }> {
    const [kernel, bias] = await Promise.all([this.kernel.data(), this.bias.data()]);
    const values = new Float32Array(kernel.length + bias.length);
    values.set(kernel);
    values.set(bias, kernel.length);
    return {
      bytes: values.buffer,
      weights: [
        { name: 'dense/kernel', shape: [kernel.length, 1], dtype: 'float32' },
        { name: 'dense/bias', shape: [1], dtype: 'float32' },
      ],
    };
  }

  dispose(): void {
    tf.dispose([this.kernel, this.bias]);
  }
}

function variable<R extends tf.Rank>(initial: tf.Tensor<R>): tf.Variable<R> {
  const made = tf.variable(initial);
  initial.dispose();
  return made;
}
