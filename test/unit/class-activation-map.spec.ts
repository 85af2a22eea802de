import { expect, test } from '@playwright/test';
import { classActivationMap } from '../../src/learning/evaluate/class-activation-map.ts';

/** Two rows, three columns, two channels: channel 0 fires top left, channel 1 bottom right. */
const MAP = {
  values: Float32Array.of(4, 0, 2, 0, 0, 0, 0, 0, 0, 1, 0, 3),
  height: 2,
  width: 3,
  channels: 2,
};

test('one logit: each class lights up where its own channel fires', () => {
  const kernel = [-1, 1];
  const one = classActivationMap(MAP, kernel, 1);
  expect([...one.evidence]).toEqual([-4, -2, 0, 0, 1, 3]);
  expect(one.heat[5]).toBe(1);
  expect(one.heat[4]).toBeCloseTo(1 / 3, 6);
  expect([...one.heat.slice(0, 4)]).toEqual([0, 0, 0, 0]);
  expect([...classActivationMap(MAP, kernel, 0).heat]).toEqual([1, 0.5, 0, 0, 0, 0]);
});

test('the mean of the evidence is the logit without its bias', () => {
  const kernel = [0.5, -2];
  const { evidence, height, width } = classActivationMap(MAP, kernel, 1);
  const mean = evidence.reduce((a, b) => a + b, 0) / (height * width);
  expect(mean).toBeCloseTo((6 / 6) * 0.5 + (4 / 6) * -2, 6);
});

test('softmax: what all classes share does not show, and two classes look like one logit', () => {
  const kernel = [2, 0, 1, 0, 3, 1];
  const shifted = [2 + 7, 0 + 7, 1 + 7, 0 - 4, 3 - 4, 1 - 4];
  for (const classIndex of [0, 1, 2]) {
    const [plain, same] = [kernel, shifted].map((k) => classActivationMap(MAP, k, classIndex));
    plain!.heat.forEach((value, place) => expect(same!.heat[place]).toBeCloseTo(value, 5));
  }
  const two = classActivationMap(MAP, [1, -1, -2, 2], 1).heat;
  expect([...two]).toEqual([...classActivationMap(MAP, [-2, 4], 1).heat]);
});

test('where nothing speaks for the class, nothing lights up', () => {
  expect([...classActivationMap(MAP, [-1, -1], 1).heat]).toEqual([0, 0, 0, 0, 0, 0]);
});

test('sizes that do not fit are refused', () => {
  expect(() => classActivationMap({ ...MAP, width: 2 }, [1, 1], 1)).toThrow(RangeError);
  expect(() => classActivationMap(MAP, [1, 1, 1], 1)).toThrow(RangeError);
  expect(() => classActivationMap(MAP, [1, 1], 2)).toThrow(RangeError);
});
