import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src/platform/random.ts';
import { augment, drawAugmentation } from '../../src/learning/input/augment.ts';

const degrees = (count: number) => (count / 180) * Math.PI;

/** A picture of one grey value a pixel, row behind row, as RGBA. */
function grey(values: readonly number[]): Uint8ClampedArray {
  return Uint8ClampedArray.from(values.flatMap((value) => [value, value, value, 255]));
}

/** Red of each pixel, row behind row, of a picture whose channels must be the same. */
function greyOf(rgb: Float32Array): number[] {
  const values = Array.from({ length: rgb.length / 3 }, (_, i) => rgb[3 * i]!);
  expect([...rgb]).toEqual(values.flatMap((value) => [value, value, value]));
  return values;
}

/** Noise, the hardest picture for an interpolation: every channel of every pixel is another. */
function noise(size: number, seed: number): Uint8ClampedArray {
  const random = new Random(seed);
  return Uint8ClampedArray.from({ length: 4 * size * size }, () => Math.floor(random.next() * 256));
}

function rgbOf(rgba: Uint8ClampedArray): number[] {
  return [...rgba].filter((_, i) => i % 4 < 3);
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual).toHaveLength(expected.length);
  return Array.from(actual).reduce((most, a, i) => Math.max(most, Math.abs(a - expected[i]!)), 0);
}

// oxfmt-ignore
const SIXTEEN = [
   0,  1,  2,  3,
   4,  5,  6,  7,
   8,  9, 10, 11,
  12, 13, 14, 15,
];

test('no flip and no angle leave every number as it is', () => {
  const rgba = noise(9, 1);
  expect([...augment(rgba, 9, { flip: false, angle: 0 })]).toEqual(rgbOf(rgba));
});

test('a flip runs the columns from right to left', () => {
  const flipped = greyOf(augment(grey(SIXTEEN), 4, { flip: true, angle: 0 }));
  // oxfmt-ignore
  expect(flipped).toEqual([
     3,  2,  1,  0,
     7,  6,  5,  4,
    11, 10,  9,  8,
    15, 14, 13, 12,
  ]);
});

test('a quarter turn is counter-clockwise as seen', () => {
  const turned = greyOf(augment(grey(SIXTEEN), 4, { flip: false, angle: degrees(90) }));
  // oxfmt-ignore
  const expected = [
    3, 7, 11, 15,
    2, 6, 10, 14,
    1, 5,  9, 13,
    0, 4,  8, 12,
  ];
  expect(largestDifference(turned, expected)).toBeLessThan(1e-5);
});

test('the flip comes before the turn', () => {
  const turned = greyOf(augment(grey(SIXTEEN), 4, { flip: true, angle: degrees(90) }));
  // oxfmt-ignore
  const expected = [
    0, 4,  8, 12,
    1, 5,  9, 13,
    2, 6, 10, 14,
    3, 7, 11, 15,
  ];
  expect(largestDifference(turned, expected)).toBeLessThan(1e-5);
});

test('an eighth of a turn of four pixels: each corner is read from the middle of a side', () => {
  // 0.71 from the centre, 0.21 beyond the pixels' centres, where the reflection repeats the edge.
  const turned = greyOf(augment(grey([10, 20, 30, 40]), 2, { flip: false, angle: degrees(45) }));
  const sides = { top: 15, right: 30, left: 20, bottom: 35 };
  const expected = [sides.top, sides.right, sides.left, sides.bottom];
  expect(largestDifference(turned, expected)).toBeLessThan(1e-5);
});

test('beyond the edge the picture goes on reflected about the edge of its last pixel', () => {
  // The corners of 11 pixels lie 5 √2 = 7.0711 from the centre: at -2.0711, which is 1.0711 again
  // (-1 repeats 0), and at 12.0711, which is 8.9289.
  const size = 11;
  const at = (x: number, y: number) => y * size + x;
  const rows = grey(Array.from({ length: size * size }, (_, i) => 10 * Math.floor(i / size)));
  const columns = grey(Array.from({ length: size * size }, (_, i) => 10 * (i % size)));
  const angle = degrees(45);
  const turnedRows = greyOf(augment(rows, size, { flip: false, angle }));
  expect(turnedRows[at(0, 0)]).toBeCloseTo(10.711, 3);
  expect(turnedRows[at(10, 10)]).toBeCloseTo(89.289, 3);
  const turnedColumns = greyOf(augment(columns, size, { flip: false, angle }));
  expect(turnedColumns[at(10, 0)]).toBeCloseTo(89.289, 3);
  expect(turnedColumns[at(0, 10)]).toBeCloseTo(10.711, 3);
});

