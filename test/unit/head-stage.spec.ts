import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { evaluate } from '../../src/learning/evaluate/metrics.ts';
import { fitNovelty } from '../../src/learning/evaluate/not-sure.ts';
import { fitTemperature } from '../../src/learning/evaluate/temperature.ts';
import { headLogits } from '../../src/learning/head/head-logits.ts';
import { evaluateHead } from '../../src/learning/head/evaluate-head.ts';
import { trainHead, type StageEvents } from '../../src/learning/head/train-head.ts';
import { assertTrainable, hashTrainingSet, modelOf } from '../../src/learning/training/plan.ts';
import { hyperparametersOf } from '../../src/learning/optim/hyperparameters.ts';
import { RunControl } from '../../src/platform/run-control.ts';
import { loadMean } from '../../src/learning/features/training-data.ts';
import { memoryData, plannedPhotos, valuesOf } from '../fixtures/epoch-loop-setting.ts';
import type { LoadedCheckpoint, TrainingPlan } from '../../src/records/checkpoint.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const NAMES = ['Cat', 'Dog', 'Fox'];
const FEATURES = 12;

function planOf(classes: number, test = 5): TrainingPlan {
  return {
    modelId: 'head',
    tunedModelId: 'tuned',
    base: { id: 'base', inputSize: 160, featureSpaceId: 'space' },
    classes: NAMES.slice(0, classes).map((name, palette) => ({
      id: name.toLowerCase(),
      name,
      palette,
    })),
    hyperparameters: hyperparametersOf(
      { preset: 'quick', seed: 4, hyperparameters: { epochs: 6 } },
      undefined,
    ),
    photos: plannedPhotos({ train: 20, validation: 7, test }, classes),
    startedAt: 0,
  };
}

function events(more: Partial<StageEvents> = {}): StageEvents {
  return { control: new RunControl(), onEpoch: () => undefined, ...more };
}

