import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../base/layer-graph.ts';
import { addressOf, heapOf, type HeapBackend } from './heap.ts';
import { MOST_ROWS, PANEL, pointwiseModule, type MultiplyTiles } from './pointwise-module.ts';

/** Between which an activation lets values through. */
const BOUNDS: Readonly<Record<Activation, readonly [low: number, high: number]>> = {
  linear: [-Infinity, Infinity],
  relu: [0, Infinity],
  relu6: [0, 6],
};

const KERNEL = 'PackedPointwise';

/** By their number of rows, less 1. */
type Tiles = readonly MultiplyTiles[];

const tilesByBackend = new WeakMap<HeapBackend, Tiles>();
let bytes: Uint8Array<ArrayBuffer> | undefined;

/**
 * Whether `pointwise` computes such a convolution here: on the wasm backend, in a browser with
 * relaxed SIMD (Chromium since 114). It is twice as fast there as the backend's own; with plain SIMD it
 * would be no faster.
 *
 * @param filter `[1, 1, depth, columns]`
 */
export function canPointwise(filter: tf.Tensor4D): boolean {
  const [height, width, , columns] = filter.shape;
  if (height !== 1 || width !== 1 || columns < PANEL || tf.getBackend() !== 'wasm') return false;
  return (
    heapOf(tf.backend() as unknown as HeapBackend) !== undefined &&
    WebAssembly.validate((bytes ??= pointwiseModule()))
  );
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
  const tiles = tilesOf(backend);
  const [panels] = packed.shape as [number];
  const [aRow, cRow, lastPanel] = [4 * depth, 4 * columns, 4 * (columns - PANEL)];
  let [a, c] = [addressOf(backend, x), addressOf(backend, result)];
  const b = addressOf(backend, packed);
  for (const { height, count } of evenTiles(rows)) {
    const run = tiles[height - 1]!;
    run(a, b, c, count, panels, aRow, cRow, lastPanel, ...BOUNDS[activation]);
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

/** Compiled once a backend, since each has a memory of its own. */
function tilesOf(backend: HeapBackend): Tiles {
  let tiles = tilesByBackend.get(backend);
  if (!tiles) {
    const module = new WebAssembly.Module((bytes ??= pointwiseModule()));
    const { exports } = new WebAssembly.Instance(module, { env: { memory: heapOf(backend)! } });
    tiles = Array.from(
      { length: MOST_ROWS },
      (_, index) => exports[`rows${index + 1}`] as MultiplyTiles,
    );
    tilesByBackend.set(backend, tiles);
  }
  return tiles;
}
