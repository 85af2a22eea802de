import { expect, test } from '@playwright/test';
import { balancedWeights, classWeightsOf } from '../../src/learning/head/class-weights.ts';
import { plannedPhotos } from '../fixtures/epoch-loop-setting.ts';
import { hyperparametersOf } from '../../src/learning/optim/hyperparameters.ts';

test('each class weighs as much as any other, and a photo 1 on average', () => {
  const labels = [0, 0, 0, 0, 0, 0, 1, 1, 2];
  const weights = balancedWeights(labels, 3);
  const sums = [0, 1, 2].map((c) => weights[c]! * labels.filter((label) => label === c).length);
  for (const sum of sums) expect(sum).toBeCloseTo(labels.length / 3, 12);
  // TensorFlow's tutorial: (1 / positives) * (total / 2).
  expect(balancedWeights([0, 1, 1, 1], 2)).toEqual([4 / 2, (1 / 3) * (4 / 2)].map(closeTo));
});

test('a plan has weights where it asks for them, those of its training photos', () => {
  const photos = plannedPhotos({ train: 5, validation: 8, test: 3 }, 2);
  const classes = [0, 1].map((palette) => ({ id: `${palette}`, name: '', palette }));
  const of = (classWeights?: 'balanced') => ({
    hyperparameters: hyperparametersOf(
      { preset: 'quick', ...(classWeights && { hyperparameters: { classWeights } }) },
      undefined,
    ),
    classes,
    photos,
  });
  expect(classWeightsOf(of())).toBeUndefined();
  expect(classWeightsOf(of('balanced'))).toEqual([5 / 6, 5 / 4].map(closeTo));
});

function closeTo(value: number): unknown {
  return expect.closeTo(value, 12);
}
