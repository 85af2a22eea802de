import { test } from '@playwright/test';
import { perClass } from '../../src/models/per-class.ts';
import {
  calibrationSentence,
  classSentence,
  moreSentences,
} from '../../src/pages/models/test-sentences.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

test('right answers first, recall and precision behind them; what was never asked has no share', () => {
  const of = (confusion: number[][], index: number) => {
    const right = confusion[index]![index]!;
    const each = perClass(confusion)[index]!;
    return [classSentence(each, right), ...moreSentences(each, right)];
  };
  const pets = [
    [12, 0],
    [1, 11],
  ];
  const odd = [
    [0, 1],
    [0, 0],
  ];
  expectSentences('test-of-a-class', {
    '12 of 12 right, answered 13 times': of(pets, 0),
    '11 of 12 right, answered 11 times': of(pets, 1),
    'never answered': of(odd, 0),
    'no test photo, answered once': of(odd, 1),
  });
});

test('calibration is described for the confidence that most answers have, if there are enough of them', () => {
  const bin = { low: 0.8, high: 1, count: 50, confidence: 0.9, accuracy: 0.88 };
  const other = { low: 0.6, high: 0.8, count: 10, confidence: 0.7, accuracy: 0.6 };
  const said = (count: number, ...reliability: (typeof bin)[]) =>
    calibrationSentence({ count, reliability, calibrationError: 0.033 });
  expectSentences('calibration', {
    '60 photos, 50 of one confidence': said(60, other, bin),
    '49 photos': said(49, { ...bin, count: 49 }),
    '50 photos, 19 of one confidence': said(50, { ...bin, count: 19 }),
    '1 photo': said(1, { ...bin, count: 1 }),
  });
});
