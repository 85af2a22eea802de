import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { crossEntropyGradient } from '../../src/learning/optim/cross-entropy.ts';
import { DenseHead } from '../../src/learning/head/dense-head.ts';
import { applyDropout, dropoutMask } from '../../src/learning/optim/dropout.ts';
import { Random } from '../../src/platform/random.ts';
import { expectClose } from '../fixtures/fine-tune-checks.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';

test.beforeAll(startWasm);

const BACKENDS = ['cpu', 'wasm'] as const;

for (const backend of BACKENDS) {
  for (const outputs of [1, 3]) {
    test(`the gradient of the cross-entropy of ${outputs} outputs is that of TF.js on ${backend}`, async () => {
      await tf.setBackend('cpu');
      const values = Array.from({ length: 6 * outputs }, (_, i) => 3 * Math.sin(7 * i) + (i % 3));
      const labels = [0, 1, 1, 0, outputs === 1 ? 1 : 2, outputs === 1 ? 0 : 2];
      const expected = tf.tidy(() => {
        const truth =
          outputs === 1
            ? tf.tensor2d(labels, [6, 1])
            : tf.oneHot(tf.tensor1d(labels, 'int32'), outputs);
        const loss = (logits: tf.Tensor) =>
          outputs === 1
            ? tf.losses.sigmoidCrossEntropy(truth, logits)
            : tf.losses.softmaxCrossEntropy(truth, logits);
        return tf
          .grad(loss)(tf.tensor2d(values, [6, outputs]))
          .dataSync();
      });
      await tf.setBackend(backend);
      const logits = tf.tensor2d(values, [6, outputs]);
      const tensors = tf.memory().numTensors;
      const gradient = crossEntropyGradient(logits, labels, 6);
      expect(gradient.shape).toEqual([6, outputs]);
      expectClose(gradient.dataSync(), expected, 'whole');
      // Three of the rows, as a part of the same batch.
      const part = tf.tidy(() =>
        crossEntropyGradient(tf.slice(logits, [0, 0], [3, -1]), labels.slice(0, 3), 6),
      );
      expectClose(part.dataSync(), expected.slice(0, 3 * outputs), 'part');
      expect(tf.memory().numTensors).toBe(tensors + 2);
      tf.dispose([logits, gradient, part]);
    });
  }
}

test('dropout zeroes its fraction of the features and keeps their sum', () => {
  const mask = dropoutMask(20_000, 0.2, new Random(1));
  expect(new Set(mask)).toEqual(new Set([0, Math.fround(1.25)]));
  const mean = mask.reduce((a, b) => a + b, 0) / mask.length;
  // Three standard deviations.
  expect(Math.abs(mean - 1)).toBeLessThan((3 * 0.5) / Math.sqrt(mask.length));
  const values = new Float32Array(50).fill(2);
  applyDropout(values, 0.2, new Random(1));
  expect([...values]).toEqual([...mask.subarray(0, 50)].map((factor) => 2 * factor));
  const random = new Random(4);
  const { state } = random;
  applyDropout(values, 0, random);
  expect(random.state).toEqual(state);
});

test('a head starts as Keras makes it, and stored weights give the same one', async () => {
  await tf.setBackend('cpu');
  const tensors = tf.memory().numTensors;
  const head = DenseHead.create(50, 3, new Random(2));
  const limit = Math.sqrt(6 / 53);
  const kernel = [...head.kernel.dataSync()];
  expect(Math.max(...kernel.map(Math.abs))).toBeLessThanOrEqual(limit);
  expect(Math.max(...kernel)).toBeGreaterThan(0.9 * limit);
  expect(Math.min(...kernel)).toBeLessThan(-0.9 * limit);
  expect([...head.bias.dataSync()]).toEqual([0, 0, 0]);
  const weights = await head.toWeights(new DeviceWatch());
  expect(weights.map(({ spec }) => spec)).toEqual([
    { name: 'dense/kernel', shape: [50, 3], dtype: 'float32' },
    { name: 'dense/bias', shape: [3], dtype: 'float32' },
  ]);
  const [stored, bias] = weights.map(({ values }) => values.slice().buffer);
  const same = DenseHead.fromBytes(stored!, bias!);
  expect(same.outputs).toBe(3);
  expect([...same.kernel.dataSync()]).toEqual(kernel);
  head.dispose();
  same.dispose();
  // Neither whole rows, nor whole numbers; and nothing of them is left.
  const sizes = [
    [100, 8],
    [102, 6],
    [8, 0],
  ] as const;
  for (const [kernel, bias] of sizes) {
    const attempt = () => DenseHead.fromBytes(new ArrayBuffer(kernel), new ArrayBuffer(bias));
    expect(attempt).toThrow(RangeError);
  }
  expect(tf.memory().numTensors).toBe(tensors);
});

test('weights of a device that failed are given to nobody', async () => {
  await tf.setBackend('cpu');
  const head = DenseHead.create(4, 1, new Random(2));
  const watch = new DeviceWatch();
  watch.fail('Taken away.');
  await expect(head.toWeights(watch)).rejects.toMatchObject({ kind: 'gpu' });
  head.dispose();
});
