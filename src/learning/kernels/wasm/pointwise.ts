/**
 * A pointwise (1x1) convolution on the wasm backend by the app's own WebAssembly kernel.
 *
 * The kernel depends on internals of TensorFlow.js, which heap.ts lists: above all on
 * `backend.wasm.asm.memory`. When TensorFlow.js is updated, run test/unit/pointwise.spec.ts and
 * test/unit/depthwise.spec.ts: they fail if the kernels are unavailable or compute other values. If
 * the memory is not found, `canPointwise` returns false, and TensorFlow.js's own kernel computes the
 * same more slowly. At each start of the app, the self-test in features/self-test.ts checks the
 * features that the whole network computes, and refuses the backend if they are wrong.
 */

import * as tf from '@tensorflow/tfjs-core';
import { BOUNDS } from './clamp.ts';
import { HeapModule } from './heap-module.ts';
import { addressOf, currentHeap, type HeapBackend } from './heap.ts';
import { PANEL, pointwiseFunctions } from './pointwise-module.ts';
import { prepareMultiply } from './prepare-multiply.ts';
import { wasmModule } from './wasm-module.ts';
import type { Activation } from '../activation.ts';

const KERNEL = 'PackedPointwise';

const module = new HeapModule(() => wasmModule(pointwiseFunctions('relaxed')));

/**
 * Whether `pointwise` can compute a convolution with this filter here: the filter is 1x1 with at
 * least 8 columns, and the current backend is wasm with relaxed SIMD. It is twice as fast as the
 * backend's own kernel.
 *
 * @param filter `[1, 1, depth, columns]`
 */
export function canPointwise(filter: tf.Tensor4D): boolean {
  const [height, width, , columns] = filter.shape;
  if (height !== 1 || width !== 1 || columns < PANEL) return false;
  const backend = currentHeap();
  return backend !== undefined && module.runsOn(backend);
}

/**
 * Packs weights in the order in which `pointwise` reads them: panels of 8 columns, each with its
 * bias first. The last panel always begins 8 columns before the end, so it may overlap the one
 * before.
 *
 * @param filter `[1, 1, depth, columns]`, 8 columns or more
 * @param bias `[columns]`
 * @returns `[panels, 1 + depth, 8]`; the caller disposes it
 */
export function packPointwise(filter: tf.Tensor4D, bias: tf.Tensor1D): tf.Tensor3D {
  const [, , depth, columns] = filter.shape;
  return tf.tidy(() => {
    const rows = tf.concat([tf.reshape(bias, [1, columns]), tf.reshape(filter, [depth, columns])]);
    const wholePanels = Math.floor(columns / PANEL) * PANEL;
    const inPanels =
      wholePanels === columns
        ? rows
        : tf.concat(
            [
              tf.slice(rows, [0, 0], [depth + 1, wholePanels]),
              tf.slice(rows, [0, columns - PANEL], [depth + 1, PANEL]),
            ],
            1,
          );
    return tf.transpose<tf.Tensor3D>(tf.reshape(inPanels, [depth + 1, -1, PANEL]), [1, 0, 2]);
  });
}

/**
 * Computes a 1x1 convolution of stride 1 with bias and activation: a matrix product.
 *
 * @param x `[batch, height, width, depth]`, float32
 * @param packed the result of `packPointwise`
 * @param columns channels of the result
 * @returns `[batch, height, width, columns]`
 */
export function pointwise(
  x: tf.Tensor4D,
  packed: tf.Tensor3D,
  columns: number,
  activation: Activation,
): tf.Tensor4D {
  return tf.engine().runKernel(KERNEL, { x, packed }, { columns, activation });
}

tf.registerKernel({
  kernelName: KERNEL,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, packed } = inputs as Record<'x' | 'packed', tf.TensorInfo>;
    const { columns, activation } = attrs as unknown as { columns: number; activation: Activation };
    return multiply(backend as HeapBackend, x, packed, columns, activation);
  },
});

function multiply(
  backend: HeapBackend,
  x: tf.TensorInfo,
  packed: tf.TensorInfo,
  columns: number,
  activation: Activation,
): tf.TensorInfo {
  const depth = x.shape.at(-1)!;
  const rows = tf.util.sizeFromShape(x.shape.slice(0, -1));
  const result = backend.makeOutput([...x.shape.slice(0, -1), columns], 'float32');
  const [low, high] = BOUNDS[activation];
  const layout = { depth, aRow: 4 * depth, cRow: 4 * columns };
  const run = prepareMultiply(module.on(backend), layout, { low, high });
  const [a, b, c] = [x, packed, result].map((tensor) => addressOf(backend, tensor));
  const [panels] = packed.shape as [number];
  run(a!, b!, c!, rows, panels, 4 * (columns - PANEL));
  return result;
}
