import { expect, test } from '@playwright/test';
import {
  accuracyRange,
  chartX,
  chartY,
  linePath,
  lossRange,
  markSide,
  stepTicks,
} from '../../src/ui/chart-scale.ts';

const UNIT = { low: 0, high: 1 };

test.describe('chart scale', () => {
  test('the first value stands left, the last right, high values on top', () => {
    expect(linePath([0, 1, 0.5], UNIT)).toBe('M0 100L50 0L100 50');
  });

  test('values to come leave room at the right', () => {
    expect(linePath([0, 1], UNIT, 5)).toBe('M0 100L25 0');
  });

  test('one value is a point at the left', () => {
    expect(chartX(0, 1)).toBe(0);
    expect(linePath([0.5], UNIT)).toBe('M0 50');
  });

  test('missing and infinite values break the line', () => {
    expect(linePath([0, undefined, 1, Infinity, NaN, 0], UNIT)).toBe('M0 100M40 0M100 100');
    expect(linePath([], UNIT)).toBe('');
  });

  test('values outside the range stay on the edge; an empty range divides by nothing', () => {
    expect(chartY(2, UNIT)).toBe(0);
    expect(chartY(-1, UNIT)).toBe(100);
    expect(chartY(1, { low: 1, high: 1 })).toBe(100);
  });

  test('a mark is named on the side that has room', () => {
    expect(markSide(chartX(9, 20))).toBe('after');
    expect(markSide(chartX(39, 50))).toBe('before');
  });

  test('accuracies from one half up get the upper half', () => {
    expect(accuracyRange([0.5, undefined, 0.9])).toEqual({ low: 0.5, high: 1 });
    expect(accuracyRange([0.49, 0.9])).toEqual({ low: 0, high: 1 });
  });

  test('losses end at a round number above the largest', () => {
    expect(lossRange([0.69, 0.3])).toEqual({ low: 0, high: 1 });
    expect(lossRange([1.2, undefined, NaN])).toEqual({ low: 0, high: 2 });
    expect(lossRange([0.034]).high).toBeCloseTo(0.05);
    expect(lossRange([])).toEqual({ low: 0, high: 1 });
  });
});

test('the steps that are named are round, few, and begin with the first', () => {
  expect(stepTicks(0)).toEqual([]);
  expect(stepTicks(1)).toEqual([1]);
  expect(stepTicks(10)).toEqual([1, 2, 4, 6, 8, 10]);
  expect(stepTicks(20)).toEqual([1, 5, 10, 15, 20]);
  expect(stepTicks(40)).toEqual([1, 10, 20, 30, 40]);
  for (const steps of [3, 17, 60, 250, 500]) expect(stepTicks(steps).length).toBeLessThan(8);
});
