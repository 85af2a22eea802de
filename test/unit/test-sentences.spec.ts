import { expect, test } from '@playwright/test';
import { perClass } from '../../src/models/per-class.ts';
import {
  calibrationSentence,
  classSentence,
  moreSentences,
} from '../../src/pages/models/test-sentences.ts';

test.describe('sentences of the test', () => {
  test('right answers first, recall and precision behind them', () => {
    const [cat, dog] = perClass([
      [12, 0],
      [1, 11],
    ]);
    expect(classSentence(cat!, 12)).toBe('12 of 12 right');
    expect(moreSentences(cat!, 12)).toEqual([
      'Recall 100%: so many of its photos were found.',
      'Precision 92%: right 12 of 13 times that it said so.',
    ]);
    expect(classSentence(dog!, 11)).toBe('11 of 12 right');
    expect(moreSentences(dog!, 11)[0]).toContain('Recall 92%');
  });

  test('what was never asked or never said has no share', () => {
    const [never, none] = perClass([
      [0, 1],
      [0, 0],
    ]);
    expect(classSentence(never!, 0)).toBe('0 of 1 right');
    expect(moreSentences(never!, 0)[1]).toBe('Precision is not known: the model never said so.');
    expect(classSentence(none!, 0)).toBe('No test photo shows one.');
    expect(moreSentences(none!, 0)).toEqual([
      'Recall is not known: no test photo shows one.',
      'Precision 0%: right 0 of 1 time that it said so.',
    ]);
  });

  test('percentages are judged by the confidence that most answers have', () => {
    const reliability = [
      { low: 0.6, high: 0.8, count: 10, confidence: 0.7, accuracy: 0.6 },
      { low: 0.8, high: 1, count: 50, confidence: 0.9, accuracy: 0.88 },
    ];
    const sentence = calibrationSentence({ count: 60, reliability, calibrationError: 0.033 });
    expect(sentence).toContain('When it says 90%, it is right about 88% of the time.');
    expect(sentence).toContain('off by 3%');
  });

  test('too few test photos say nothing of percentages', () => {
    const bin = { low: 0.8, high: 1, count: 49, confidence: 0.9, accuracy: 0.88 };
    const few = { count: 49, reliability: [bin], calibrationError: 0.02 };
    expect(calibrationSentence(few)).toContain('49 test photos are too few to tell');
    const spread = { count: 50, reliability: [{ ...bin, count: 19 }], calibrationError: 0.02 };
    expect(calibrationSentence(spread)).toContain('too few to tell');
    const one = { count: 1, reliability: [{ ...bin, count: 1 }], calibrationError: 0.02 };
    expect(calibrationSentence(one)).toContain('1 test photo is too few to tell');
  });
});
