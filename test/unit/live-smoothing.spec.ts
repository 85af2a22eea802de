import { expect, test } from '@playwright/test';
import { AnswerRate } from '../../src/widgets/answer/answer-rate.ts';
import {
  argMax,
  percentages,
  smooth,
  TIME_CONSTANT_MS,
} from '../../src/widgets/answer/smoothing.ts';
import { SpokenAnswer } from '../../src/pages/live/spoken-answer.ts';

test('the first answer, and one about other classes, is taken as it is', () => {
  expect(smooth(undefined, [0.2, 0.8], 33)).toEqual([0.2, 0.8]);
  expect(smooth([1, 0], [0.2, 0.3, 0.5], 33)).toEqual([0.2, 0.3, 0.5]);
});

test('after one time constant 63 % of a change has come through', () => {
  const [first] = smooth([0, 1], [1, 0], TIME_CONSTANT_MS);
  expect(first).toBeCloseTo(1 - 1 / Math.E, 10);
});

test('many small steps come to the same as a large one', () => {
  const once = smooth([0, 1], [1, 0], 300);
  let often: readonly number[] = [0, 1];
  for (let i = 0; i < 10; i++) often = smooth(often, [1, 0], 30);
  expect(often[0]).toBeCloseTo(once[0]!, 10);
});

test('smoothed probabilities still add up to 1', () => {
  const smoothed = smooth([0.1, 0.2, 0.7], [0.5, 0.4, 0.1], 40);
  expect(smoothed.reduce((a, b) => a + b)).toBeCloseTo(1, 10);
});

test('a clock that stands still or runs back changes nothing', () => {
  expect(smooth([0.3, 0.7], [1, 0], 0)).toEqual([0.3, 0.7]);
  expect(smooth([0.3, 0.7], [1, 0], -5)).toEqual([0.3, 0.7]);
});

test('percents are whole and add up to 100', () => {
  expect(percentages([0.966, 0.034])).toEqual([97, 3]);
  expect(percentages([1 / 3, 1 / 3, 1 / 3])).toEqual([34, 33, 33]);
  expect(percentages([1, 0])).toEqual([100, 0]);
  expect(percentages([])).toEqual([]);
});

test('argMax gives the first of the largest, and -1 for none', () => {
  expect(argMax([0.2, 0.5, 0.5])).toBe(1);
  expect(argMax([])).toBe(-1);
});

test('the rate counts the answers of the last second', () => {
  const rate = new AnswerRate();
  for (let time = 0; time <= 2_000; time += 100) rate.add(time);
  expect(rate.at(2_000)).toBe(11);
  expect(rate.at(2_950)).toBe(1);
  expect(rate.at(5_000)).toBe(0);
});

test('an answer is spoken once it has stood for a second', () => {
  const spoken = new SpokenAnswer();
  expect(spoken.update('Cat', 0)).toBe('');
  expect(spoken.update('Cat', 1_000)).toBe('Cat');
  expect(spoken.update('Dog', 1_100)).toBe('Cat');
  expect(spoken.update('Cat', 1_200)).toBe('Cat');
  expect(spoken.update('Dog', 1_300)).toBe('Cat');
  expect(spoken.update('Dog', 2_300)).toBe('Dog');
});
