import type { Novelty } from '../trained-network.ts';

/**
 * A network as the operations that runtimes for inference have: batch normalization folded, paddings
 * in numbers, activations fused. ONNX, TFLite and the web page are written from it.
 *
 * Tensors are float32, `[batch, height, width, channels]` or `[batch, features]`.
 */

/** What a fused operation does to its results. */
export type Clamp = 'linear' | 'relu' | 'relu6';

/** An activation function, applied to each number. */
export type ActivationFunction =
  | { readonly name: 'relu' | 'relu6' | 'sigmoid' | 'tanh' | 'swish' | 'hardSwish' | 'softplus' }
  /** `max(0, min(1, x / 5 + 1 / 2))` */
  | { readonly name: 'hardSigmoid' }
  /** `x Phi(x)`; `approximate` with tanh */
  | { readonly name: 'gelu'; readonly approximate: boolean }
  /** `alpha` times what is below 0 */
  | { readonly name: 'leakyRelu'; readonly alpha: number }
  /** `alpha (exp(x) - 1)` below 0 */
  | { readonly name: 'elu'; readonly alpha: number };

/** Rows and columns that a window reads beyond the picture. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Filter {
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: Padding;
}

/** `[height, width, in / groups, out]`; when depthwise `[height, width, channels, multiplier]`. */
export interface Kernel {
  readonly shape: readonly [number, number, number, number];
  readonly values: Float32Array;
}

export type Kind =
  | (Filter & {
      readonly kind: 'convolution';
      readonly kernel: Kernel;
      readonly bias: Float32Array;
      readonly groups: number;
      readonly clamp: Clamp;
    })
  | (Filter & {
      readonly kind: 'depthwise';
      readonly kernel: Kernel;
      readonly bias: Float32Array;
      readonly clamp: Clamp;
    })
  /** `[features, units]` */
  | { readonly kind: 'dense'; readonly kernel: Float32Array; readonly bias: Float32Array }
  /** `x scale + shift` for each channel */
  | { readonly kind: 'affine'; readonly scale: Float32Array; readonly shift: Float32Array }
  /** `alpha` times what is below 0, for each channel */
  | { readonly kind: 'prelu'; readonly alpha: Float32Array }
  /** An activation function. Exported web pages have these two names. */
  | { readonly kind: 'curve'; readonly curve: ActivationFunction }
  | { readonly kind: 'softmax' }
  /** Of two tensors or more; the smaller one is repeated over the picture. */
  | { readonly kind: 'add' | 'multiply' | 'maximum' | 'minimum' | 'average' }
  /** Along the channels. */
  | { readonly kind: 'concatenate' }
  /** With zeros. */
  | { readonly kind: 'pad'; readonly padding: Padding }
  | { readonly kind: 'crop'; readonly padding: Padding }
  /** A mean counts only what lies within the picture. */
  | {
      readonly kind: 'maxPool' | 'averagePool';
      readonly window: readonly [number, number];
      readonly strides: readonly [number, number];
      readonly padding: Padding;
    }
  /**
   * `log(sum(exp(x)))` over the picture and each group of `anchors` neighbouring channels: from
   * `[height, width, channels]` or `[channels]` to `[channels / anchors]`.
   */
  | { readonly kind: 'logSumExp'; readonly anchors: number }
  /** Over the picture: to `[channels]`, or `[1, 1, channels]` if `keepDims`. */
  | { readonly kind: 'globalAverage' | 'globalMaximum'; readonly keepDims: boolean }
  /** To `shape` of the operation. */
  | { readonly kind: 'reshape' }
  /** `axes` of the input in the order of the output, from 1; the batch is axis 0. */
  | { readonly kind: 'transpose'; readonly axes: readonly number[] }
  | {
      readonly kind: 'layerNorm';
      readonly gamma: Float32Array;
      readonly beta: Float32Array;
      readonly epsilon: number;
    }
  /** Each pixel `factors` times. */
  | { readonly kind: 'upsample'; readonly factors: readonly [number, number] }
  /** `[batch, ...]` to `[2 batch, ...]`: the pictures, then their mirror images. */
  | { readonly kind: 'withMirror' }
  /** `[2 batch, features]` to `[batch, features]`: the mean of both halves. */
  | { readonly kind: 'meanOfViews' }
  /** `[2 batch, features]` to `[batch, features]`: the first half. */
  | { readonly kind: 'firstView' }
  /**
   * `[batch, features]` to `[batch, 1]`: the mean cosine distance to the nearest `neighbours` of
   * `references`, divided by `threshold`. With `knownClasses`, the logits of the known
   * classes are a second input.
   */
  | (Novelty & { readonly kind: 'novelty' });

export type Operation = Kind & {
  /** Names of the tensors that it reads. */
  readonly inputs: readonly string[];
  /** Name of the tensor that it computes. */
  readonly output: string;
  /** Shape of that tensor, without the batch. */
  readonly shape: readonly number[];
};

/** A whole network as operations. */
export interface Program {
  /** Name of the input; RGB, each pixel from 0 to 255 mapped to -1 to 1. */
  readonly input: string;
  /** Side of the input in pixels. */
  readonly size: number;
  /** In topological order. */
  readonly operations: readonly Operation[];
  /** Name of the tensor with the class probabilities, `[batch, classes]`. */
  readonly probabilities: string;
  /** Name of the tensor with the novelty, `[batch, 1]`: above 1 is "not sure". */
  readonly novelty?: string;
  readonly labels: readonly string[];
}

/** No rows and no columns. */
export const NO_PADDING: Padding = { top: 0, bottom: 0, left: 0, right: 0 };
