import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { canDepthwise, depthwise } from '../../src/learning/kernels/wasm/depthwise.ts';
import { filterName, type FilterRows } from '../../src/learning/kernels/wasm/depthwise-module.ts';
import type { Movement } from '../../src/learning/kernels/wasm/filter-runs.ts';
import { networkModule } from '../../src/learning/kernels/wasm/network-module.ts';
import { testOnRelaxedWasm } from '../fixtures/relaxed-wasm.ts';
import type { Activation } from '../../src/learning/kernels/activation.ts';

testOnRelaxedWasm();

type Shape = readonly [batch: number, height: number, width: number, channels: number];

function operands([batch, height, width, channels]: Shape) {
  return {
    x: tf.randomUniform<tf.Rank.R4>([batch, height, width, channels], -1, 1, 'float32', 1),
    filter: tf.randomUniform<tf.Rank.R4>([3, 3, channels, 1], -1, 1, 'float32', 2),
    bias: tf.randomUniform<tf.Rank.R1>([channels], -1, 1, 'float32', 3),
  };
}

/** The outputs along a side, and what SAME pads before it. */
function side(size: number, { stride, pad }: Movement): { count: number; before: number } {
  if (pad === 'valid') return { count: Math.floor((size - 3) / stride) + 1, before: 0 };
  const count = Math.ceil(size / stride);
  return { count, before: Math.floor(Math.max((count - 1) * stride + 3 - size, 0) / 2) };
}

/** The same in loops, without an activation. */
function expected(
  [batch, height, width, channels]: Shape,
  { x, filter, bias }: Readonly<Record<'x' | 'filter' | 'bias', ArrayLike<number>>>,
  movement: Movement,
): { shape: number[]; values: number[] } {
  const [down, across] = [side(height, movement), side(width, movement)];
  const shape = [batch, down.count, across.count, channels];
  const values = Array.from({ length: tf.util.sizeFromShape(shape) }, (_, index) => {
    const channel = index % channels;
    const column = Math.floor(index / channels) % across.count;
    const row = Math.floor(index / channels / across.count) % down.count;
    const picture = Math.floor(index / channels / across.count / down.count);
    let sum = bias[channel]!;
    for (let tap = 0; tap < 9; tap++) {
      const fromRow = row * movement.stride - down.before + Math.floor(tap / 3);
      const fromColumn = column * movement.stride - across.before + (tap % 3);
      const inside = fromRow >= 0 && fromRow < height && fromColumn >= 0 && fromColumn < width;
      const from = ((picture * height + fromRow) * width + fromColumn) * channels + channel;
      if (inside) sum += x[from]! * filter[tap * channels + channel]!;
    }
    return sum;
  });
  return { shape, values };
}

/** Computes it both ways. */
function compare(shape: Shape, movement: Movement, activation: Activation): void {
  const { x, filter, bias } = operands(shape);
  expect(canDepthwise(filter)).toBe(true);
  const result = depthwise(x, filter, bias, movement, activation);
  const data = { x: x.dataSync(), filter: filter.dataSync(), bias: bias.dataSync() };
  const loops = expected(shape, data, movement);
  expect(result.shape).toEqual(loops.shape);
  const [low, high] = { linear: [-9, 9], relu: [0, 9], relu6: [0, 6] }[activation] as [
    number,
    number,
  ];
  const found = result.dataSync();
  const near = loops.values.every(
    (value, i) => Math.abs(Math.min(high, Math.max(low, value)) - found[i]!) < 1e-5,
  );
  expect(near, JSON.stringify({ shape, movement, activation })).toBe(true);
  tf.dispose([x, filter, bias, result]);
}

test('any size gives what loops give', () => {
  const before = tf.memory();
  for (const channels of [4, 5, 7, 8, 18]) {
    for (const [height, width] of [
      [1, 1],
      [1, 4],
      [2, 3],
      [5, 2],
      [6, 9],
    ] as const) {
      for (const stride of [1, 2, 3]) {
        compare([2, height, width, channels], { stride, pad: 'same' }, 'relu6');
      }
    }
    for (const stride of [1, 2]) compare([2, 3, 8, channels], { stride, pad: 'valid' }, 'relu6');
  }
  expect(tf.memory().numTensors).toBe(before.numTensors);
  expect(tf.memory().numBytes).toBe(before.numBytes);
});

for (const activation of ['linear', 'relu', 'relu6'] as const) {
  test(`${activation} lets through what it should`, () => {
    compare([1, 7, 7, 32], { stride: 1, pad: 'same' }, activation);
  });
}

test('a NaN stays one wherever it is read, whatever the activation', () => {
  for (const activation of ['linear', 'relu', 'relu6'] as const) {
    tf.tidy(() => {
      const { filter, bias } = operands([1, 4, 4, 4]);
      const values = Array.from({ length: 64 }, (_, index) => (index === 2 ? NaN : 1));
      const x = tf.tensor4d(values, [1, 4, 4, 4]);
      const result = depthwise(x, filter, bias, { stride: 1, pad: 'same' }, activation);
      const places = [...result.dataSync()].flatMap((value, i) => (Number.isNaN(value) ? [i] : []));
      expect(places).toEqual([2, 6, 18, 22]);
    });
  }
});

test('it is offered for 3x3 filters with an output a channel', () => {
  const can = (shape: [number, number, number, number]) =>
    tf.tidy(() => canDepthwise(tf.zeros(shape)));
  expect(can([3, 3, 4, 1])).toBe(true);
  expect(can([3, 3, 3, 1])).toBe(false);
  expect(can([3, 3, 4, 2])).toBe(false);
  expect(can([5, 5, 4, 1])).toBe(false);
});

for (const simd of ['relaxed', 'plain'] as const) {
  test(`rows write their own part of the memory and no more, ${simd} SIMD`, async () => {
    const module = networkModule(simd, false);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    const [channels, untouched, width, rows] = [6, 77, 16, 2];
    const heap = new Float32Array(memory.buffer);
    const [x, filter, bias, out] = [64, 1024, 2048, 4096];
    // Of each kind some: left, wide, single, right, narrow.
    const kinds = [1, 2, 3, 1, 1] as const;
    const count = 1 + 2 * 4 + 3 + 1 + 1;
    for (const from of [0, 1]) {
      for (const to of [2, 3]) {
        heap.fill(untouched);
        heap.fill(1, x - channels, x + (rows + 3) * width * channels);
        heap.fill(1, filter, filter + 9 * channels);
        heap.fill(1, bias, bias + channels);
        const filterRows = exports[filterName({ from, to }, 1)] as FilterRows;
        const pixel = 4 * channels;
        filterRows(
          ...([4 * x - pixel, 4 * filter, 4 * bias, 4 * out, rows, ...kinds] as const),
          ...([2, pixel - 16, pixel, width * pixel, pixel, width * pixel] as const),
          ...([pixel, count * pixel, pixel, -Infinity, Infinity] as const),
        );
        const written = heap.subarray(out, out + rows * count * channels);
        const taps = (columns: number) => 1 + columns * (to - from);
        const row = [
          taps(2),
          ...Array.from({ length: count - 3 }, () => taps(3)),
          taps(2),
          taps(1),
        ];
        const expected = [...row, ...row].flatMap((sum) =>
          Array.from({ length: channels }, () => sum),
        );
        expect([...written]).toEqual(expected);
        const after = heap.subarray(out + rows * count * channels);
        const before = heap.subarray(bias + channels, out);
        expect([...before, ...after].every((value) => value === untouched)).toBe(true);
      }
    }
  });
}
