import { expect, test } from '@playwright/test';
import {
  decodeBoxes,
  MIN_SCORE,
  nonMaxSuppression,
} from '../../src/learning/evaluate/decode-boxes.ts';

/** Two anchors, of 64 by 32 and 32 by 96 pixels. */
const SPEC = {
  anchors: [
    { width: 64, height: 32 },
    { width: 32, height: 96 },
  ],
  scales: { centre: 10, size: 5 },
};
const SIDE = 128;

/** Outputs for a map of 2 by 4 places, with nothing anywhere but at one place and anchor. */
function outputs(place: number, anchor: number, values: readonly number[]) {
  const all = new Float32Array(8 * 2 * 5).fill(0);
  for (let i = 4; i < all.length; i += 5) all[i] = -20;
  all.set(values, 5 * (2 * place + anchor));
  return { values: all, height: 2, width: 4, side: SIDE };
}

test('a box without any difference is its anchor, around the middle of its place', () => {
  // Row 1, column 2 of 2 by 4 places.
  const [box, ...others] = decodeBoxes(outputs(6, 0, [0, 0, 0, 0, 3]), SPEC);
  expect(others).toEqual([]);
  expect(box!.x).toBeCloseTo(2.5 / 4 - 32 / SIDE);
  expect(box!.width).toBeCloseTo(64 / SIDE);
  expect(box!.y).toBeCloseTo(1.5 / 2 - 16 / SIDE);
  expect(box!.height).toBeCloseTo(32 / SIDE);
  expect(box!.score).toBeCloseTo(1 / (1 + Math.exp(-3)), 6);
});

test('the centre moves by sizes of the anchor, first down; sizes grow by exponentials', () => {
  const [down, across, tall, wide] = [-2, 1, 5 * Math.log(0.5), 5 * Math.log(1.25)];
  const [box] = decodeBoxes(outputs(5, 1, [down, across, tall, wide, 0]), SPEC);
  const [centreX, centreY] = [1.5 / 4 + 0.1 * (32 / SIDE), 1.5 / 2 - 0.2 * (96 / SIDE)];
  const [width, height] = [1.25 * (32 / SIDE), 0.5 * (96 / SIDE)];
  expect(box!.x).toBeCloseTo(centreX - width / 2);
  expect(box!.y).toBeCloseTo(centreY - height / 2);
  expect(box!.width).toBeCloseTo(width);
  expect(box!.height).toBeCloseTo(height);
});

test('anchors are pixels: in a smaller input, a box is a larger part of the picture', () => {
  const whole = { ...outputs(2, 0, [0, 0, 0, 0, 1]), side: 256 };
  expect(decodeBoxes(whole, SPEC)[0]!.height).toBeCloseTo(32 / 256);
});

test('what is not sure enough is no box; what is beyond the edge is cut', () => {
  const logit = Math.log(MIN_SCORE / (1 - MIN_SCORE));
  expect(decodeBoxes(outputs(0, 0, [0, 0, 0, 0, logit - 0.01]), SPEC)).toEqual([]);
  const [box] = decodeBoxes(outputs(0, 0, [0, 0, 0, 0, logit + 0.01]), SPEC);
  expect(box).toMatchObject({ x: 0 });
  expect(box!.width).toBeCloseTo(0.5 / 4 + 32 / SIDE);
  // Wholly outside, or no number.
  expect(decodeBoxes(outputs(0, 0, [-90, 0, 0, 0, 4]), SPEC)).toEqual([]);
  expect(decodeBoxes(outputs(0, 0, [NaN, 0, 0, 0, 4]), SPEC)).toEqual([]);
  expect(decodeBoxes(outputs(0, 0, [0, 0, 0, 0, NaN]), SPEC)).toEqual([]);
});

test('of boxes that overlap much, the surest stays', () => {
  const box = (x: number, score: number) => ({ x, y: 0.1, width: 0.3, height: 0.3, score });
  const [near, sure, far] = [box(0.12, 0.4), box(0.1, 0.9), box(0.6, 0.5)];
  expect(nonMaxSuppression([near, far, sure])).toEqual([sure, far]);
  expect(nonMaxSuppression([])).toEqual([]);
  // Half of their union is not much.
  expect(nonMaxSuppression([sure, box(0.25, 0.2)])).toHaveLength(2);
});
