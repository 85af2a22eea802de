import { expect, test } from '@playwright/test';
import { missingSentence, trainingWarnings } from '../../src/pages/train/training-warnings.ts';
import type { TrainingSet } from '../../src/photos/training-set.ts';
import type { TrainOptions } from '../../src/records/training.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

type Splits = readonly [training: number, validation: number, test: number];

/** A library with so many photos of each class in each split. */
function setOf(splits: Readonly<Record<string, Splits>>): TrainingSet {
  const classes = Object.entries(splits).map(([name, [training, validation, test]], order) => ({
    ...{ id: name, name, order, palette: order, training, validation, test },
    photos: training + validation + test,
  }));
  const sum = (split: 'training' | 'validation' | 'test') =>
    classes.reduce((all, each) => all + each[split], 0);
  const learned = classes.filter(({ training }) => training > 0);
  return {
    classes,
    learned,
    leftOut: classes.filter(({ training }) => training === 0),
    photos: { train: [], validation: [], test: [] },
    counts: { train: sum('training'), validation: sum('validation'), test: sum('test') },
    isTrainable: learned.length >= 2,
  };
}

const ENOUGH = { Cat: [20, 4, 4], Dog: [12, 2, 2] } as const;
const UNEQUAL = { Cat: [7, 2, 2], Dog: [21, 4, 4], Cup: [15, 2, 2] } as const;

const warnings = (
  splits: Readonly<Record<string, Splits>>,
  options: Pick<TrainOptions, 'preset' | 'hyperparameters'> = { preset: 'quick' },
) => trainingWarnings(setOf(splits), options);

test('a warning for each thing that is amiss before a training, and what to do', () => {
  const said = {
    'nothing amiss': warnings({ Cat: [20, 4, 4], Dog: [10, 2, 1] }),
    'twice as many': warnings({ Cat: [20, 4, 4], Dog: [10, 2, 2] }),
    'all in one split': warnings({ Cat: [3, 0, 0], Dog: [3, 0, 0] }),
    'none to test with': warnings({ Cat: [3, 1, 0], Dog: [3, 1, 0] }),
    'none to check with': warnings({ Cat: [3, 0, 1], Dog: [3, 0, 1] }),
    'two classes cannot be tested': warnings({ Cat: [9, 2, 2], Dog: [9, 2, 0], Cup: [9, 2, 0] }),
    'three times as many': warnings(UNEQUAL),
    'three times as many, with class weights': warnings(UNEQUAL, {
      preset: 'quick',
      hyperparameters: { classWeights: 'balanced' },
    }),
    'a class without photos': warnings({ ...ENOUGH, Rabbit: [0, 0, 0] }),
    'two classes without photos': warnings({ ...ENOUGH, Rabbit: [0, 0, 0], Fox: [0, 0, 0] }),
    'few photos for Tutorial': warnings(ENOUGH, { preset: 'tutorial' }),
    'enough photos for Tutorial': warnings(
      { Cat: [150, 9, 9], Dog: [150, 9, 9] },
      { preset: 'tutorial' },
    ),
    'few photos for Tutorial with more epochs': warnings(ENOUGH, {
      preset: 'tutorial',
      hyperparameters: { epochs: 100 },
    }),
  };
  const counts = Object.values(said).map(({ length }) => length);
  expect(counts).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  expectSentences('training-warnings', said);
});

test('what a first training waits for', () => {
  const sentence = (splits: Readonly<Record<string, Splits>>) =>
    missingSentence(setOf(splits).classes);
  expectSentences('missing-photos', {
    'no photo': sentence({ Cat: [0, 0, 0], Dog: [0, 0, 0] }),
    'no photo of one class': sentence({ Cat: [9, 2, 2], Dog: [0, 0, 0] }),
  });
});