for (const classes of [2, 3]) {
  test(`a head of ${classes} classes learns from its plan, and goes on from its checkpoint`, async () => {
    const plan = planOf(classes);
    const data = memoryData(plan.photos, FEATURES);
    const loaded: LoadedCheckpoint[] = [];
    const row = { slot: 0, order: 1, seconds: 1, savedAt: 0, sha256: '' };
    const onCheckpoint: StageEvents['onCheckpoint'] = (state, bytes) => {
      const checkpoint = { ...row, stage: 'head' as const, plan, state };
      loaded.push(structuredClone({ checkpoint, bytes }));
      return Promise.resolve();
    };
    const tensors = tf.memory().numTensors;
    const watch = new DeviceWatch();
    const whole = await trainHead(plan, data, watch, events({ onCheckpoint }));
    expect(tf.memory().numTensors).toBe(tensors + 2);
    expect(whole.head.outputs).toBe(classes === 2 ? 1 : 3);
    expect(whole.result.history).toHaveLength(6);
    expect(whole.result.history[5]!.loss).toBeLessThan(whole.result.history[0]!.loss);
    const weights = valuesOf([whole.head.kernel, whole.head.bias]);
    for (const resume of loaded.slice()) {
      const { head, result } = await trainHead(plan, data, watch, events(), { resume });
      expect(result).toEqual(whole.result);
      expect(valuesOf([head.kernel, head.bias])).toEqual(weights);
      head.dispose();
    }
    whole.head.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test(`a finished model of ${classes} classes is evaluated on photos that it has not seen`, async () => {
    const plan = planOf(classes);
    const data = memoryData(plan.photos, FEATURES);
    const watch = new DeviceWatch();
    const { head } = await trainHead(plan, data, watch, events());
    const tensors = tf.memory().numTensors;
    const { evaluation, weights } = await evaluateHead(head, data, plan, watch);
    expect(tf.memory().numTensors).toBe(tensors);
    const logits = async (split: 'validation' | 'test') =>
      headLogits(head, await loadMean(data, split, ['plain', 'flip']), watch);
    const labels = plan.photos.validation.map(({ label }) => label);
    const { priorTemperature } = plan.hyperparameters;
    const { temperature } = fitTemperature(await logits('validation'), labels, priorTemperature);
    expect(evaluation.temperature).toBe(temperature);
    expect(evaluation.test).toEqual(
      evaluate(await logits('test'), plan.photos.test, classes, temperature),
    );
    expect(evaluation.test!.count).toBe(5);
    const names = ['dense/kernel', 'dense/bias', 'novelty'];
    expect(weights.map(({ spec }) => spec.name)).toEqual(names);
    expect(weights.map(({ values }) => values).slice(0, 2)).toEqual(
      valuesOf([head.kernel, head.bias]),
    );
    const familiar = fitNovelty(
      await data.load('train', 'plain'),
      plan.photos.train.map(({ label }) => label),
      await data.load('validation', 'plain'),
    );
    expect(weights[2]!.values).toEqual(new Float32Array(familiar.toBytes()));
    head.dispose();
  });
}

test('without test photos nothing is claimed', async () => {
  const plan = planOf(2, 0);
  const data = memoryData(plan.photos, FEATURES);
  const { head } = await trainHead(plan, data, new DeviceWatch(), events());
  const { evaluation } = await evaluateHead(head, data, plan, new DeviceWatch());
  expect(Object.keys(evaluation)).toEqual(['temperature']);
  head.dispose();
});

test('a head whose weights are no numbers is no model', async () => {
  const plan = planOf(2);
  const data = memoryData(plan.photos, FEATURES);
  const { head } = await trainHead(plan, data, new DeviceWatch(), events());
  tf.tidy(() => {
    head.bias.assign(tf.tensor1d([NaN]));
  });
  await expect(evaluateHead(head, data, plan, new DeviceWatch())).rejects.toMatchObject({
    kind: 'not-finite',
  });
  head.dispose();
});

test('a head that is cancelled is freed', async () => {
  const plan = planOf(3);
  const control = new RunControl();
  const tensors = tf.memory().numTensors;
  const onEpoch = () => {
    control.cancel();
  };
  await expect(
    trainHead(
      plan,
      memoryData(plan.photos, FEATURES),
      new DeviceWatch(),
      events({ control, onEpoch }),
    ),
  ).rejects.toMatchObject({ kind: 'cancelled' });
  expect(tf.memory().numTensors).toBe(tensors);
});

test('features of several variants are their mean', async () => {
  const data = memoryData(plannedPhotos({ train: 3, validation: 0, test: 0 }, 2), 4);
  const [plain, flip] = [await data.load('train', 'plain'), await data.load('train', 'flip')];
  const mean = await loadMean(data, 'train', ['plain', 'flip']);
  expect(mean).toHaveLength(12);
  mean.forEach((value, i) => {
    expect(value).toBeCloseTo((plain[i]! + flip[i]!) / 2, 6);
  });
  expect(await loadMean(data, 'train', ['plain'])).toEqual(plain);
  expect(await loadMean(data, 'validation', ['plain'])).toHaveLength(0);
});

test('one class alone cannot be told from anything', () => {
  const plan = planOf(3);
  assertTrainable(plan);
  assertTrainable({ classes: plan.classes.slice(1) });
  expect(() => {
    assertTrainable({ classes: plan.classes.slice(2) });
  }).toThrow(expect.objectContaining({ kind: 'too-few' }));
});

test('what was learned changes with a photo, a label and the order, not with the other splits', async () => {
  const plan = planOf(2);
  const trainingSetHash = await hashTrainingSet(plan);
  expect(trainingSetHash).toMatch(/^[0-9a-f]{64}$/);
  const { train } = plan.photos;
  const relabelled = train.map(({ id, label }, i) => ({ id, label: i === 3 ? 1 - label : label }));
  const others = [train.slice(1), [...train].reverse(), relabelled];
  for (const other of others) {
    expect(await hashTrainingSet({ ...plan, photos: { ...plan.photos, train: other } })).not.toBe(
      trainingSetHash,
    );
  }
  const rest = { ...plan, photos: { ...plan.photos, test: [], validation: [] } };
  expect(await hashTrainingSet(rest)).toBe(trainingSetHash);
  expect(modelOf(plan, trainingSetHash)).toMatchObject({
    id: 'head',
    trainingSetHash,
    photoIds: { train: train.map(({ id }) => id), test: plan.photos.test.map(({ id }) => id) },
  });
});
