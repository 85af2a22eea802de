import { expect, test } from '@playwright/test';
import {
  binaryMetrics,
  crossEntropy,
  evaluate,
  sigmoid,
} from '../../src/learning/evaluate/metrics.ts';

test('sigmoid neither overflows nor loses its symmetry', () => {
  expect(sigmoid(0)).toBe(0.5);
  expect(sigmoid(1000)).toBe(1);
  expect(sigmoid(-1000)).toBe(0);
  expect(sigmoid(3) + sigmoid(-3)).toBeCloseTo(1, 12);
});

test('cross-entropy from logits is -log of the probability given to the truth', () => {
  for (const z of [-4, -0.5, 0, 2, 9]) {
    expect(crossEntropy(z, 1)).toBeCloseTo(-Math.log(sigmoid(z)), 10);
    expect(crossEntropy(z, 0)).toBeCloseTo(-Math.log(1 - sigmoid(z)), 10);
  }
  expect(crossEntropy(-1000, 1)).toBe(1000);
});

test('evaluation counts each answer in its cell', () => {
  const logits = [-2, 3, 0.1, -0.1, 5];
  const labels = [0, 0, 1, 1, 1];
  const evaluation = evaluate(logits, labels);
  expect(evaluation.confusion).toEqual([
    [1, 1],
    [1, 2],
  ]);
  expect(evaluation).toMatchObject({ count: 5, correct: 3 });
  expect(evaluation.loss).toBeCloseTo(binaryMetrics(logits, labels).loss, 12);
  expect(binaryMetrics(logits, labels).accuracy).toBeCloseTo(0.6, 12);
});
