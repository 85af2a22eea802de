import { expect, test } from '@playwright/test';
import { lossSentence } from '../../src/app/loss-sentence.ts';

test('what the browser cleared is counted, and only what there was', () => {
  const said = (photos: number, models: number) =>
    lossSentence({ photos, models }).replace('The browser cleared this app’s storage: ', '');
  expect(said(1, 0)).toBe('1 photo is gone.');
  expect(said(0, 1)).toBe('1 model is gone.');
  expect(said(23, 0)).toBe('23 photos are gone.');
  expect(said(1234, 2)).toBe('1,234 photos and 2 models are gone.');
});
