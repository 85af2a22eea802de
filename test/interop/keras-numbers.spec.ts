import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { classMetrics } from '../../src/learning/evaluate/metrics.ts';
import { augment } from '../../src/learning/input/augment.ts';
import { Adam } from '../../src/learning/optim/adam.ts';
import { crossEntropyGradient } from '../../src/learning/optim/cross-entropy.ts';
import { Random } from '../../src/platform/random.ts';
import { isOver, NO_TIME, PYTHON, runPython, WITHOUT_PYTHON } from './python.ts';

test.skip(PYTHON === undefined, WITHOUT_PYTHON);

/** What scripts/interop/keras_checks.py computes. */
interface KerasNumbers {
  readonly pictures: readonly (readonly number[])[];
  readonly steps: readonly (readonly number[])[];
  readonly batches: readonly {
    readonly loss: number;
    readonly accuracy: number;
    readonly gradient: readonly number[];
  }[];
}

const SIZE = 31;
const AUGMENTATIONS = [
  [false, 0.3],
  [true, -0.7],
  [false, 1.2],
  [true, -1.25],
  [true, 0],
] as const;
const BATCHES = [
  { outputs: 1, classWeights: [1, 1] },
  { outputs: 1, classWeights: [0.5, 3] },
  { outputs: 4, classWeights: [1, 2, 0.25, 1.5] },
];

test('augmentation, Adam, loss, gradient and accuracy are Keras’s', async ({}, testInfo) => {
  test.skip(isOver(), NO_TIME);
  await tf.setBackend('cpu');
  const random = new Random(3);
  const numbers = (count: number, scale = 1) =>
    Array.from({ length: count }, () => (2 * random.next() - 1) * scale);
  const picture = Uint8ClampedArray.from({ length: SIZE * SIZE * 4 }, () => 256 * random.next());
  const weights = numbers(6);
  // From tiny to large, and zero: what epsilon and the corrections of the bias are for.
  const gradients = [1, 1e-6, 30, 0, 1e-3].map((scale) => numbers(6, scale));
  const batches = BATCHES.map(({ outputs, classWeights }) => ({
    classWeights,
    logits: Array.from({ length: 13 }, () => numbers(outputs, 8)),
    labels: Array.from({ length: 13 }, (_, i) => i % classWeights.length),
  }));
  const file = testInfo.outputPath('numbers.json');
  const given = {
    ...{
      size: SIZE,
      augmentations: AUGMENTATIONS,
      weights,
      gradients,
      learningRate: 0.01,
      batches,
    },
    picture: [...picture].filter((_, i) => i % 4 !== 3),
  };
  await writeFile(file, JSON.stringify(given));
  const keras = await runPython<KerasNumbers>('scripts/interop/keras_checks.py', ['numbers', file]);

  AUGMENTATIONS.forEach(([flip, angle], i) => {
    const ours = augment(picture, SIZE, { flip, angle });
    expect(largestDifference(ours, keras.pictures[i]!)).toBeLessThan(1);
  });

  const variable = tf.variable(tf.tensor1d(weights));
  const adam = new Adam([variable]);
  gradients.forEach((gradient, i) => {
    adam.step([tf.tensor1d(gradient)], 0.01);
    expect(largestDifference(variable.dataSync(), keras.steps[i]!)).toBeLessThan(1e-6);
  });

  batches.forEach(({ logits, labels, classWeights }, i) => {
    const { loss, accuracy, gradient } = keras.batches[i]!;
    const ours = classMetrics(logits.flat(), labels);
    expect(ours.loss).toBeCloseTo(loss, 5);
    expect(ours.accuracy).toBeCloseTo(accuracy, 6);
    const dz = crossEntropyGradient(tf.tensor2d(logits), labels, labels.length, classWeights);
    expect(largestDifference(dz.dataSync(), gradient)).toBeLessThan(1e-6);
  });
});

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}
