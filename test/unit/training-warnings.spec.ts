import { expect, test } from '@playwright/test';
import { missingSentence, trainingWarnings } from '../../src/pages/train/training-warnings.ts';
import type { TrainingSet } from '../../src/pages/train/training-set.ts';

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

const warnings = (sides: Readonly<Record<string, Sides>>, balanced = false) =>
  trainingWarnings(setOf(sides), balanced);

test.describe('what is said before a training', () => {
  test('nothing where there is nothing to say', () => {
    expect(warnings({ Cat: [20, 4, 4], Dog: [10, 2, 1] })).toEqual([]);
  });

  test('that all photos are on one side, and what to do', () => {
    expect(warnings({ Cat: [3, 0, 0], Dog: [3, 0, 0] })).toEqual([
      expect.stringMatching(
        /^All of your photos are to learn from.*take about ten of each kind\.$/,
      ),
    ]);
    expect(warnings({ Cat: [3, 1, 0], Dog: [3, 1, 0] })[0]).toContain('to test with, so');
    expect(warnings({ Cat: [3, 0, 1], Dog: [3, 0, 1] })[0]).toContain('to check with, so');
  });

  test('that a class cannot be tested', () => {
    const [warning, ...others] = warnings({ Cat: [9, 2, 2], Dog: [9, 2, 0], Cup: [9, 2, 0] });
    expect(warning).toContain('There is no dog or cup among the photos to test with');
    expect(others).toEqual([]);
  });

  test('that one class has more than twice as many photos as another', () => {
    expect(warnings({ Cat: [20, 4, 4], Dog: [10, 2, 2] })).toEqual([]);
    const unequal = { Cat: [7, 2, 2], Dog: [21, 4, 4], Cup: [15, 2, 2] } as const;
    expect(warnings(unequal)).toEqual([
      'There are 3 times as many dog photos to learn from as cat photos: it may say “dog” too often. Take more cat photos, or turn on class weights under Options, Expert.',
    ]);
    expect(warnings(unequal, true)[0]).toContain('Class weights make up for some of it');
  });
});

test('what a first training waits for', () => {
  const sentence = (sides: Readonly<Record<string, Sides>>) =>
    missingSentence(setOf(sides).classes);
  expect(sentence({ Cat: [0, 0, 0], Dog: [0, 0, 0] })).toContain('learns from examples');
  expect(sentence({ Cat: [9, 2, 2], Dog: [0, 0, 0] })).toContain('There is no dog photo yet');
  expect(sentence({ Cat: [9, 2, 2], Dog: [0, 1, 0] })).toContain('Your dog photos so far are kept');
});
