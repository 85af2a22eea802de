import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { DenseHead } from '../../src/learning/head/dense-head.ts';
import { HeadLearner } from '../../src/learning/head/head-learner.ts';
import { Random } from '../../src/platform/random.ts';
import { runEpochs } from '../../src/learning/optim/epoch-loop.ts';
import { labelsOf, loopOf, memoryData, plannedPhotos } from '../fixtures/epoch-loop-setting.ts';

const FEATURES = 256;

/** Most bytes that tensors take during a training of so many photos. */
async function peakBytes(photos: number): Promise<number> {
  const counts = { train: 0.7 * photos, validation: 0.15 * photos, test: 0 };
  const data = memoryData(plannedPhotos(counts, 2), FEATURES);
  const head = DenseHead.create(FEATURES, 1, new Random(1));
  const options = { dropout: 0.2, l2: 1e-2, askedVariants: ['plain', 'flip'] };
  const learner = new HeadLearner(head, data, options, new DeviceWatch());
  const hyperparameters = {
    epochs: 1,
    batchSize: 16,
    learningRate: 1e-2,
    schedule: 'cosine',
  } as const;
  const before = tf.memory().numBytes;
  const { peakBytes } = await tf.profile(async () => {
    await runEpochs(loopOf(learner, labelsOf(data.photos), { hyperparameters }));
    return [];
  });
  head.dispose();
  return peakBytes - before;
}

test('two thousand photos need no more GPU memory than four hundred, except for their logits', async () => {
  await tf.setBackend('cpu');
  const before = tf.memory().numTensors;
  const [few, many] = [await peakBytes(400), await peakBytes(2000)];
  expect(tf.memory().numTensors).toBe(before);
  // A logit a photo and variant, and once more when they are read.
  const logits = (photos: number) => 2 * 4 * 0.7 * photos * 2;
  expect(many - logits(2000)).toBeLessThan(1.1 * (few - logits(400)));
  // The features of all photos would be this much.
  expect(many).toBeLessThan(0.2 * 4 * FEATURES * 0.7 * 2000 * 2);
});
