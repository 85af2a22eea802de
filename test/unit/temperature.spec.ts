import { expect, test } from '@playwright/test';
import {
  expectedCalibrationError,
  reliability,
} from '../../src/learning/evaluate/calibration-error.ts';
import { minimize } from '../../src/learning/evaluate/golden-section.ts';
import { classProbabilities } from '../../src/learning/evaluate/probabilities.ts';
import { fitTemperature, TEMPERATURE_LIMITS } from '../../src/learning/evaluate/temperature.ts';
import { Random } from '../../src/platform/random.ts';

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function crossEntropy(logit: number, label: number): number {
  return -Math.log(sigmoid(label === 1 ? logit : -logit));
}

/** Photos whose labels are drawn with the probabilities that `logits / temperature` state. */
function drawn(count: number, outputs: number, temperature: number, seed = 1) {
  const random = new Random(seed);
  const logits = Float64Array.from({ length: count * outputs }, () => 12 * random.next() - 6);
  const probabilities = classProbabilities(logits, count, temperature);
  const classes = probabilities.length / count;
  const labels = Array.from({ length: count }, (_, row) => {
    let left = random.next();
    for (let c = 0; c < classes - 1; c++) {
      left -= probabilities[row * classes + c]!;
      if (left < 0) return c;
    }
    return classes - 1;
  });
  return { logits, labels };
}

test('probabilities are the sigmoid of one logit and the softmax of several', () => {
  const one = classProbabilities([2, -1], 2);
  expect(one[1]).toBeCloseTo(sigmoid(2), 12);
  expect(one[0]! + one[1]!).toBeCloseTo(1, 12);
  expect(one[2]).toBeCloseTo(sigmoid(1), 12);
  const three = classProbabilities([1000, 1000, -1000], 1);
  expect([...three]).toEqual([0.5, 0.5, 0]);
  expect(classProbabilities([3], 1, 2)[1]).toBeCloseTo(sigmoid(1.5), 12);
  expect(() => classProbabilities([1, 2, 3], 2)).toThrow(RangeError);
});

for (const outputs of [1, 3]) {
  for (const truth of [0.5, 1, 3]) {
    test(`of 3,000 photos, ${outputs} outputs, it finds the temperature ${truth}`, () => {
      const { logits, labels } = drawn(3000, outputs, truth);
      const { temperature, loss, count } = fitTemperature(logits, labels);
      expect(Math.abs(temperature / truth - 1)).toBeLessThan(0.1);
      expect(loss.after).toBeLessThanOrEqual(loss.before);
      expect(count).toBe(3000);
    });
  }
}

test('one logit and the same decision as two outputs ask for the same temperature', () => {
  const { logits, labels } = drawn(200, 1, 2);
  const two = [...logits].flatMap((z) => [-z / 2, z / 2]);
  const [a, b] = [fitTemperature(logits, labels), fitTemperature(two, labels)];
  expect(a.temperature).toBeCloseTo(b.temperature, 6);
  const mean = labels.reduce((sum, y, i) => sum + crossEntropy(logits[i]!, y), 0) / labels.length;
  expect(a.loss.before).toBeCloseTo(mean, 10);
});

test('a few right answers do not become certainty, nor one wrong one despair', () => {
  const right = fitTemperature([2, -2, 3, -3, 2, -1], [1, 0, 1, 0, 1, 0]);
  expect(right.temperature).toBeGreaterThan(0.5);
  expect(right.temperature).toBeLessThan(1);
  const wrong = fitTemperature([6, -5, 4, -6], [1, 0, 1, 1]);
  expect(wrong.temperature).toBeGreaterThan(1);
  expect(wrong.temperature).toBeLessThan(5);
});

test('nothing to learn from leaves the probabilities as they are', () => {
  const nothing = { temperature: 1, count: 0, loss: { before: 0, after: 0 } };
  expect(fitTemperature([], [])).toEqual(nothing);
  expect(fitTemperature([0, 0, 0], [0, 1, 1]).temperature).toBeCloseTo(1, 3);
});

test('it stays within its limits, and refuses what is no number', () => {
  const [least, most] = TEMPERATURE_LIMITS;
  const labels = Array.from({ length: 1000 }, (_, i) => i % 2);
  const sure = labels.map((y) => (y === 1 ? 0.5 : -0.5));
  expect(fitTemperature(sure, labels).temperature).toBeGreaterThanOrEqual(least);
  const opposite = sure.map((z) => -100 * z);
  expect(fitTemperature(opposite, labels).temperature).toBeLessThanOrEqual(most);
  expect(() => fitTemperature([NaN, 1], [0, 1])).toThrow(RangeError);
  expect(() => fitTemperature([1, 2], [0, 2])).toThrow(RangeError);
});

test('calibration error is the distance of confidence from accuracy, bin by bin', () => {
  // Three answers at 0.8, two of them right; one at 1, right.
  const probabilities = [0.2, 0.8, 0.2, 0.8, 0.8, 0.2, 1, 0];
  const labels = [1, 1, 1, 0];
  const bins = reliability(probabilities, labels, 10);
  expect(bins.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 3, 0, 1]);
  expect(bins[7]!.confidence).toBeCloseTo(0.8, 12);
  expect(bins[7]!.accuracy).toBeCloseTo(2 / 3, 12);
  expect(bins[0]).toEqual({ low: 0, high: 0.1, count: 0 });
  expect(expectedCalibrationError(bins)).toBeCloseTo((3 / 4) * (0.8 - 2 / 3), 12);
  expect(expectedCalibrationError(reliability([], []))).toBe(0);
});

test('the fitted temperature lowers the calibration error of a head that is too sure', () => {
  const { logits, labels } = drawn(2000, 1, 3);
  const error = (temperature: number) =>
    expectedCalibrationError(
      reliability(classProbabilities(logits, labels.length, temperature), labels),
    );
  expect(error(1)).toBeGreaterThan(0.1);
  expect(error(fitTemperature(logits, labels).temperature)).toBeLessThan(0.04);
});

test('minimisation finds the deeper of two valleys, and an end', () => {
  const valleys = (x: number) => Math.min((x + 2) ** 2 + 1, (x - 3) ** 2);
  expect(minimize(valleys, -5, 5)).toBeCloseTo(3, 3);
  expect(minimize((x) => x, -1, 1)).toBeCloseTo(-1, 3);
  expect(minimize((x) => -x, -1, 1)).toBeCloseTo(1, 3);
});
