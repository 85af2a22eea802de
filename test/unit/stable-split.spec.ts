import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { DEFAULT_FRACTIONS, stableSplit } from '../../src/photos/stable-split.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

// A side that changes with a version of the app would move photos from testing to training.
test('known hashes fall on the sides on which they fell in every version before', () => {
  const sides = ['photo 9', 'photo 13', 'photo 1'].map((text) => stableSplit(hash(text)));
  expect(sides).toEqual(['test', 'validation', 'train']);
});

test('sides get their shares of many photos', () => {
  const counts = { train: 0, validation: 0, test: 0 };
  const total = 20_000;
  for (let i = 0; i < total; i++) counts[stableSplit(hash(`photo ${i}`))]++;
  for (const side of ['train', 'validation', 'test'] as const) {
    // Four standard deviations of a binomial count.
    const share = DEFAULT_FRACTIONS[side];
    const tolerance = 4 * Math.sqrt(total * share * (1 - share));
    expect(Math.abs(counts[side] - share * total)).toBeLessThan(tolerance);
  }
});

test('the ends of the hash range fall on the first and the last side', () => {
  expect(stableSplit('0'.repeat(64))).toBe('test');
  expect(stableSplit('f'.repeat(64))).toBe('train');
});

test('what is no hash is refused', () => {
  expect(() => stableSplit('photo')).toThrow(RangeError);
});
