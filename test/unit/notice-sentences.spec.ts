import { test } from '@playwright/test';
import { lossSentence } from '../../src/app/loss-sentence.ts';
import { keptSentence } from '../../src/pages/live/kept-sentence.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

test('a correction is said to teach only where it does', () => {
  expectSentences('correction', {
    'in the training split': keptSentence('Cat', { split: 'train' }),
    'in the validation split': keptSentence('Cat', { split: 'validation' }),
    'in the test split': keptSentence('Cat', { split: 'test' }),
  });
});

test('what the browser cleared is counted, and only what there was', () => {
  expectSentences('cleared', {
    '1 photo': lossSentence({ photos: 1, models: 0 }),
    '1 model': lossSentence({ photos: 0, models: 1 }),
    '23 photos': lossSentence({ photos: 23, models: 0 }),
    '1234 photos, 2 models': lossSentence({ photos: 1234, models: 2 }),
  });
});
