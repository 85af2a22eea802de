import { expect, test } from '@playwright/test';
import { hyperparametersOf } from '../../src/learning/optim/hyperparameters.ts';
import type { LimitedNumber } from '../../src/records/training-limits.ts';
import {
  augmentationOf,
  faultSentence,
  fromLayerOf,
  hasChoices,
  numberOf,
  withAugmentation,
  withClassWeights,
  withFromLayer,
  withNumber,
  withoutChoices,
} from '../../src/pages/train/expert-fields.ts';
import type { TrainOptions } from '../../src/records/training.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

const QUICK: TrainOptions = { preset: 'quick', fineTuning: true };

const resolved = (options: TrainOptions) => hyperparametersOf(options, 'block_11');

test('each number reaches the training, and the preset’s own is no choice', () => {
  const numbers = { epochs: 7, batchSize: 4, learningRate: 0.5, dropout: 0.4 };
  const tuning = { tuningEpochs: 3, tuningRate: 1e-3 };
  const all = Object.entries({ ...numbers, ...tuning }) as [LimitedNumber, number][];
  const options = all.reduce((chosen, [name, value]) => withNumber(chosen, name, value), QUICK);
  for (const [name, value] of all) expect(numberOf(options, name)).toBe(value);
  expect(resolved(options)).toMatchObject({
    ...numbers,
    fineTuning: { epochs: 3, learningRate: 1e-3, batchSize: 32, fromLayer: 'block_11' },
  });
  const back = all.reduce(
    (chosen, [name]) => withNumber(chosen, name, numberOf(QUICK, name)),
    options,
  );
  expect(back).toEqual(QUICK);
});

test('augmentation, class weights and the first block that learns', () => {
  expect(augmentationOf(QUICK)).toBe('mirror');
  expect(augmentationOf({ preset: 'tutorial' })).toBe('random');
  for (const chosen of ['none', 'mirror', 'random'] as const) {
    expect(augmentationOf(withAugmentation(QUICK, chosen))).toBe(chosen);
  }
  expect(resolved(withAugmentation(QUICK, 'none')).variants).toEqual(['plain']);
  expect(resolved(withAugmentation(QUICK, 'random')).augmentation).toBe('fresh');
  expect(withAugmentation(withAugmentation(QUICK, 'random'), 'mirror')).toEqual(QUICK);
  expect(resolved(withClassWeights(QUICK, true)).classWeights).toBe('balanced');
  expect(withClassWeights(withClassWeights(QUICK, true), false)).toEqual(QUICK);
  const deeper = withFromLayer(QUICK, 'block_3_expand');
  expect(fromLayerOf(deeper)).toBe('block_3_expand');
  expect(resolved(deeper).fineTuning?.fromLayer).toBe('block_3_expand');
  expect(withFromLayer(deeper, undefined)).toEqual(QUICK);
});

test('back to the defaults: the numbers, not the preset and not whether it fine-tunes', () => {
  const chosen = withNumber(withNumber(QUICK, 'epochs', 3), 'tuningEpochs', 2);
  expect([hasChoices(QUICK), hasChoices(chosen)]).toEqual([false, true]);
  expect(withoutChoices(chosen)).toEqual(QUICK);
  expect(withoutChoices({ ...chosen, fineTuning: false })).toEqual({ ...QUICK, fineTuning: false });
});

test('what is wrong with a number is said with what it may be', () => {
  expect(faultSentence('epochs', 20)).toBe('');
  expectSentences('numbers', {
    'no number': faultSentence('epochs', NaN),
    'not whole': faultSentence('epochs', 2.5),
    'too large': faultSentence('dropout', 1),
  });
});
