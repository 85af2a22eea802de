import { expect, test } from '@playwright/test';
import { goldenDifference, goldenFigures } from '../../src/learning/base/golden-check.ts';

const features = Float32Array.from({ length: 64 }, (_, i) => Math.abs(Math.sin(i)) * 3);
const golden = { size: 160, tolerance: 1e-3, ...goldenFigures(features) };

test('features agree with their own figures', () => {
  expect(goldenDifference(features, golden)).toBe(0);
});

test('one wrong feature is seen, wherever it stands', () => {
  for (const index of [0, 31, 63]) {
    const wrong = Float32Array.from(features);
    wrong[index]! += 0.5;
    expect(goldenDifference(wrong, golden)).toBeGreaterThan(golden.tolerance);
  }
});

test('a number that is none, and another largest feature, are no match at all', () => {
  const nan = Float32Array.from(features);
  nan[40] = NaN;
  expect(goldenDifference(nan, golden)).toBe(Infinity);
  const argmax = Float32Array.from(features);
  argmax[50] = 100;
  expect(goldenDifference(argmax, golden)).toBe(Infinity);
});
