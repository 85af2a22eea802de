import { expect, test } from '@playwright/test';
import { fitNovelty } from '../../src/learning/evaluate/not-sure.ts';
import { NoveltyModel } from '../../src/learning/evaluate/novelty-model.ts';
import { Random } from '../../src/platform/random.ts';

const LENGTH = 64;

/** Features behind a ReLU around one direction a class; class 2 is never taught. */
function features(count: number, classIndex: (row: number) => number, seed: number) {
  const random = new Random(seed);
  const matrix = new Float32Array(count * LENGTH);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < LENGTH; i++) {
      const centre = i % 3 === classIndex(row) ? 3 : 0;
      matrix[row * LENGTH + i] = Math.max(0, centre + 2 * random.next() - 1);
    }
  }
  return matrix;
}

const alternate = (row: number) => row % 2;
const unknown = () => 2;
const labelsOf = (count: number) => Array.from({ length: count }, (_, row) => row % 2);

/** The fraction of the rows that a model finds unfamiliar. */
function alarmRate(model: NoveltyModel, matrix: Float32Array): number {
  const count = matrix.length / LENGTH;
  let above = 0;
  for (let row = 0; row < count; row++) {
    const feature = matrix.subarray(row * LENGTH, (row + 1) * LENGTH);
    if (model.score(feature) > model.threshold) above++;
  }
  return above / count;
}

for (const [name, validation] of [
  ['validation photos', 100],
  ['left-out training photos', 0],
] as const) {
  test(`the threshold of ${name} keeps the false alarm rate, and finds the unknown`, () => {
    const model = fitNovelty(
      features(200, alternate, 1),
      labelsOf(200),
      features(validation, alternate, 2),
    );
    expect(alarmRate(model, features(500, alternate, 3))).toBeLessThan(0.1);
    expect(alarmRate(model, features(500, unknown, 4))).toBe(1);
  });
}

test('a greater false alarm rate lowers the threshold', () => {
  const train = features(100, alternate, 1);
  const at = (falseAlarmRate: number) =>
    fitNovelty(train, labelsOf(100), new Float32Array(), { falseAlarmRate }).threshold;
  expect(at(0.2)).toBeLessThan(at(0.05));
});

test('a training photo is at distance 0, and the length of a feature does not matter', () => {
  const train = features(8, alternate, 1);
  const model = fitNovelty(train, labelsOf(8), new Float32Array(), { neighbours: 1 });
  const first = train.slice(0, LENGTH);
  expect(model.score(first)).toBeCloseTo(0, 6);
  const other = features(1, unknown, 9);
  expect(model.score(other.map((value) => 5 * value))).toBeCloseTo(model.score(other), 6);
  expect(model.score(new Float32Array(LENGTH))).toBe(1);
  expect(() => model.score([1, 2])).toThrow(RangeError);
});

test('it keeps the classes in equal parts, and no more than it may', () => {
  // 90 photos of class 0, 10 of class 1: 20 references hold all 10.
  const labels = Array.from({ length: 100 }, (_, row) => Number(row >= 90));
  const train = features(100, (row) => labels[row]!, 1);
  const model = fitNovelty(train, labels, new Float32Array(), {
    maxReferences: 20,
    neighbours: 1,
  });
  expect(model.toBytes().byteLength).toBe(4 * (5 + 20 * LENGTH));
  for (let row = 90; row < 100; row++) {
    expect(model.score(train.subarray(row * LENGTH, (row + 1) * LENGTH))).toBeCloseTo(0, 6);
  }
});

test('one photo a class is enough to begin with, one photo in all is not', () => {
  const model = fitNovelty(features(2, alternate, 1), [0, 1], new Float32Array());
  expect(model.neighbours).toBe(1);
  expect(Number.isFinite(model.threshold)).toBe(true);
  const one = features(1, alternate, 1);
  expect(() => fitNovelty(one, [0], new Float32Array())).toThrow(RangeError);
  expect(() => fitNovelty(one, [0, 1, 0], new Float32Array())).toThrow(RangeError);
});

test('stored and read back it answers the same, bit for bit', () => {
  const model = fitNovelty(features(50, alternate, 1), labelsOf(50), new Float32Array());
  const bytes = model.toBytes();
  const again = NoveltyModel.fromBytes(bytes);
  const picture = features(1, unknown, 5);
  expect(again.score(picture)).toBe(model.score(picture));
  expect(again.threshold).toBe(model.threshold);
  expect(new Uint8Array(again.toBytes())).toEqual(new Uint8Array(bytes));
  for (const wrong of [bytes.slice(4), bytes.slice(0, -4), bytes.slice(1), new ArrayBuffer(0)]) {
    expect(() => NoveltyModel.fromBytes(wrong)).toThrow(RangeError);
  }
});

test('photos that are all the same give a threshold above 0, also in a model stored without one', () => {
  const one = features(1, alternate, 1);
  const same = new Float32Array(6 * LENGTH);
  for (let row = 0; row < 6; row++) same.set(one, row * LENGTH);
  const model = fitNovelty(same, labelsOf(6), new Float32Array());
  expect(model.threshold).toBeGreaterThan(0);
  expect(model.score(one) / model.threshold).toBeLessThan(1);
  expect(model.score(features(1, unknown, 5)) / model.threshold).toBeGreaterThan(1);
  for (const stored of [0, -1e-8]) {
    const bytes = new Float32Array(model.toBytes());
    bytes[4] = stored;
    const loaded = NoveltyModel.fromBytes(bytes.buffer);
    expect(loaded.threshold).toBe(model.threshold);
    expect(loaded.score(one) / loaded.threshold).toBeLessThan(1);
  }
});
