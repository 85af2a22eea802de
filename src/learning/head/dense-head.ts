import * as tf from '@tensorflow/tfjs-core';
import { storedWeight, type StoredWeight } from './stored-weight.ts';
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

  /** Stored weights, float32. */
  static fromBytes(kernel: ArrayBuffer, bias: ArrayBuffer): DenseHead {
    return new DenseHead(new Float32Array(kernel), new Float32Array(bias));
  }

  /**
   * @param features `[batch, featureLength]`
   * @returns `[batch]`
   */
  logits(features: tf.Tensor2D): tf.Tensor1D {
    return tf.tidy(() => tf.reshape(tf.add(tf.matMul(features, this.kernel), this.bias), [-1]));
  }

  /** The weights as they are stored. */
  async toWeights(): Promise<StoredWeight[]> {
    const [kernel, bias] = await Promise.all([this.kernel.data(), this.bias.data()]);
    return [
      storedWeight('dense/kernel', [kernel.length, 1], kernel as Float32Array),
      storedWeight('dense/bias', [1], bias as Float32Array),
    ];
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
