import * as tf from '@tensorflow/tfjs-core';
import { foldBatchNorm, type BatchNorm } from '../network/fold-batch-norm.ts';
import {
  channelSums,
  inputGradient,
  isPointwise,
  kernelGradient,
  rows,
  type Geometry,
} from './convolution-gradients.ts';
import type { Parameter, StepGradients, TrainableStep } from './trainable-step.ts';
import type { Activation } from '../kernels/activation.ts';

interface ConvolutionWeights {
  /** `[kh, kw, in, out]`, or `[kh, kw, channels, 1]` when depthwise. */
  readonly kernel: tf.Tensor4D;
  readonly bias?: tf.Tensor1D;
  readonly norm?: BatchNorm;
}

interface ConvolutionOptions extends Geometry {
  readonly input: string;
  readonly output: string;
  readonly depthwise: boolean;
  readonly activation: Activation;
  readonly weights: ConvolutionWeights;
  /** The trainable ones among the weights. */
  readonly parameters: readonly Parameter[];
}

/**
 * A plain or depthwise convolution with the batch normalization (inference mode) and the activation
 * after it.
 *
 * The normalization is folded into the kernel in training too. The forward pass is then one fused
 * operation, and the backward pass derives the gradients of gamma and of the kernel from the
 * gradient of the folded kernel, without intermediate tensors of the size of the activations. With
 * `s = gamma / sqrt(variance + epsilon)`, the folded kernel `k s` with gradient `G`, and the folded
 * bias `(b - mean) s + beta` with gradient `S`: `dk = G s`, `dbeta = S`, `db = S s`,
 * `dgamma = (sum(G k) + (b - mean) S) / sqrt(variance + epsilon)`.
 */
export class ConvolutionStep implements TrainableStep {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly parameters: readonly Parameter[];
  readonly #options: ConvolutionOptions;

  constructor(options: ConvolutionOptions) {
    this.inputs = [options.input];
    this.output = options.output;
    this.parameters = options.parameters;
    this.#options = options;
  }

  forward([x]: readonly tf.Tensor[]): tf.Tensor {
    const { kernel, bias } = this.#fold();
    return this.#run(x as tf.Tensor4D, kernel, bias);
  }

  backward(
    [input]: readonly tf.Tensor[],
    output: tf.Tensor,
    dy: tf.Tensor,
    wantInputs: boolean,
  ): StepGradients {
    const { depthwise, activation } = this.#options;
    const x = input as tf.Tensor4D;
    const dz = activationGradient(output, dy, activation) as tf.Tensor4D;
    const inputs = wantInputs
      ? [inputGradient(dz, this.#fold().kernel, x.shape, this.#options, depthwise)]
      : [];
    if (this.parameters.length === 0) return { inputs, parameters: [] };
    const gradients = this.#weightGradients(
      kernelGradient(x, dz, this.#options, depthwise),
      tf.reshape(channelSums(dz), [-1]),
    );
    return {
      inputs,
      parameters: this.parameters.map(({ variable }) => gradients.get(variable)!()),
    };
  }

  freeze(): ReturnType<TrainableStep['freeze']> {
    const { kernel, bias } = this.#fold();
    return { run: ([x]) => this.#run(x as tf.Tensor4D, kernel, bias), owned: [kernel, bias] };
  }

  #run(x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D): tf.Tensor4D {
    const { depthwise, activation, padding: pad } = this.#options;
    if (!depthwise && isPointwise(this.#options)) {
      const [, , channels, filters] = filter.shape;
      const b = tf.reshape(filter, [channels, filters]);
      const [batch, height, width] = x.shape;
      const product = tf.fused.matMul({ a: rows(x), b, bias, activation });
      return tf.reshape(product, [batch, height, width, filters]);
    }
    const run = depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
    const strides = [...this.#options.strides] as [number, number];
    return run({ x, filter, bias, strides, pad, activation });
  }

  #fold() {
    const { weights, depthwise } = this.#options;
    return foldBatchNorm(weights.kernel, weights.bias, weights.norm, depthwise);
  }

  /**
   * For each weight, a function that computes its gradient from the gradients of the folded
   * weights.
   *
   * @param folded gradient of the folded kernel
   * @param sums gradient of the folded bias, `[channels]`
   */
  #weightGradients(folded: tf.Tensor4D, sums: tf.Tensor): Map<tf.Tensor, () => tf.Tensor> {
    const { kernel, bias, norm } = this.#options.weights;
    if (!norm) {
      const plain = new Map<tf.Tensor, () => tf.Tensor>([[kernel, () => folded]]);
      if (bias) plain.set(bias, () => sums);
      return plain;
    }
    const { depthwise } = this.#options;
    const inverse = tf.rsqrt(tf.add(norm.variance, norm.epsilon));
    const scale = norm.gamma ? tf.mul(norm.gamma, inverse) : inverse;
    const onKernel = depthwise ? tf.reshape(scale, [1, 1, -1, 1]) : scale;
    const gradients = new Map<tf.Tensor, () => tf.Tensor>([
      [kernel, () => tf.mul(folded, onKernel)],
    ]);
    if (bias) gradients.set(bias, () => tf.mul(sums, scale));
    if (norm.beta) gradients.set(norm.beta, () => tf.clone(sums));
    if (norm.gamma) {
      gradients.set(norm.gamma, () => {
        const channels = norm.mean.shape[0];
        const products = tf.reshape(tf.mul(folded, kernel), [-1, channels]);
        const centre = bias ? tf.sub(bias, norm.mean) : tf.neg(norm.mean);
        return tf.mul(tf.add(tf.sum(products, 0), tf.mul(centre, sums)), inverse);
      });
    }
    return gradients;
  }
}

/**
 * The gradient with respect to the input of the activation, from its output `y`; for ReLU6 it is 0
 * where `y` is 0 or 6.
 */
function activationGradient(y: tf.Tensor, dy: tf.Tensor, activation: Activation): tf.Tensor {
  switch (activation) {
    case 'linear':
      return dy;
    case 'relu':
      return tf.mul(dy, tf.step(y));
    case 'relu6':
      return tf.mul(dy, tf.step(tf.mul(y, tf.sub(6, y))));
  }
}
