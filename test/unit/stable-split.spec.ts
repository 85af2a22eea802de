import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { DEFAULT_FRACTIONS, stableSplit } from '../../src/photos/stable-split.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

// A split that changes with a version of the app would move photos from testing to training.
test('known hashes give the splits that they gave in every version before', () => {
  const splits = ['photo 9', 'photo 13', 'photo 1'].map((text) => stableSplit(hash(text)));
  expect(splits).toEqual(['test', 'validation', 'train']);
});

test('splits get their fractions of many photos', () => {
  const counts = { train: 0, validation: 0, test: 0 };
  const total = 20_000;
  for (let i = 0; i < total; i++) counts[stableSplit(hash(`photo ${i}`))]++;
  for (const split of ['train', 'validation', 'test'] as const) {
    // Four standard deviations of a binomial count.
    const fraction = DEFAULT_FRACTIONS[split];
    const tolerance = 4 * Math.sqrt(total * fraction * (1 - fraction));
    expect(Math.abs(counts[split] - fraction * total)).toBeLessThan(tolerance);
  }
});

test('the ends of the hash range give the first and the last split', () => {
  expect(stableSplit('0'.repeat(64))).toBe('test');
  expect(stableSplit('f'.repeat(64))).toBe('train');
});

test('what is no hash is refused', () => {
  expect(() => stableSplit('photo')).toThrow(RangeError);
});
