import { expect, test } from '@playwright/test';
import {
  classActivationMap,
  evidenceFor,
  type PlaceLogits,
} from '../../src/learning/evaluate/class-activation-map.ts';

/** Two rows, three columns, two channels: channel 0 fires top left, channel 1 bottom right. */
const MAP = [
  [4, 0],
  [2, 0],
  [0, 0],
  [0, 0],
  [0, 1],
  [0, 3],
] as const;

/** The map times a head's kernel, `[2, outputs]`. */
function placeLogits(kernel: readonly number[]): PlaceLogits {
  const outputs = kernel.length / 2;
  const values = MAP.flatMap(([a, b]) =>
    Array.from({ length: outputs }, (_, o) => a * kernel[o]! + b * kernel[outputs + o]!),
  );
  return { values, height: 2, width: 3 };
}

function heat(kernel: readonly number[], classIndex: number): readonly number[] {
  return classActivationMap(placeLogits(kernel), classIndex).values;
}

test('one logit: each class lights up where its own channel fires', () => {
  const kernel = [-1, 1];
  expect([...evidenceFor(placeLogits(kernel), 1)]).toEqual([-4, -2, 0, 0, 1, 3]);
  const one = heat(kernel, 1);
  expect(one[5]).toBe(1);
  expect(one[4]).toBeCloseTo(1 / 3, 6);
  expect(one.slice(0, 4)).toEqual([0, 0, 0, 0]);
  expect(heat(kernel, 0)).toEqual([1, 0.5, 0, 0, 0, 0]);
});

test('a heat map says its size and its class', () => {
  const { height, width, classIndex, values } = classActivationMap(placeLogits([-1, 1]), 0);
  expect([height, width, classIndex, values.length]).toEqual([2, 3, 0, 6]);
});

test('the mean of the evidence plus the bias is the logit', () => {
  const [kernel, bias] = [[0.5, -2], 0.3] as const;
  const mean = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / values.length;
  // The pooled features are 1 and 2/3.
  const logit = 1 * 0.5 + (4 / 6) * -2 + bias;
  expect(mean(evidenceFor(placeLogits(kernel), 1)) + bias).toBeCloseTo(logit, 6);
  expect(mean(evidenceFor(placeLogits(kernel), 0)) - bias).toBeCloseTo(-logit, 6);
  // Of three classes, the logit above the mean of all three.
  const three = [2, 0, 1, 0, 3, 1];
  const logits = [0, 1, 2].map((c) => three[c]! + (4 / 6) * three[3 + c]!);
  const centre = logits.reduce((a, b) => a + b, 0) / 3;
  logits.forEach((z, c) => {
    expect(mean(evidenceFor(placeLogits(three), c))).toBeCloseTo(z - centre, 6);
  });
});

test('softmax: what all classes share does not show, and two classes look like one logit', () => {
  const kernel = [2, 0, 1, 0, 3, 1];
  const shifted = [2 + 7, 0 + 7, 1 + 7, 0 - 4, 3 - 4, 1 - 4];
  for (const classIndex of [0, 1, 2]) {
    const same = heat(shifted, classIndex);
    heat(kernel, classIndex).forEach((value, place) => {
      expect(same[place]).toBeCloseTo(value, 5);
    });
  }
  expect(heat([1, -1, -2, 2], 1)).toEqual(heat([-2, 4], 1));
});

test('heat lies between 0 and 1', () => {
  for (const kernel of [
    [3, 5],
    [-7, 0.1],
    [2, 0, 1, 0, 3, 1],
  ]) {
    for (const classIndex of [0, 1]) {
      const values = heat(kernel, classIndex);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(1);
    }
  }
  expect(Math.max(...heat([3, 5], 1))).toBe(1);
});

test('where nothing speaks for the class, nothing lights up', () => {
  expect(heat([-1, -1], 1)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('sizes that do not fit are refused', () => {
  const one = placeLogits([1, 1]);
  expect(() => classActivationMap({ ...one, width: 4 }, 1)).toThrow(RangeError);
  expect(() => classActivationMap({ ...one, values: [] }, 1)).toThrow(RangeError);
  expect(() => classActivationMap(one, 2)).toThrow(RangeError);
  expect(() => classActivationMap(one, -1)).toThrow(RangeError);
  expect(() => classActivationMap(placeLogits([1, 2, 3, 4, 5, 6]), 3)).toThrow(RangeError);
});
