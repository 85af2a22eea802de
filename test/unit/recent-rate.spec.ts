import { expect, test } from '@playwright/test';
import { RecentRate } from '../../src/platform/recent-rate.ts';

test('a rate is that of the last seconds, however fast it began', () => {
  const rate = new RecentRate();
  expect(rate.perSecond(0, 0)).toBeUndefined();
  rate.note(500, 250);
  expect(rate.perSecond(500, 250)).toBe(500);
  // 4,000 that were there already in 8 seconds, then 30 a second.
  for (let second = 1; second <= 8; second++) rate.note(1000 * second, 500 * second);
  for (let second = 9; second <= 40; second++) {
    rate.note(1000 * second, 4000 + 30 * (second - 8));
  }
  expect(rate.perSecond(40_500, 4000 + 30 * 32.5)).toBeCloseTo(30);
});

test('a long step, such as a large photo, has a rate too', () => {
  const rate = new RecentRate();
  rate.note(60_000, 1);
  expect(rate.perSecond(60_000, 1)).toBeCloseTo(1 / 60);
  rate.note(120_000, 2);
  expect(rate.perSecond(120_000, 2)).toBeCloseTo(1 / 60);
  expect(rate.perSecond(180_000, 2)).toBeCloseTo(1 / 120);
});
