import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { Adam } from '../../src/learning/optim/adam.ts';
import { learningRateAt } from '../../src/learning/optim/schedule.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** The paper's algorithm 1 with the epsilon outside the correction, as Keras has it, in float64. */
function referenceAdam(
  start: readonly number[],
  gradients: readonly (readonly number[])[],
  learningRate: number,
): number[] {
  const w = [...start];
  const m = w.map(() => 0);
  const v = w.map(() => 0);
  gradients.forEach((gradient, index) => {
    const t = index + 1;
    gradient.forEach((g, i) => {
      m[i] = 0.9 * m[i]! + 0.1 * g;
      v[i] = 0.999 * v[i]! + 0.001 * g * g;
      const alpha = (learningRate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
      w[i] = w[i]! - (alpha * m[i]) / (Math.sqrt(v[i]) + 1e-7);
    });
  });
  return w;
}

test('steps of Adam equal those of a reference in float64', () => {
  const start = [0.5, -1, 2, 0];
  const gradients = [
    [0.1, -2, 1e-4, 0],
    [-0.3, -2, 3e-4, 1e-8],
    [0.2, 5, -1e-4, 0.7],
  ];
  const before = tf.memory().numTensors;
  const variable = tf.tidy(() => tf.variable(tf.tensor1d(start)));
  const adam = new Adam([variable]);
  for (const gradient of gradients) {
    const tensor = tf.tensor1d(gradient);
    adam.step([tensor], 0.01);
    tensor.dispose();
  }
  const expected = referenceAdam(start, gradients, 0.01);
  const actual = variable.dataSync();
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 6);
  });
  adam.dispose();
  variable.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('the first step moves each weight by the learning rate, whatever the gradient', () => {
  const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, 1, 1])));
  const adam = new Adam([variable]);
  const gradient = tf.tensor1d([1e-3, 10, -500]);
  adam.step([gradient], 0.1);
  const [small, large, negative] = variable.dataSync();
  expect(small).toBeCloseTo(0.9, 3);
  expect(large).toBeCloseTo(0.9, 5);
  expect(negative).toBeCloseTo(1.1, 5);
  tf.dispose(gradient);
  adam.dispose();
  variable.dispose();
});

test('a cosine schedule starts at the full rate and ends at none', () => {
  const cosine = { learningRate: 0.2, schedule: 'cosine' } as const;
  expect(learningRateAt(0, 100, cosine)).toBe(0.2);
  expect(learningRateAt(50, 100, cosine)).toBeCloseTo(0.1, 12);
  expect(learningRateAt(100, 100, cosine)).toBeCloseTo(0, 12);
  const constant = { learningRate: 0.2, schedule: 'constant' } as const;
  expect(learningRateAt(73, 100, constant)).toBe(0.2);
});