/**
 * The picture that Keras's documentation describes, without its code: the plane is tiled with the
 * picture and its mirror images, and a pixel at (x, y) from the centre, y upwards, shows what stood
 * at that place turned back by the angle.
 */
function documentedRotation(rgba: Uint8ClampedArray, size: number, angle: number): number[] {
  const tiled = (column: number, row: number, channel: number) => {
    const [x, y] = [column, row].map((index) => {
      const inTwo = ((index % (2 * size)) + 2 * size) % (2 * size);
      return inTwo < size ? inTwo : 2 * size - 1 - inTwo;
    }) as [number, number];
    return rgba[4 * (y * size + x) + channel]!;
  };
  const centre = (size - 1) / 2;
  const radians = -angle;
  return Array.from({ length: size * size * 3 }, (_, i) => {
    const channel = i % 3;
    const right = (Math.floor(i / 3) % size) - centre;
    const up = centre - Math.floor(i / (3 * size));
    const column = centre + right * Math.cos(radians) - up * Math.sin(radians);
    const row = centre - (right * Math.sin(radians) + up * Math.cos(radians));
    let value = 0;
    for (let r = Math.floor(row); r <= Math.floor(row) + 1; r++) {
      for (let c = Math.floor(column); c <= Math.floor(column) + 1; c++) {
        value += (1 - Math.abs(row - r)) * (1 - Math.abs(column - c)) * tiled(c, r, channel);
      }
    }
    return value;
  });
}

/** TensorFlow.js's own ImageProjectiveTransformV3, given Keras's matrix; float32. */
function tensorFlowRotation(rgba: Uint8ClampedArray, size: number, angle: number): Float32Array {
  const [cos, sin, last] = [Math.cos(angle), Math.sin(angle), size - 1];
  const x = (last - (cos * last - sin * last)) / 2;
  const y = (last - (sin * last + cos * last)) / 2;
  return tf.tidy(() => {
    const image = tf.tensor4d(rgbOf(rgba), [1, size, size, 3]);
    const matrix = tf.tensor2d([[cos, -sin, x, sin, cos, y, 0, 0]]);
    return tf.image.transform(image, matrix, 'bilinear', 'reflect').dataSync() as Float32Array;
  });
}

const ANGLES = [-180, -72, -45, -30.5, -1, 0.01, 12, 45, 60, 71.9, 90, 135];

for (const size of [1, 2, 7, 24]) {
  test(`${size} px: the documented picture at every angle`, () => {
    const rgba = noise(size, size);
    for (const angle of ANGLES.map(degrees)) {
      const actual = augment(rgba, size, { flip: false, angle });
      expect(largestDifference(actual, documentedRotation(rgba, size, angle))).toBeLessThan(1e-4);
    }
  });

  test(`${size} px: TensorFlow.js's own transform at every angle, flipped first or not`, async () => {
    await tf.setBackend('cpu');
    const rgba = noise(size, size + 100);
    const mirrored = new Uint8ClampedArray(rgba.length);
    for (let i = 0; i < size * size; i++) {
      const from = Math.floor(i / size) * size + (size - 1 - (i % size));
      mirrored.set(rgba.subarray(4 * from, 4 * from + 4), 4 * i);
    }
    for (const angle of ANGLES.map(degrees)) {
      for (const flip of [false, true]) {
        const expected = tensorFlowRotation(flip ? mirrored : rgba, size, angle);
        // Its coordinates are float32: 24 px times 1e-7, times 255 for a step from black to white.
        const actual = augment(rgba, size, { flip, angle });
        expect(largestDifference(actual, expected)).toBeLessThan(2e-3);
      }
    }
  });
}

test('half of the draws flip, and the angles are uniform within 72 degrees', () => {
  const random = new Random(11);
  const total = 20_000;
  const draws = Array.from({ length: total }, () => drawAugmentation(random));
  // Four standard deviations of a fair coin: 283.
  expect(Math.abs(draws.filter(({ flip }) => flip).length - total / 2)).toBeLessThan(283);
  const limit = degrees(72);
  const bins = new Array<number>(12).fill(0);
  for (const { angle } of draws) bins[Math.floor(((angle + limit) / (2 * limit)) * 12)]!++;
  expect(bins).toHaveLength(12);
  // Chi-squared with 11 degrees of freedom: below 37.4 except for one generator in 10,000.
  const expected = total / 12;
  expect(bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(37.4);
});
