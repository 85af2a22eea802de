import { expect, test } from '@playwright/test';
import { mistakes, outcomes } from '../../src/learning/evaluate/mistakes.ts';
import { perClass } from '../../src/models/per-class.ts';

test('precision, recall and F1 of each class come from its column and its row', () => {
  const [a, b, c] = perClass([
    [8, 2, 0],
    [1, 4, 0],
    [3, 2, 5],
  ]);
  expect(a).toMatchObject({ support: 10, answered: 12, precision: 8 / 12, recall: 0.8 });
  expect(a!.f1).toBeCloseTo((2 * (8 / 12) * 0.8) / (8 / 12 + 0.8), 12);
  expect(b).toMatchObject({ support: 5, answered: 8, precision: 0.5, recall: 0.8 });
  expect(c).toMatchObject({ precision: 1, recall: 0.5 });
});

test('a metric that is undefined is absent, not 0', () => {
  const [never, all, none] = perClass([
    [0, 3, 0],
    [0, 5, 0],
    [0, 0, 0],
  ]);
  expect(never).toEqual({ support: 3, answered: 0, recall: 0, f1: 0 });
  expect(all).toMatchObject({ recall: 1, precision: 5 / 8 });
  expect(none).toEqual({ support: 0, answered: 0 });
  expect(() => perClass([[1, 2]])).toThrow(RangeError);
});

test('mistakes come with the surest first, and right answers not at all', () => {
  const probabilities = [0.4, 0.6, 0.1, 0.9, 0.99, 0.01, 0.05, 0.95, 0.6, 0.4];
  const all = outcomes(['e', 'b', 'a', 'd', 'c'], [0, 0, 1, 1, 1], probabilities);
  expect(all).toHaveLength(5);
  expect(all[3]).toEqual({ photoId: 'd', truth: 1, answer: 1, probability: 0.95 });
  expect(mistakes(all)).toEqual([
    { photoId: 'a', truth: 1, answer: 0, probability: 0.99 },
    { photoId: 'b', truth: 0, answer: 1, probability: 0.9 },
    { photoId: 'c', truth: 1, answer: 0, probability: 0.6 },
    { photoId: 'e', truth: 0, answer: 1, probability: 0.6 },
  ]);
  expect(mistakes(all, 1).map(({ photoId }) => photoId)).toEqual(['a']);
  expect(outcomes([], [], [])).toEqual([]);
  expect(() => outcomes(['a'], [0, 1], [1, 0, 0, 1])).toThrow(RangeError);
});

test('mistakes know more than two classes', () => {
  expect(mistakes(outcomes(['a'], [0], [0.2, 0.3, 0.5]))).toEqual([
    { photoId: 'a', truth: 0, answer: 2, probability: 0.5 },
  ]);
});
