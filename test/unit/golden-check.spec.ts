import { expect, test } from '@playwright/test';
import { goldenDifference, goldenFigures } from '../../src/learning/network/golden-check.ts';

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

test('another largest feature is seen, but not two that tie', () => {
  const other = Float32Array.from(features);
  other[50] = 100;
  expect(goldenDifference(other, golden)).toBeGreaterThan(90);
  const tie = Float32Array.from(features);
  tie[golden.argmax === 60 ? 61 : 60] = Math.max(...features) + 1e-4;
  expect(goldenFigures(tie).argmax).not.toBe(golden.argmax);
  const sameFigures = { ...golden, ...goldenFigures(tie), argmax: golden.argmax };
  expect(goldenDifference(tie, sameFigures)).toBeLessThan(golden.tolerance);
});

test('a number that is none is no match at all', () => {
  const nan = Float32Array.from(features);
  nan[40] = NaN;
  expect(goldenDifference(nan, golden)).toBe(Infinity);
});
