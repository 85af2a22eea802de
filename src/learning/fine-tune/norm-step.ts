import * as tf from '@tensorflow/tfjs-core';
import type { BatchNorm } from '../network/fold-batch-norm.ts';
import { channelSums } from './convolution-gradients.ts';
import type { Parameter, StepGradients, TrainableStep } from './trainable-step.ts';

/**
 * A batch normalization over the last axis, in inference mode, that cannot be folded into a
 * convolution: `x s + beta - mean s` with `s = gamma / sqrt(variance + epsilon)`.
 */
export class NormStep implements TrainableStep {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly parameters: readonly Parameter[];
  readonly #norm: BatchNorm;

  constructor(input: string, output: string, norm: BatchNorm, parameters: readonly Parameter[]) {
    this.inputs = [input];
    this.output = output;
    this.#norm = norm;
    this.parameters = parameters;
  }

  forward([x]: readonly tf.Tensor[]): tf.Tensor {
    const { scale, shift } = this.#scaleAndShift();
    return tf.add(tf.mul(x!, scale), shift);
  }

  backward(
    [x]: readonly tf.Tensor[],
    _output: tf.Tensor,
    dy: tf.Tensor,
    wantInputs: boolean,
  ): StepGradients {
    const { gamma, mean } = this.#norm;
    const { scale, inverse } = this.#scaleAndShift();
    const sums = vectorSums(dy);
    const parameters = this.parameters.map(({ variable }) => {
      if (variable !== gamma) return tf.clone(sums);
      const products = vectorSums(tf.mul(dy, x!));
      return tf.mul(tf.sub(products, tf.mul(mean, sums)), inverse);
    });
    return { inputs: wantInputs ? [tf.mul(dy, scale)] : [], parameters };
  }

  freeze(): ReturnType<TrainableStep['freeze']> {
    const { scale, shift } = tf.tidy(() => {
      const current = this.#scaleAndShift();
      return { scale: tf.clone(current.scale), shift: current.shift };
    });
    return { run: ([x]) => tf.add(tf.mul(x!, scale), shift), owned: [scale, shift] };
  }

  #scaleAndShift() {
    const { gamma, beta, mean, variance, epsilon } = this.#norm;
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const scale = gamma ? tf.mul(gamma, inverse) : inverse;
    const centre = tf.neg(tf.mul(mean, scale));
    return { inverse, scale, shift: beta ? tf.add(beta, centre) : centre };
  }
}

/**
 * Sums over all axes but the last.
 *
 * @param x `[batch, h, w, channels]` or `[batch, channels]`
 * @returns `[channels]`
 */
function vectorSums(x: tf.Tensor): tf.Tensor {
  const channels = x.shape.at(-1)!;
  return tf.reshape(channelSums(tf.reshape(x, [x.shape[0], -1, 1, channels])), [channels]);
}
