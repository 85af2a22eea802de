import { expect, test } from '@playwright/test';
import { classMetrics, evaluate } from '../../src/learning/evaluate/metrics.ts';
import { classLosses, classProbabilities } from '../../src/learning/evaluate/probabilities.ts';

/** The probability of class 1 that one logit gives. */
function sigmoid(logit: number): number {
  return classProbabilities([logit], 1)[1]!;
}

function crossEntropy(logit: number, label: number): number {
  return classLosses([logit], 0, 1, 1)[label]!;
}

test('sigmoid neither overflows nor loses its symmetry', () => {
  expect(sigmoid(0)).toBe(0.5);
  expect(sigmoid(1000)).toBe(1);
  expect(sigmoid(-1000)).toBe(0);
  expect(sigmoid(3)).toBeCloseTo(1 / (1 + Math.exp(-3)), 12);
  expect(sigmoid(3) + sigmoid(-3)).toBeCloseTo(1, 12);
});

test('cross-entropy from logits is -log of the probability given to the truth', () => {
  for (const z of [-4, -0.5, 0, 2, 9]) {
    expect(crossEntropy(z, 1)).toBeCloseTo(-Math.log(sigmoid(z)), 10);
    expect(crossEntropy(z, 0)).toBeCloseTo(-Math.log(1 - sigmoid(z)), 10);
  }
  expect(crossEntropy(-1000, 1)).toBe(1000);
});

test('metrics are the mean cross-entropy and the fraction of right answers; a tie answers the first', () => {
  const logits = [1, 2, 3, 0, 0, 0, -1, 0, -1];
  const sums = [1, 2, 3].map(Math.exp).reduce((a, b) => a + b);
  const third = Math.log(1 + 2 * Math.exp(-1));
  const { loss, accuracy } = classMetrics(logits, [2, 1, 1]);
  expect(loss).toBeCloseTo((Math.log(sums) - 3 + Math.log(3) + third) / 3, 12);
  expect(accuracy).toBeCloseTo(2 / 3, 12);
  expect(classMetrics([0, 0], [0, 1]).accuracy).toBe(0.5);
  expect(() => classMetrics([1, 2, 3], [0, 1])).toThrow(RangeError);
});

test('evaluation counts each answer in its cell', () => {
  const logits = [-2, 3, 0.1, -0.1, 5];
  const labels = [0, 0, 1, 1, 1];
  const photos = labels.map((label, i) => ({ id: `photo-${i}`, label }));
  const evaluation = evaluate(logits, photos, 2, 1);
  expect(evaluation.confusion).toEqual([
    [1, 1],
    [1, 2],
  ]);
  expect(evaluation).toMatchObject({ count: 5, correct: 3 });
  expect(evaluation.loss).toBeCloseTo(classMetrics(logits, labels).loss, 12);
  expect(classMetrics(logits, labels).accuracy).toBeCloseTo(0.6, 12);
});

test('of three classes: confusion, calibration, and mistakes by their ids, the surest first', () => {
  const logits = [4, 0, 0, 0, 3, 0, 0, 2, 0, 6, 0, 0, 0, 0, 2];
  const labels = [0, 1, 2, 2, 2];
  const photos = labels.map((label, i) => ({ id: `photo-${i}`, label }));
  const evaluation = evaluate(logits, photos, 3, 2);
  expect(evaluation.confusion).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [1, 1, 1],
  ]);
  expect(evaluation).toMatchObject({ count: 5, correct: 3 });
  // A logit of 2 t above two others, at temperature 2.
  const sure = (t: number) => Math.exp(t) / (Math.exp(t) + 2);
  expect(evaluation.mistakes.map(({ photoId, truth, answer }) => [photoId, truth, answer])).toEqual(
    [
      ['photo-3', 2, 0],
      ['photo-2', 2, 1],
    ],
  );
  const answers = evaluation.outcomes!.map(({ photoId, answer }) => [photoId, answer]);
  expect(answers.map(([, answer]) => answer)).toEqual([0, 1, 1, 0, 2]);
  expect(answers[4]).toEqual(['photo-4', 2]);
  expect(evaluation.mistakes[0]!.probability).toBeCloseTo(sure(3), 12);
  expect(evaluation.mistakes[1]!.probability).toBeCloseTo(sure(1), 12);
  const losses = [sure(2), sure(1.5), (1 - sure(1)) / 2, (1 - sure(3)) / 2, sure(1)];
  const loss = losses.reduce((sum, p) => sum - Math.log(p), 0) / 5;
  expect(evaluation.loss).toBeCloseTo(loss, 10);
  // Of 15 intervals, sure(1) = 0.576 lies in the 9th, twice, once right; the others are alone in theirs.
  expect(evaluation.reliability).toHaveLength(15);
  expect(evaluation.reliability[8]).toMatchObject({ count: 2, accuracy: 0.5 });
  expect(evaluation.reliability[8]!.confidence).toBeCloseTo(sure(1), 12);
  const gaps = [1 - sure(2), 1 - sure(1.5), sure(3), 2 * (sure(1) - 0.5)];
  expect(evaluation.calibrationError).toBeCloseTo(gaps.reduce((a, b) => a + b) / 5, 10);
});

test('classes that no photo is of have their row, and a model that is mostly wrong few mistakes', () => {
  const photos = Array.from({ length: 40 }, (_, i) => ({ id: String(i), label: 1 }));
  const evaluation = evaluate(
    photos.flatMap((_, i) => [i, 0, 0]),
    photos,
    3,
    1,
  );
  expect(evaluation.confusion).toEqual([
    [0, 0, 0],
    [40, 0, 0],
    [0, 0, 0],
  ]);
  expect(evaluation.mistakes).toHaveLength(24);
  expect(evaluation.outcomes).toHaveLength(40);
});
