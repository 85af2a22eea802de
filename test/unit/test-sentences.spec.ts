import { expect, test } from '@playwright/test';
import { perClass } from '../../src/models/per-class.ts';
import { calibrationSentence, classSentence } from '../../src/pages/train/test-sentences.ts';

test.describe('sentences of the test', () => {
  test('recall and precision in words', () => {
    const [cat, dog] = perClass([
      [12, 0],
      [1, 11],
    ]);
    expect(classSentence(cat!, 12)).toBe(
      'Finds 12 of 12 (recall 100%). Right 12 of 13 times it says so (precision 92%).',
    );
    expect(classSentence(dog!, 11)).toBe(
      'Finds 11 of 12 (recall 92%). Right 11 of 11 times it says so (precision 100%).',
    );
  });

  test('what was never asked or never said has no share', () => {
    const [never, none] = perClass([
      [0, 1],
      [0, 0],
    ]);
    expect(classSentence(never!, 0)).toBe('Finds 0 of 1 (recall 0%). Never said.');
    expect(classSentence(none!, 0)).toBe(
      'No test photo shows one. Right 0 of 1 time it says so (precision 0%).',
    );
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
    expect(calibrationSentence(few)).toBeUndefined();
    const spread = { count: 50, reliability: [{ ...bin, count: 19 }], calibrationError: 0.02 };
    expect(calibrationSentence(spread)).toBeUndefined();
  });
});
