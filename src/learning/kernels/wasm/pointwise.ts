import * as tf from '@tensorflow/tfjs-core';
import { BOUNDS } from './clamp.ts';
import { HeapModule } from './heap-module.ts';
import { addressOf, currentHeap, type HeapBackend } from './heap.ts';
import {
  MOST_ROWS,
  PANEL,
  pointwiseModule,
  tilesName,
  type MultiplyTiles,
} from './pointwise-module.ts';
import type { Activation } from '../activation.ts';

const KERNEL = 'PackedPointwise';

const module = new HeapModule(pointwiseModule);

/**
 * Whether `pointwise` computes such a convolution here, on the wasm backend: twice as fast as the
 * backend's own.
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
 * Weights in the order in which `pointwise` reads them: panels of 8 columns, the bias before its
 * panel. The last panel begins 8 columns before the end, wherever that is.
 *
 * @param filter `[1, 1, depth, columns]`, 8 columns or more
 * @param bias `[columns]`
 * @returns `[panels, 1 + depth, 8]`, the caller's
 */
export function packPointwise(filter: tf.Tensor4D, bias: tf.Tensor1D): tf.Tensor3D {
  const [, , depth, columns] = filter.shape;
  return tf.tidy(() => {
    const rows = tf.concat([tf.reshape(bias, [1, columns]), tf.reshape(filter, [depth, columns])]);
    const whole = Math.floor(columns / PANEL) * PANEL;
    const filled =
      whole === columns
        ? rows
        : tf.concat(
            [
              tf.slice(rows, [0, 0], [depth + 1, whole]),
              tf.slice(rows, [0, columns - PANEL], [depth + 1, PANEL]),
            ],
            1,
          );
    return tf.transpose<tf.Tensor3D>(tf.reshape(filled, [depth + 1, -1, PANEL]), [1, 0, 2]);
  });
}

/**
 * A 1x1 convolution of stride 1, its bias and its activation: the product of two matrices.
 *
 * @param x `[batch, height, width, depth]`, float32
 * @param packed of `packPointwise`
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
  const tiles = module.on(backend);
  const [panels] = packed.shape as [number];
  const [aRow, cRow, lastPanel] = [4 * depth, 4 * columns, 4 * (columns - PANEL)];
  let [a, c] = [addressOf(backend, x), addressOf(backend, result)];
  const b = addressOf(backend, packed);
  for (const { height, count } of evenTiles(rows)) {
    const multiplyTiles = tiles[tilesName(height)] as MultiplyTiles;
    multiplyTiles(a, b, c, count, panels, aRow, cRow, lastPanel, ...BOUNDS[activation]);
    a += height * count * aRow;
    c += height * count * cRow;
  }
  return result;
}

/**
 * Rows in as few tiles as can be, which differ by a row at most: a tile of one row takes as long as
 * one of six, because its sums wait for each other.
 */
function evenTiles(rows: number): { height: number; count: number }[] {
  const count = Math.ceil(rows / MOST_ROWS);
  const height = Math.floor(rows / count);
  const higher = rows % count;
  return [
    { height: height + 1, count: higher },
    { height, count: count - higher },
  ].filter((tiles) => tiles.count > 0);
}
