import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { allFinite } from '../../src/platform/all-finite.ts';
import { packState, unpackState } from '../../src/learning/optim/state-bytes.ts';
import { valuesOf } from '../fixtures/epoch-loop-setting.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';

test.beforeAll(startWasm);

function variables(): tf.Variable[] {
  return tf.tidy(() => [
    tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3])),
    tf.variable(tf.scalar(7)),
    tf.variable(tf.tensor1d([-0, 1e-42, 3.4e38])),
  ]);
}

for (const backend of ['cpu', 'wasm'] as const) {
  test(`numbers packed and put back are the same bits on ${backend}`, async () => {
    await tf.setBackend(backend);
    const some = variables();
    const tensors = tf.memory().numTensors;
    const packed = await packState(some, new DeviceWatch());
    expect([...packed]).toEqual([1, 2, 3, 4, 5, 6, 7, -0, Math.fround(1e-42), Math.fround(3.4e38)]);
    const before = valuesOf(some);
    for (const variable of some) {
      tf.tidy(() => {
        variable.assign(tf.zerosLike(variable));
      });
    }
    unpackState(some, packed);
    expect(valuesOf(some)).toEqual(before);
    expect(some.map(({ shape }) => shape)).toEqual([[2, 3], [], [3]]);
    expect(tf.memory().numTensors).toBe(tensors);

    // Neither side sees what happens to the other.
    packed.fill(0);
    expect(valuesOf(some)).toEqual(before);
    const again = await packState(some, new DeviceWatch());
    tf.tidy(() => {
      some[1]!.assign(tf.scalar(8));
    });
    expect(again[6]).toBe(7);
    tf.dispose(some);
  });
}

test('as many numbers as there are, no more and no less', async () => {
  await tf.setBackend('cpu');
  const some = variables();
  for (const length of [0, 9, 11]) {
    expect(() => {
      unpackState(some, new Float32Array(length));
    }).toThrow(RangeError);
  }
  expect(await packState([], new DeviceWatch())).toHaveLength(0);
  unpackState([], new Float32Array());
  tf.dispose(some);
});

test('a device that failed gives no state', async () => {
  await tf.setBackend('cpu');
  const watch = new DeviceWatch();
  watch.fail('Lost.');
  await expect(packState(variables(), watch)).rejects.toMatchObject({ kind: 'gpu' });
});

test('every number has to be one', () => {
  expect(allFinite([])).toBe(true);
  expect(allFinite(Float32Array.of(0, -1, 3e38))).toBe(true);
  expect(allFinite([0, NaN])).toBe(false);
  expect(allFinite(Float32Array.of(1, Infinity))).toBe(false);
  expect(allFinite([-Infinity])).toBe(false);
});
