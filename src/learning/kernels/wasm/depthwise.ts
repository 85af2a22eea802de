/**
 * A depthwise 3x3 convolution on the wasm backend by the app's own WebAssembly kernel.
 *
 * The kernel depends on internals of TensorFlow.js, which heap.ts lists: above all on
 * `backend.wasm.asm.memory`. When TensorFlow.js is updated, run test/unit/depthwise.spec.ts and
 * test/unit/pointwise.spec.ts: they fail if the kernels are unavailable or compute other values. If
 * the memory is not found, `canDepthwise` returns false, and TensorFlow.js's own kernel computes the
 * same more slowly. At each start of the app, the self-test in features/self-test.ts checks the
 * features that the whole network computes, and refuses the backend if they are wrong.
 */

import * as tf from '@tensorflow/tfjs-core';
import { BOUNDS } from './clamp.ts';
import {
  depthwiseFunctions,
  filterName,
  GROUP,
  SIDE,
  type FilterRows,
} from './depthwise-module.ts';
import {
  outputsAlong,
  rowCounts,
  runsAlong,
  strideOfFunction,
  type Movement,
} from './filter-runs.ts';
import { HeapModule } from './heap-module.ts';
import { addressOf, currentHeap, type HeapBackend } from './heap.ts';
import { wasmModule } from './wasm-module.ts';
import type { Activation } from '../activation.ts';

const KERNEL = 'DepthwiseRows';

const module = new HeapModule(() => wasmModule(depthwiseFunctions('relaxed')));

/**
 * Whether `depthwise` can compute a convolution with this filter here: the filter is 3x3 with one
 * output per channel, and the current backend is wasm with relaxed SIMD.
 *
 * @param filter `[3, 3, channels, 1]`
 */
export function canDepthwise(filter: tf.Tensor4D): boolean {
  const [height, width, channels, multiplier] = filter.shape;
  if (height !== SIDE || width !== SIDE || multiplier !== 1 || channels < GROUP) return false;
  const backend = currentHeap();
  return backend !== undefined && module.runsOn(backend);
}

/**
 * Computes a depthwise 3x3 convolution with bias and activation, if `canDepthwise` allows it.
 *
 * @param x `[batch, height, width, channels]`, float32
 * @param filter `[3, 3, channels, 1]`
 * @param bias `[channels]`
 * @returns `[batch, outHeight, outWidth, channels]`
 */
export function depthwise(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  movement: Movement,
  activation: Activation,
): tf.Tensor4D {
  return tf.engine().runKernel(KERNEL, { x, filter, bias }, { ...movement, activation });
}

tf.registerKernel({
  kernelName: KERNEL,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) =>
    convolve(
      backend as HeapBackend,
      inputs as Record<'x' | 'filter' | 'bias', tf.TensorInfo>,
      attrs as unknown as Movement & { activation: Activation },
    ),
});

function convolve(
  backend: HeapBackend,
  { x, filter, bias }: Record<'x' | 'filter' | 'bias', tf.TensorInfo>,
  { stride, pad, activation }: Movement & { activation: Activation },
): tf.TensorInfo {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const movement = { stride, pad };
  const [down, across] = [outputsAlong(height, movement), outputsAlong(width, movement)];
  const rows = runsAlong(height, stride, down);
  const result = backend.makeOutput([batch, down.count, across.count, channels], 'float32');
  const functions = module.on(backend);
  const [from, to] = [addressOf(backend, x), addressOf(backend, result)];
  const [weights, biases] = [addressOf(backend, filter), addressOf(backend, bias)];
  const pixel = 4 * channels;
  const groups = Math.ceil(channels / GROUP);
  const [low, high] = BOUNDS[activation];
  const { left, wide, single, right, narrow } = rowCounts(runsAlong(width, stride, across), stride);
  for (const { taps, out, count, read } of rows) {
    const filterRows = functions[filterName(taps, strideOfFunction(stride))] as FilterRows;
    for (let picture = 0; picture < batch; picture++) {
      for (let row = 0; row < count; row++) {
        const fromRow = picture * height + read + row * stride;
        filterRows(
          from + (fromRow * width - across.before) * pixel,
          weights,
          biases,
          to + (picture * down.count + out + row) * across.count * pixel,
          ...([1, left, wide, single, right, narrow, groups, 4 * (channels - GROUP)] as const),
          pixel,
          width * pixel,
          stride * pixel,
          stride * width * pixel,
          pixel,
          across.count * pixel,
          pixel,
          low,
          high,
        );
      }
    }
  }
  return result;
}
