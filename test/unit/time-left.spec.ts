import { expect, test } from '@playwright/test';
import { StageClock, addStages, sumOfStages } from '../../src/learning/training/stage-clock.ts';
import {
  NOTHING_DONE,
  secondsLeft,
  type TrainingPosition,
} from '../../src/learning/estimate/time-left.ts';

const EXPECTED = { features: 10, head: 20, boundaries: 30, fineTuning: 40 };

const standing = (more: Partial<TrainingPosition>): TrainingPosition => ({
  stage: 'features',
  done: NOTHING_DONE,
  doneBefore: NOTHING_DONE,
  spent: {},
  expected: EXPECTED,
  freshBoundaries: false,
  ...more,
});

test.describe('the time that is left', () => {
  test('at first it is what was expected', () => {
    expect(secondsLeft(standing({}))).toBe(100);
  });

  test('then this run’s own throughput counts, more the longer it runs', () => {
    const at = (head: number, spent: number) =>
      secondsLeft(
        standing({
          stage: 'head',
          done: { ...NOTHING_DONE, features: 1, head },
          spent: { features: 3, head: spent },
          expected: { ...EXPECTED, boundaries: 0, fineTuning: 0 },
        }),
      );
    // Twice as slow as expected.
    expect(at(0.5, 20)).toBeCloseTo(20);
    expect(at(0.25, 10)).toBeCloseTo(30);
    expect(at(0.125, 5)).toBeCloseTo(0.875 * (0.5 * 40 + 0.5 * 20));
    expect(at(1, 40)).toBe(0);
  });

  test('a run that goes on counts by what it did itself', () => {
    const done = { features: 1, head: 0.75, fineTuning: 0 };
    const before = { ...done, head: 0.5 };
    const left = secondsLeft(
      standing({ stage: 'head', done, doneBefore: before, spent: { head: 8 } }),
    );
    expect(left).toBeCloseTo(8 + EXPECTED.boundaries + EXPECTED.fineTuning);
  });

  test('boundaries that are computed once are over when the fine-tuning has begun', () => {
    const done = { features: 1, head: 1, fineTuning: 0 };
    const during = standing({ stage: 'boundaries', done, spent: { boundaries: 12 } });
    expect(secondsLeft(during)).toBeCloseTo(18 + 40);
    const late = standing({ stage: 'boundaries', done, spent: { boundaries: 50 } });
    expect(secondsLeft(late)).toBeCloseTo(40);
    const tuning = standing({
      stage: 'fineTuning',
      done: { ...done, fineTuning: 0.5 },
      spent: { boundaries: 12, fineTuning: 10 },
    });
    expect(secondsLeft(tuning)).toBeCloseTo(10);
  });

  test('those of each epoch go forward with it', () => {
    const left = secondsLeft(
      standing({
        stage: 'boundaries',
        done: { features: 1, head: 1, fineTuning: 0.5 },
        spent: { boundaries: 30, fineTuning: 10 },
        freshBoundaries: true,
      }),
    );
    expect(left).toBeCloseTo(40);
  });
});

test('the clock tells stages apart and stands still while the training rests', () => {
  let now = 1000;
  const clock = new StageClock(() => now);
  const pass = (seconds: number) => (now += 1000 * seconds);
  pass(5);
  clock.enter('features');
  pass(2);
  clock.enter('head');
  pass(3);
  clock.enter('head');
  clock.setPaused(true);
  pass(100);
  expect(clock.seconds).toEqual({ features: 2, head: 3 });
  clock.setPaused(false);
  pass(1);
  clock.enter('boundaries');
  pass(0.5);
  clock.enter('head');
  pass(1);
  expect(clock.seconds).toEqual({ features: 2, head: 5, boundaries: 0.5 });
  expect(sumOfStages(clock.seconds)).toBe(7.5);
  expect(addStages(clock.seconds, { head: 1, saving: 2 })).toEqual({
    ...{ features: 2, head: 6, boundaries: 0.5, saving: 2 },
  });
});
