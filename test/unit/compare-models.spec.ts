import { expect, test } from '@playwright/test';
import { compareModels } from '../../src/models/compare-models.ts';
import { mcnemarExact } from '../../src/models/statistics/mcnemar.ts';
import type { Evaluation, Outcome } from '../../src/records/model.ts';
import { chanceSentence, scoreSentence } from '../../src/pages/models/comparison-sentences.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

const CAT = { id: 'cat', name: 'Cat', palette: 0 };
const DOG = { id: 'dog', name: 'Dog', palette: 1 };

/** @param answers of each photo: its id, the index of its class, the index of the answer */
function predictions(
  answers: readonly (readonly [string, number, number])[],
  classes = [CAT, DOG],
) {
  const outcomes = answers.map(([photoId, truth, answer]): Outcome => ({
    photoId,
    truth,
    answer,
    probability: 0.9,
  }));
  return { classes, test: { outcomes } as unknown as Evaluation };
}

test('the exact test gives the values of R and statsmodels', () => {
  // statsmodels' example, and Agresti's table of approval ratings by exact2x2 in R.
  expect(mcnemarExact(59, 121)).toBeCloseTo(4.434e-6, 9);
  expect(mcnemarExact(150, 86)).toBeCloseTo(3.716e-5, 8);
  expect(mcnemarExact(1, 9)).toBeCloseTo(22 / 1024, 12);
  expect(mcnemarExact(9, 1)).toBe(mcnemarExact(1, 9));
  expect(mcnemarExact(0, 6)).toBeCloseTo(2 / 64, 12);
});

test('as many either way, or none, says nothing; thousands do not underflow', () => {
  expect(mcnemarExact(0, 0)).toBe(1);
  expect(mcnemarExact(3, 3)).toBe(1);
  expect(mcnemarExact(2000, 2000)).toBe(1);
  // A normal approximation with continuity correction: z = (100 - 1) / sqrt(4000).
  expect(mcnemarExact(2050, 1950)).toBeCloseTo(0.1175, 3);
  expect(() => mcnemarExact(-1, 2)).toThrow(RangeError);
  expect(() => mcnemarExact(0.5, 2)).toThrow(RangeError);
});

test('only photos that both were asked about under one label count', () => {
  const first = predictions([
    ['both', 0, 0],
    ['new', 1, 1],
    ['old', 0, 1],
    ['none', 1, 0],
    ['alone', 0, 0],
    ['relabelled', 0, 0],
  ]);
  // The other one has its classes in another order.
  const second = predictions(
    [
      ['none', 0, 1],
      ['old', 1, 1],
      ['new', 0, 1],
      ['both', 1, 1],
      ['relabelled', 0, 0],
    ],
    [DOG, CAT],
  );
  expect(compareModels(first, second)).toEqual({
    count: 4,
    bothRight: ['both'],
    onlyFirst: ['new'],
    onlySecond: ['old'],
    bothWrong: ['none'],
    chance: 1,
  });
});

test('a model that does not know its answers is not compared; one without test photos has none', () => {
  const first = predictions([['a', 0, 0]]);
  const old = { classes: [CAT, DOG], test: { count: 1, mistakes: [] } as unknown as Evaluation };
  expect(compareModels(first, old)).toBeUndefined();
  expect(compareModels(old, first)).toBeUndefined();
  expect(compareModels(first, { classes: [CAT, DOG] })).toMatchObject({ count: 0, chance: 1 });
});

test('the sentences name the better one only where it is hardly chance', () => {
  const of = (both: number, first: number, second: number) => {
    const ids = (count: number) => Array<string>(count).fill('');
    const lists = { bothRight: ids(both), onlyFirst: ids(first), onlySecond: ids(second) };
    const count = both + first + second;
    return { ...lists, bothWrong: [], count, chance: mcnemarExact(first, second) };
  };
  const sentence = (first: number, second: number) =>
    chanceSentence(of(20, first, second), 'New', 'Old');
  expectSentences('comparison', {
    'score, 3 against 1': scoreSentence(of(20, 3, 1), 'New', 'Old'),
    '3 against 1': sentence(3, 1),
    '1 against 9': sentence(1, 9),
    '20 against 0': sentence(20, 0),
    '2 against 2': sentence(2, 2),
    '0 against 0': sentence(0, 0),
  });
});
