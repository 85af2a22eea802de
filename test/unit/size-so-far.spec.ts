import { expect, test } from '@playwright/test';
import { sizeSoFar } from '../../src/ui/phrases.ts';

test('how far a download is stands in the unit of the whole', () => {
  expect(sizeSoFar({ loaded: 0, total: 4_613_229 })).toBe('0.0 of 4.6 MB');
  expect(sizeSoFar({ loaded: 2_100_000, total: 4_613_229 })).toBe('2.1 of 4.6 MB');
  expect(sizeSoFar({ loaded: 900, total: 12_000 })).toBe('0.9 of 12 kB');
  expect(sizeSoFar({ loaded: 63_400_000, total: 130_000_000 })).toBe('63 of 130 MB');
});
