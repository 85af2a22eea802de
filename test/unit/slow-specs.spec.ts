import { existsSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { SLOW_SPECS, WITHOUT_SLOW_SPECS } from '../../scripts/test/slow-specs.ts';

test('what the quick form leaves out is there, and nothing else has such a name', () => {
  expect(SLOW_SPECS.filter((spec) => !existsSync(`test/${spec}`))).toEqual([]);
  const pattern = new RegExp(WITHOUT_SLOW_SPECS.replace('--grep-invert=', ''));
  expect(pattern.test('browser/fast/own-bases.spec.ts a base is added')).toBe(true);
  expect(pattern.test('browser/fast/own-bases-refused.spec.ts a base is refused')).toBe(false);
});
