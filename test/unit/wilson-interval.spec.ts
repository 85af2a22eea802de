import { expect, test } from '@playwright/test';
import { wilsonInterval } from '../../src/models/statistics/wilson-interval.ts';

test.describe('Wilson interval', () => {
  test('23 of 24 lies between 80 and 99 %', () => {
    const { low, high } = wilsonInterval(23, 24);
    expect(low).toBeCloseTo(0.7976, 3);
    expect(high).toBeCloseTo(0.9926, 3);
  });

  test('all right and all wrong stay within 0 and 1 and are still unsure', () => {
    const all = wilsonInterval(10, 10);
    expect(all.high).toBe(1);
    expect(all.low).toBeCloseTo(0.7225, 3);
    const none = wilsonInterval(0, 10);
    expect(none.low).toBe(0);
    expect(none.high).toBeCloseTo(0.2775, 3);
  });

  test('more photos narrow it', () => {
    const few = wilsonInterval(9, 10);
    const many = wilsonInterval(900, 1000);
    expect(many.high - many.low).toBeLessThan((few.high - few.low) / 5);
  });

  test('there is no interval without photos', () => {
    expect(() => wilsonInterval(0, 0)).toThrow(RangeError);
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
  });
});
