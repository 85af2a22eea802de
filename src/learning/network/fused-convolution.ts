import * as tf from '@tensorflow/tfjs-core';
import { canDepthwise, depthwise } from '../kernels/wasm/depthwise.ts';
import { canPointwise, packPointwise, pointwise } from '../kernels/wasm/pointwise.ts';
import type { Step } from './frozen-network.ts';
import type { Activation } from '../kernels/activation.ts';

/** A convolution with its bias and its activation, in the data format channelsLast. */
export interface Convolution {
  readonly depthwise: boolean;
  /** `[height, width, in, out]`, or `[height, width, channels, multiplier]` when `depthwise`. */
  readonly filter: tf.Tensor4D;
  /** `[out]`, or `[channels * multiplier]` when `depthwise`. */
  readonly bias: tf.Tensor1D;
  readonly strides: [number, number];
  readonly pad: 'same' | 'valid';
  readonly dilations: [number, number];
  readonly activation: Activation;
}

/**
 * A convolution as one operation, computed by the fastest kernel available on this device.
 *
 * @param convolution its tensors belong to the step from now on
 * @returns `run` for a step, and the weights that it uses, which the caller disposes in the end
 */
export function fusedConvolution(convolution: Convolution): {
  run: Step['run'];
  weights: tf.Tensor[];
} {
  const { filter, bias, strides, pad, dilations, activation } = convolution;
  const [stride, dilated] = [strides[0], dilations.some((dilation) => dilation !== 1)];
  if (dilated || strides[1] !== stride) return byBackend(convolution);
  if (convolution.depthwise && canDepthwise(filter)) {
    return {
      run: ([x]) => depthwise(x as tf.Tensor4D, filter, bias, { stride, pad }, activation),
      weights: [filter, bias],
    };
  }
  if (!convolution.depthwise && stride === 1 && canPointwise(filter)) {
    const packed = packPointwise(filter, bias);
    const columns = filter.shape[3];
    tf.dispose([filter, bias]);
    return {
      run: ([x]) => pointwise(x as tf.Tensor4D, packed, columns, activation),
      weights: [packed],
    };
  }
  return byBackend(convolution);
}

function byBackend({ depthwise, ...options }: Convolution): ReturnType<typeof fusedConvolution> {
  const run = depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
  return {
    run: ([x]) => run({ ...options, x: x as tf.Tensor4D }),
    weights: [options.filter, options.bias],
  };
}
