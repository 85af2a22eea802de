import * as tf from '@tensorflow/tfjs-core';
import { disposeIfThrown } from '../backend/dispose-if-thrown.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { storedWeight, type StoredWeight } from './stored-weight.ts';
import type { Random } from '../../platform/random.ts';

/**
 * The classification head, Keras's `Dense(1)` for two classes and `Dense(classes)` for more:
 * `logits = features . kernel + bias`. Call `dispose` to free its two variables.
 */
export class DenseHead {
  /** `[featureLength, outputs]` */
  readonly kernel: tf.Variable<tf.Rank.R2>;
  /** `[outputs]` */
  readonly bias: tf.Variable<tf.Rank.R1>;

  private constructor(kernel: Float32Array, bias: Float32Array) {
    const shape: [number, number] = [kernel.length / bias.length, bias.length];
    [this.kernel, this.bias] = disposeIfThrown((keep) => [
      keep(variable(tf.tensor2d(kernel, shape))),
      keep(variable(tf.tensor1d(bias))),
    ]);
  }

  /** A head initialised as in Keras: Glorot uniform kernel, zero bias. */
  static create(featureLength: number, outputs: number, random: Random): DenseHead {
    const limit = Math.sqrt(6 / (featureLength + outputs));
    const kernel = Float32Array.from(
      { length: featureLength * outputs },
      () => (2 * random.next() - 1) * limit,
    );
    return new DenseHead(kernel, new Float32Array(outputs));
  }

  /**
   * Restores a head from stored weights.
   *
   * @param kernel float32 `[featureLength, outputs]`
   * @param bias float32 `[outputs]`
   * @throws RangeError if the sizes do not match
   */
  static fromBytes(kernel: ArrayBuffer, bias: ArrayBuffer): DenseHead {
    // Checked before any tensor is created, so that an error leaks none.
    const rows = kernel.byteLength / bias.byteLength;
    if (!Number.isInteger(rows) || bias.byteLength % 4 !== 0) {
      throw new RangeError(`${kernel.byteLength} and ${bias.byteLength} bytes are no head`);
    }
    return new DenseHead(new Float32Array(kernel), new Float32Array(bias));
  }

  /** Logits per picture. */
  get outputs(): number {
    return this.bias.shape[0];
  }

  /**
   * Applies the head.
   *
   * @param features `[batch, featureLength]`
   * @returns `[batch, outputs]`; the caller disposes it
   */
  logits(features: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => tf.add(tf.matMul(features, this.kernel), this.bias));
  }

  /**
   * Converts a head for centred features (features minus their mean) into one for plain features,
   * by changing its bias: `(x - mean) . kernel + bias = x . kernel + (bias - mean . kernel)`.
   *
   * @param mean `[featureLength]`
   */
  foldMean(mean: Float32Array): void {
    tf.tidy(() => {
      const shift = tf.matMul(tf.tensor2d(mean, [1, mean.length]), this.kernel);
      this.bias.assign(tf.sub(this.bias, tf.reshape(shift, [-1])));
    });
  }

  /** Subtracts from the bias what the training had subtracted from a prior, `[outputs]`. */
  foldPriorMean(mean: Float32Array): void {
    tf.tidy(() => {
      this.bias.assign(tf.sub(this.bias, tf.tensor1d(mean)));
    });
  }

  /**
   * Reads the weights, named as in Keras.
   *
   * @throws Problem `gpu`
   */
  async toWeights(watch: DeviceWatch): Promise<StoredWeight[]> {
    const [kernel, bias] = await Promise.all([watch.read(this.kernel), watch.read(this.bias)]);
    return [
      storedWeight('dense/kernel', this.kernel.shape, kernel),
      storedWeight('dense/bias', this.bias.shape, bias),
    ];
  }

  dispose(): void {
    tf.dispose([this.kernel, this.bias]);
  }
}

function variable<R extends tf.Rank>(initial: tf.Tensor<R>): tf.Variable<R> {
  try {
    return tf.variable(initial);
  } finally {
    initial.dispose();
  }
}
