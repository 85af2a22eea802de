import { expect, test } from '@playwright/test';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { operationList } from '../../src/learning/network/build-frozen-network.ts';
import { frozenList } from '../../src/learning/network/frozen-list.ts';
import { inputRange } from '../../src/learning/network/input-range.ts';
import type { Operation } from '../../src/learning/network/plan/operation.ts';
import { compileGpuPlan } from '../../src/learning/network/webgpu/gpu-plan.ts';
import { projectionOf } from '../../src/learning/network/webgpu/projection.ts';
import { Random } from '../../src/platform/random.ts';
import { networkModel } from '../fixtures/fine-tune-checks.ts';
import { testOnRelaxedWasm } from '../fixtures/relaxed-wasm.ts';
import { randomConvolution, smallMobileNet } from '../fixtures/reference-network.ts';

testOnRelaxedWasm();

const RANGE = inputRange({ inputRange: [-1, 1] });

test('MobileNetV2 is 52 dispatches, and 56 with features, known classes and places', async () => {
  const list = frozenList(await networkModel(mobileNetV2({ alpha: 0.35, size: 96 })));
  const plan = compileGpuPlan((await operationList(list))!, 96, RANGE)!;
  list.dispose();
  expect(plan.steps).toHaveLength(52);
  expect(plan.outputShape).toEqual([3, 3, 1280]);
  const known = {
    ...{ kernel: new Float32Array(1280 * 12), bias: new Float32Array(12) },
    ...{ anchors: 6, pooling: 'log-sum-exp' as const },
  };
  const head = { kernel: new Float32Array(1280), outputs: 1 };
  const { steps } = projectionOf(plan, plan.buffers.length, { known, head });
  expect(steps).toHaveLength(4);
  // What is read at 224 px, where there are 49 places, is below 6 kB.
  const output = { ...plan.output, places: 49 };
  const at224 = projectionOf({ ...plan, output }, plan.buffers.length, { known, head });
  expect(4 * at224.stride).toBeLessThan(6_000);
});

test('a buffer is used again once nothing reads its map any more', () => {
  const plan = compileGpuPlan(smallMobileNet(), 32, RANGE)!;
  // The last value that each buffer was given, by step; it may only be read before the next.
  const maps = new Map<number, number>();
  const list = smallMobileNet();
  expect(plan.buffers.length).toBeLessThan(list.operations.length / 2);
  plan.steps.forEach(({ source, addend, target }, index) => {
    for (const place of [source, addend]) {
      if (typeof place === 'number') expect(maps.has(place)).toBe(true);
      // A dispatch must not write what it reads.
      if (place !== undefined) expect(place).not.toBe(target);
    }
    maps.set(target as number, index);
  });
  // The output is the last thing that was written to its buffer.
  expect(maps.get(plan.output.buffer)).toBe(plan.steps.length - 1);
});

test('what the shaders cannot express has no plan', () => {
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
    [first, after([5, 5, 16, 1], { depthwise: true })],
    [first, after([3, 3, 16, 2], { depthwise: true })],
    [first, { ...after([3, 3, 16, 1], { depthwise: true }), dilations: [2, 2] }],
    [randomConvolution(random, [3, 5, 3, 16], { inputs: ['in'], output: 'last' })],
    [first, { kind: 'add', inputs: ['first', 'first', 'first'], output: 'last' }],
  ];
  for (const each of impossible) {
    expect(compileGpuPlan({ ...list, operations: each }, 16, RANGE)).toBeUndefined();
  }
});
