import { expect, test } from '@playwright/test';
import { keptSentence } from '../../src/pages/live/kept-sentence.ts';

test('a correction is said to be learned from only where it is', () => {
  expect(keptSentence('Cat', { split: 'train' })).toBe('Saved in Cat: it learns from it now');
  for (const split of ['validation', 'test'] as const) {
    expect(keptSentence('Cat', { split })).toContain('Saved in Cat. It looks like a photo');
    expect(keptSentence('Cat', { split })).not.toContain('learns');
  }
});
