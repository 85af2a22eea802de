import type { Activation } from '../../kernels/activation.ts';

/** A convolution of a frozen network, with what was folded into it. */
export interface ConvolutionOperation {
  readonly kind: 'convolution';
  readonly depthwise: boolean;
  readonly inputs: readonly string[];
  readonly output: string;
  /** `[height, width, in, out]`, or `[height, width, channels, multiplier]` when `depthwise`. */
  readonly filter: Float32Array;
  readonly filterShape: readonly [number, number, number, number];
  /** `[out]`, or `[channels * multiplier]` when `depthwise`. */
  readonly bias: Float32Array;
  readonly strides: readonly [number, number];
  readonly pad: 'same' | 'valid';
  readonly dilations: readonly [number, number];
  readonly activation: Activation;
}

/** The sum of two maps, global average pooling, or an operation that changes nothing. */
export interface SimpleOperation {
  readonly kind: 'add' | 'pool' | 'identity';
  /** Names of the tensors that it reads. */
  readonly inputs: readonly string[];
  /** Name of the tensor that it computes. */
  readonly output: string;
}

/** An operation of a frozen network that a plan may express. */
export type Operation = ConvolutionOperation | SimpleOperation;

/** A frozen network as plain data, in topological order. */
export interface OperationList {
  /** Name of the input tensor. */
  readonly input: string;
  /** Name of the output tensor. */
  readonly output: string;
  readonly operations: readonly Operation[];
}
