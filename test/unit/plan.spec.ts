import { expect, test } from '@playwright/test';
import { inputRange } from '../../src/learning/network/input-range.ts';
import { compilePlan } from '../../src/learning/network/plan/compile-plan.ts';
import type { Operation, OperationList } from '../../src/learning/network/plan/operation.ts';
import { placeBuffers } from '../../src/learning/kernels/wasm/place-buffers.ts';
import { MAX_UNITS } from '../../src/learning/network/plan/divide.ts';
import { WasmExecutor } from '../../src/learning/network/wasm/wasm-executor.ts';
import type { PicturePixels } from '../../src/learning/input/picture-batch.ts';
import { Random } from '../../src/platform/random.ts';
import {
  randomConvolution,
  runReference,
  smallMobileNet,
  type ReferenceMap,
} from '../fixtures/reference-network.ts';
import { allowRelaxedSimd } from '../fixtures/relaxed-wasm.ts';

const KINDS = ['relaxed', 'plain'] as const;
const RANGE = inputRange({ inputRange: [-1, 1] });

test.beforeAll(allowRelaxedSimd);

/** A random picture in all forms, and what a network with `RANGE` reads of it. */
function pictures(size: number, range = RANGE) {
  const random = new Random(9);
  const rgba = Uint8ClampedArray.from({ length: size * size * 4 }, () => 256 * random.next());
  const mirrored = rgba.slice();
  const rgb = new Float32Array(size * size * 3);
  const values = new Float64Array(size * size * 3);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const column = pixel % size;
    mirrored.set(rgba.subarray(4 * pixel, 4 * pixel + 4), 4 * (pixel - column + size - 1 - column));
    for (let c = 0; c < 3; c++) {
      const value = rgba[4 * pixel + c]!;
      rgb[3 * pixel + c] = value;
      const [scale, shift] = [range.values[c]!, range.values[4 + c]!];
      values[3 * pixel + range.channels[c]!] = value * scale + shift;
    }
  }
  const forms: PicturePixels[] = [{ rgba, flip: false }, { rgba: mirrored, flip: true }, { rgb }];
  return { forms, map: { shape: [size, size, 3], values } satisfies ReferenceMap };
}

function difference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  return Math.max(...Array.from(expected, (value, i) => Math.abs(value - found[i]!)));
}

/** Compares a list's map and features with the loops, in each SIMD and form of picture. */
function compare(list: OperationList, size: number, range = RANGE): void {
  const plan = compilePlan(list, size, range);
  if (!plan) throw new Error('No plan');
  const { forms, map } = pictures(size, range);
  const maps = runReference(list, map);
  const expected = maps.get(list.output)!;
  const pool: Operation = { kind: 'pool', inputs: [list.output], output: 'pooled' };
  const pooled = runReference({ ...list, operations: [...list.operations, pool] }, map);
  for (const simd of KINDS) {
    const executor = new WasmExecutor(plan, simd);
    const batch = { size, pictures: forms };
    const found = executor.map(batch);
    const features = executor.features(batch);
    forms.forEach((_, index) => {
      const { length } = expected.values;
      const mapOf = found.subarray(index * length, (index + 1) * length);
      expect(difference(mapOf, expected.values)).toBeLessThan(1e-4);
      const channels = expected.shape[2];
      const row = features.subarray(index * channels, (index + 1) * channels);
      expect(difference(row, pooled.get('pooled')!.values)).toBeLessThan(1e-4);
    });
  }
}

for (const size of [16, 33, 64]) {
  test(`a small MobileNetV2 at ${size} pixels gives what loops give, in any SIMD and any form of picture`, () => {
    compare(smallMobileNet(), size);
  });
}

test('channels that are no multiple of a panel, or more than a unit holds', () => {
  compare(smallMobileNet(12), 32);
  compare(smallMobileNet(44), 20);
});

test('an output anywhere in the network: boundary activations', () => {
  const list = smallMobileNet();
  for (const output of ['first', 'd0', 'p0', 'd1', 'a1', 'd2', 'p2']) {
    const end = list.operations.findIndex((each) => each.output === output);
    compare({ ...list, output, operations: list.operations.slice(0, end + 1) }, 24);
  }
});

test('a network that pools by itself gives its features', () => {
  const list = smallMobileNet();
  const operations: Operation[] = [
    ...list.operations.slice(0, -1),
    { kind: 'pool', inputs: ['p2'], output: 'pooled' },
  ];
  const plan = compilePlan({ ...list, output: 'pooled', operations }, 32, RANGE)!;
  expect(plan.outputShape).toEqual([24]);
  const { forms, map } = pictures(32);
  const expected = runReference({ ...list, operations }, map).get('pooled')!.values;
  const executor = new WasmExecutor(plan, 'plain');
  const batch = { size: 32, pictures: [forms[0]!] };
  expect(difference(executor.map(batch), expected)).toBeLessThan(1e-4);
  expect(executor.features(batch)).toEqual(executor.map(batch));
});

for (const [mode, size] of [
  ['tf', 16],
  ['torch', 17],
  ['caffe', 16],
] as const) {
  test(`the range of the mode ${mode}`, () => {
    const spec = { preprocessing: mode, inputRange: [0, 1] } as const;
    const [first] = smallMobileNet().operations;
    // Caffe's range is 128 times as wide, and so are the sums.
    const scale = mode === 'caffe' ? 128 : 1;
    const scaled =
      first?.kind === 'convolution'
        ? { ...first, filter: first.filter.map((weight) => weight / scale) }
        : first!;
    const list = { input: 'in', output: 'first', operations: [scaled] };
    compare(list, size, inputRange(spec));
  });
}

