import { expect, test } from '@playwright/test';
import { missingSentence, trainingWarnings } from '../../src/pages/train/training-warnings.ts';
import type { TrainingSet } from '../../src/pages/train/training-set.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

type Sides = readonly [training: number, validation: number, test: number];

/** A library with so many photos of each class on each side. */
function setOf(sides: Readonly<Record<string, Sides>>): TrainingSet {
  const classes = Object.entries(sides).map(([name, [training, validation, test]], order) => ({
    ...{ id: name, name, order, palette: order, training, validation, test },
    photos: training + validation + test,
  }));
  const sum = (side: 'training' | 'validation' | 'test') =>
    classes.reduce((all, each) => all + each[side], 0);
  return {
    classes,
    counts: { train: sum('training'), validation: sum('validation'), test: sum('test') },
    isTrainable: classes.every(({ training }) => training > 0),
  };
}

const UNEQUAL = { Cat: [7, 2, 2], Dog: [21, 4, 4], Cup: [15, 2, 2] } as const;

const warnings = (sides: Readonly<Record<string, Sides>>, balanced = false) =>
  trainingWarnings(setOf(sides), balanced);

test('a warning for each thing that is amiss before a training, and what to do', () => {
  const said = {
    'nothing amiss': warnings({ Cat: [20, 4, 4], Dog: [10, 2, 1] }),
    'twice as many': warnings({ Cat: [20, 4, 4], Dog: [10, 2, 2] }),
    'all on one side': warnings({ Cat: [3, 0, 0], Dog: [3, 0, 0] }),
    'none to test with': warnings({ Cat: [3, 1, 0], Dog: [3, 1, 0] }),
    'none to check with': warnings({ Cat: [3, 0, 1], Dog: [3, 0, 1] }),
    'two classes cannot be tested': warnings({ Cat: [9, 2, 2], Dog: [9, 2, 0], Cup: [9, 2, 0] }),
    'three times as many': warnings(UNEQUAL),
    'three times as many, with class weights': warnings(UNEQUAL, true),
  };
  const counts = Object.values(said).map(({ length }) => length);
  expect(counts).toEqual([0, 0, 1, 1, 1, 1, 1, 1]);
  expectSentences('training-warnings', said);
});

test('what a first training waits for', () => {
  const sentence = (sides: Readonly<Record<string, Sides>>) =>
    missingSentence(setOf(sides).classes);
  expectSentences('missing-photos', {
    'no photo': sentence({ Cat: [0, 0, 0], Dog: [0, 0, 0] }),
    'no photo of one class': sentence({ Cat: [9, 2, 2], Dog: [0, 0, 0] }),
    'none of one class to learn from': sentence({ Cat: [9, 2, 2], Dog: [0, 1, 0] }),
  });
});
