import type { Activation } from '../../kernels/activation.ts';
import type { Matrix } from '../../kernels/wasm/pack-panels.ts';
import type { RunUnit, ThreadKernels } from './plan.ts';
import type { Address, MapShape } from './tensor.ts';

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

/** Where the tensors of an operation are. */
interface Places {
  readonly from: readonly Address[];
  readonly to: Address;
  /** Panels of `OutsideOperation.weights`. */
  readonly weights: Address;
}

/**
 * An operation that no kernel of a plan expresses and that brings what computes it. It reads no
 * picture as an input: what converts the picture has no inputs.
 */
export interface OutsideOperation {
  readonly kind: 'outside';
  readonly inputs: readonly string[];
  readonly output: string;
  /** Shape of the output; of a tensor that is no map, `[1, 1, numbers]`. */
  readonly shape: MapShape;
  readonly weights?: Matrix;
  readonly units: number;
  /** Bytes of scratch memory that a unit needs. */
  readonly scratchBytes: number;
  readonly prepare: (kernels: ThreadKernels, places: Places) => RunUnit;
}

/** An operation of a frozen network that a plan may express. */
export type Operation = ConvolutionOperation | SimpleOperation | OutsideOperation;

/** A frozen network as plain data, in topological order. */
export interface OperationList {
  /** Name of the input tensor. */
  readonly input: string;
  /** Name of the output tensor. */
  readonly output: string;
  /** Names of further tensors that are read after a pass. */
  readonly kept?: readonly string[];
  readonly operations: readonly Operation[];
}