test('a first convolution and a depthwise one of any stride, side and padding', () => {
  for (const pad of ['same', 'valid'] as const) {
    for (const stride of [1, 2, 3]) {
      for (const [rows, columns] of [
        [1, 1],
        [3, 3],
        [5, 3],
        [7, 7],
      ] as const) {
        const random = new Random(3);
        const first = randomConvolution(random, [rows, columns, 3, 8], {
          ...{ inputs: ['in'], output: 'first', pad, stride },
        });
        const depthwise = randomConvolution(random, [3, 3, 8, 1], {
          ...{ inputs: ['first'], output: 'depthwise', pad, stride, depthwise: true },
        });
        compare({ input: 'in', output: 'depthwise', operations: [first, depthwise] }, 29);
      }
    }
  }
});

test('a depthwise convolution of the smallest maps', () => {
  for (const size of [1, 2, 3, 4, 5]) {
    for (const stride of [1, 2]) {
      const random = new Random(3);
      const first = randomConvolution(random, [1, 1, 3, 8], { inputs: ['in'], output: 'first' });
      const depthwise = randomConvolution(random, [3, 3, 8, 1], {
        ...{ inputs: ['first'], output: 'depthwise', stride, depthwise: true },
      });
      compare({ input: 'in', output: 'depthwise', operations: [first, depthwise] }, size);
    }
  }
});

test('an addition that no convolution can take in is one of its own', () => {
  const random = new Random(7);
  const branch = (output: string) =>
    randomConvolution(random, [1, 1, 8, 8], { inputs: ['first'], output, activation: 'relu' });
  const first = randomConvolution(random, [3, 3, 3, 8], { inputs: ['in'], output: 'first' });
  const operations: Operation[] = [
    ...[first, branch('a'), branch('b')],
    { kind: 'add', inputs: ['a', 'b'], output: 'sum' },
    { kind: 'add', inputs: ['sum', 'sum'], output: 'twice' },
  ];
  compare({ input: 'in', output: 'twice', operations }, 18);
});

test('what no plan can express has none', () => {
  const { operations, ...list } = smallMobileNet();
  const random = new Random(1);
  const [first] = operations as [Operation & { kind: 'convolution' }];
  const after = (shape: [number, number, number, number], options = {}) =>
    randomConvolution(random, shape, { inputs: ['first'], output: 'last', ...options });
  const impossible: Operation[][] = [
    [],
    [{ kind: 'pool', inputs: ['in'], output: 'last' }],
    [first, after([3, 3, 16, 16])],
    [first, after([1, 1, 16, 16], { stride: 2 })],
    [first, after([1, 1, 16, 7])],
    [first, after([1, 1, 15, 16])],
    [first, after([5, 5, 16, 1], { depthwise: true })],
    [first, after([3, 3, 16, 2], { depthwise: true })],
    [first, { ...after([3, 3, 16, 1], { depthwise: true }), dilations: [2, 2] }],
    [first, { ...after([3, 3, 16, 1], { depthwise: true }), strides: [1, 2] }],
    [first, { kind: 'add', inputs: ['first', 'first', 'first'], output: 'last' }],
    [first, after([1, 1, 16, 16], { output: 'more' }), first],
  ];
  for (const each of impossible) {
    expect(compilePlan({ ...list, operations: each }, 16, RANGE)).toBeUndefined();
  }
  // A map that the filter does not fit into.
  expect(
    compilePlan(
      { ...list, operations: [first, after([3, 3, 16, 1], { depthwise: true, pad: 'valid' })] },
      3,
      RANGE,
    ),
  ).toBeUndefined();
});

test('maps that are needed at the same time do not overlap, the others share their place', () => {
  const random = new Random(2);
  for (let round = 0; round < 50; round++) {
    const buffers = Array.from({ length: 30 }, (_, from) => ({
      bytes: 1 + Math.floor(5000 * random.next()),
      from,
      to: from + Math.floor(4 * random.next()),
    }));
    const { offsets, bytes } = placeBuffers(buffers);
    const ends = buffers.map((buffer, i) => offsets[i]! + buffer.bytes);
    expect(Math.max(...ends)).toBeLessThanOrEqual(bytes);
    const clashes = buffers.flatMap((a, i) =>
      buffers.slice(0, i).filter((b, j) => {
        const areTogether = a.from <= b.to && b.from <= a.to;
        return areTogether && offsets[i]! < ends[j]! && offsets[j]! < ends[i]!;
      }),
    );
    expect(clashes).toEqual([]);
    const all = buffers.reduce((sum, buffer) => sum + buffer.bytes, 0);
    expect(bytes).toBeLessThan(all / 2);
  }
});

test('a unit is never more than a ticket holds, whatever the size', () => {
  for (const size of [32, 96, 160, 224, 320]) {
    const { operations, pool } = compilePlan(smallMobileNet(320), size, RANGE)!;
    for (const { units } of [...operations, pool!]) {
      expect(units).toBeGreaterThan(0);
      expect(units).toBeLessThanOrEqual(MAX_UNITS);
    }
  }
});
