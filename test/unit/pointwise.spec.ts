import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {
  canPointwise,
  packPointwise,
  pointwise,
} from '../../src/learning/kernels/wasm/pointwise.ts';
import { networkModule } from '../../src/learning/kernels/wasm/network-module.ts';
import type { MultiplyTiles } from '../../src/learning/kernels/wasm/pointwise-module.ts';
import { testOnRelaxedWasm } from '../fixtures/relaxed-wasm.ts';
import type { Activation } from '../../src/learning/kernels/activation.ts';

testOnRelaxedWasm();

interface Sizes {
  readonly shape: readonly [batch: number, height: number, width: number];
  readonly depth: number;
  readonly columns: number;
}

/** Random operands of a convolution. */
function operands({ shape, depth, columns }: Sizes) {
  return {
    x: tf.randomUniform<tf.Rank.R4>([...shape, depth], -1, 1, 'float32', 1),
    filter: tf.randomUniform<tf.Rank.R4>([1, 1, depth, columns], -1, 1, 'float32', 2),
    bias: tf.randomUniform<tf.Rank.R1>([columns], -1, 1, 'float32', 3),
  };
}

const CLAMP: Readonly<Record<Activation, (value: number) => number>> = {
  linear: (value) => value,
  relu: (value) => Math.max(0, value),
  relu6: (value) => Math.min(6, Math.max(0, value)),
};

/** The same in loops. */
function expected(x: Float32Array, filter: Float32Array, bias: Float32Array): number[] {
  const columns = bias.length;
  const depth = filter.length / columns;
  return Array.from({ length: (x.length / depth) * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    let sum = bias[column]!;
    for (let k = 0; k < depth; k++) sum += x[row * depth + k]! * filter[k * columns + column]!;
    return sum;
  });
}

/** Computes it both ways. */
function compare(sizes: Sizes, activation: Activation): void {
  const { x, filter, bias } = operands(sizes);
  expect(canPointwise(filter)).toBe(true);
  const packed = packPointwise(filter, bias);
  const result = pointwise(x, packed, sizes.columns, activation);
  expect(result.shape).toEqual([...sizes.shape, sizes.columns]);
  const sums = expected(
    x.dataSync<'float32'>(),
    filter.dataSync<'float32'>(),
    bias.dataSync<'float32'>(),
  );
  const found = result.dataSync();
  const near = sums.every((sum, i) => Math.abs(CLAMP[activation](sum) - found[i]!) < 1e-4);
  expect(near, JSON.stringify(sizes)).toBe(true);
  tf.dispose([x, filter, bias, packed, result]);
}

test('any size gives what loops give', () => {
  const before = tf.memory();
  for (const shape of [
    [1, 1, 1],
    [1, 5, 1],
    [1, 7, 1],
    [2, 7, 7],
  ] as const) {
    for (const depth of [1, 3, 4, 17]) {
      for (const columns of [8, 9, 15, 24, 1280]) {
        compare({ shape, depth, columns }, 'relu6');
      }
    }
  }
  expect(tf.memory().numTensors).toBe(before.numTensors);
  expect(tf.memory().numBytes).toBe(before.numBytes);
});

for (const activation of ['linear', 'relu', 'relu6'] as const) {
  test(`${activation} lets through what it should`, () => {
    compare({ shape: [1, 6, 7], depth: 160, columns: 24 }, activation);
  });
}

test('a NaN stays one in its own row, whatever the activation', () => {
  for (const activation of ['linear', 'relu', 'relu6'] as const) {
    tf.tidy(() => {
      const { filter, bias } = operands({ shape: [1, 7, 1], depth: 5, columns: 9 });
      const values = Array.from({ length: 35 }, (_, index) => (index === 12 ? NaN : 1));
      const x = tf.tensor4d(values, [1, 7, 1, 5]);
      const found = pointwise(x, packPointwise(filter, bias), 9, activation).dataSync();
      expect([...found].map(Number.isNaN)).toEqual(
        Array.from({ length: 63 }, (_, index) => Math.floor(index / 9) === 2),
      );
    });
  }
});

test('the heap may grow between two calls, and in one', () => {
  const { x, filter, bias } = operands({ shape: [1, 9, 9], depth: 16, columns: 32 });
  const packed = packPointwise(filter, bias);
  const first = pointwise(x, packed, 32, 'linear');
  const before = first.dataSync();
  const large = tf.zeros([64, 1024, 1024]);
  const second = pointwise(x, packed, 32, 'linear');
  expect(second.dataSync()).toEqual(before);
  const wide = tf.zeros<tf.Rank.R4>([1, 1024, 512, 16]);
  const grown = pointwise(wide, packed, 32, 'linear');
  expect(grown.dataSync().subarray(-32)).toEqual(bias.dataSync());
  tf.dispose([x, filter, bias, packed, first, second, large, wide, grown]);
});

test('it is offered for 1x1 filters of 8 columns or more, on wasm with relaxed SIMD', async () => {
  const can = (shape: [number, number, number, number]) =>
    tf.tidy(() => canPointwise(tf.zeros(shape)));
  expect(can([1, 1, 3, 8])).toBe(true);
  expect(can([1, 1, 3, 7])).toBe(false);
  expect(can([3, 3, 3, 8])).toBe(false);
  await tf.setBackend('cpu');
  expect(can([1, 1, 3, 8])).toBe(false);
  await tf.setBackend('wasm');
  const { validate } = WebAssembly;
  try {
    WebAssembly.validate = () => false;
    expect(can([1, 1, 3, 8])).toBe(false);
  } finally {
    WebAssembly.validate = validate;
  }
});

for (const simd of ['relaxed', 'plain'] as const) {
  test(`a tile writes its own part of the memory and no more, ${simd} SIMD`, async () => {
    const [depth, columns, untouched, added] = [3, 11, 77, 100];
    const module = networkModule(simd, false);
    for (const rows of [1, 2, 3, 4, 5, 6]) {
      for (const withAddend of [false, true]) {
        const memory = new WebAssembly.Memory({ initial: 1 });
        const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
        const heap = new Float32Array(memory.buffer).fill(untouched);
        const [a, b, c, addend, tiles, panels] = [64, 1024, 4096, 8192, 2, 2];
        heap.fill(1, a, a + rows * tiles * depth);
        heap.fill(1, b, b + panels * (depth + 1) * 8);
        heap.fill(added, addend, addend + rows * tiles * columns);
        const multiply = exports[`rows${rows}${withAddend ? 'add' : ''}`] as MultiplyTiles;
        multiply(
          ...([4 * a, 4 * b, 4 * c, tiles, panels, depth, 4 * depth, 4 * columns] as const),
          ...([4 * columns - 32, 4 * (addend - c), -Infinity, Infinity] as const),
        );
        const written = rows * tiles * columns;
        const sum = depth + 1 + (withAddend ? added : 0);
        expect(new Set(heap.subarray(c, c + written))).toEqual(new Set([sum]));
        const isUntouched = (from: number, to: number) =>
          heap.subarray(from, to).every((value) => value === untouched);
        expect(isUntouched(0, a)).toBe(true);
        expect(isUntouched(b + panels * (depth + 1) * 8, c)).toBe(true);
        expect(isUntouched(c + written, addend)).toBe(true);
        expect(isUntouched(addend + written, heap.length)).toBe(true);
      }
    }
  });
}
