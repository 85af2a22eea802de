import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../browser/harness-test.ts';
import { IS_LIMITED, NO_TIME, PYTHON, runPython, WITHOUT_PYTHON } from './python.ts';
import {
  addPets,
  CHECKS,
  expectClose,
  expectItComesBack,
  expectSameCurve,
  freeAddress,
  reportOf,
  SIZE,
  startOnKerasBase,
  storedFeatures,
  trainInKeras,
  unpackDataSet,
} from './train-in-keras.ts';

test.skip(PYTHON === undefined, WITHOUT_PYTHON);
test.skip(IS_LIMITED, NO_TIME);

test('Tutorial: features and curve of train_keras.py are the app’s, and its model answers in Live', async ({
  page,
}, testInfo) => {
  test.setTimeout(10 * 60_000);
  const folder = testInfo.outputPath('data');
  await mkdir(folder, { recursive: true });
  const base = await startOnKerasBase(page);
  await addPets(page, { train: 30, validation: 8, test: 8 });
  const model = await page.evaluate(() =>
    harness.train({ preset: 'tutorial', seed: 5, fineTuning: false }),
  );
  await unpackDataSet(page, folder);

  const args = ['--base', base, '--size', String(SIZE), '--seed', '5', '--exact'];
  await trainInKeras(folder, [...args, '--no-fine-tune']);
  const report = await reportOf(folder);
  expect(report.classes).toEqual(['Cat', 'Dog']);
  expect(model.history).toHaveLength(10);
  expectSameCurve(model.history, report.history);
  expect(report.temperature).toBeCloseTo(model.temperature, 2);
  expect(report.test.loss).toBeCloseTo(model.test!.loss, 2);

  const check = ['features', folder, base, String(SIZE)];
  const keras = await runPython<Record<string, number[]>>(CHECKS, check);
  const ids = Object.keys(keras);
  expect(ids).toHaveLength(16);
  const ours = await storedFeatures(page, ids, model.base.featureSpaceId);
  ids.forEach((id, i) => {
    expectClose(ours[i]!, keras[id]!, 1e-3);
  });

  await expectItComesBack(page, folder, 'model.keras');
});

test('Quick: the curve of train_keras.py is the app’s', async ({ page }, testInfo) => {
  test.setTimeout(10 * 60_000);
  const folder = testInfo.outputPath('data');
  await mkdir(folder, { recursive: true });
  const base = await startOnKerasBase(page);
  await addPets(page, { train: 30, validation: 8, test: 8 });
  const model = await page.evaluate(() => harness.train({ preset: 'quick', seed: 5 }));
  expect(model.history).toHaveLength(40);
  await unpackDataSet(page, folder);
  const args = ['--base', base, '--size', String(SIZE), '--seed', '5', '--exact'];
  await trainInKeras(folder, [...args, '--preset', 'quick']);
  const report = await reportOf(folder);
  expectSameCurve(model.history, report.history);
  expect(report.temperature).toBeCloseTo(model.temperature, 2);
  expect(report.test.loss).toBeCloseTo(model.test!.loss, 2);
});

test('fine-tuning: train_keras.py trains as many numbers as the app, and the same ones after a step', async ({
  page,
}, testInfo) => {
  test.setTimeout(10 * 60_000);
  const folder = testInfo.outputPath('data');
  await mkdir(folder, { recursive: true });
  const base = await startOnKerasBase(page);
  // Without validation photos, the tuned weights are kept whatever they are.
  await addPets(page, { train: 8, test: 2 });
  const model = await page.evaluate(() =>
    harness.train({
      ...{ preset: 'tutorial', seed: 6, hyperparameters: { epochs: 1 } },
      fineTuning: { epochs: 1, learningRate: 1e-3 },
    }),
  );
  const { options, trainableParameters, history } = model.fineTuning!;
  const weights = await page.evaluate(async (id) => {
    const record = (await harness.models.getModel(id))!;
    const bytes = await harness.models.loadWeights(record);
    return record.weights
      .filter(({ name }) => name !== 'novelty')
      .map(
        ({ name }) =>
          [name, [...new Float32Array(harness.models.weightOf(record, bytes, name)!)]] as const,
      );
  }, model.id);
  await unpackDataSet(page, folder);
  await trainInKeras(folder, [
    ...['--base', base, '--size', String(SIZE), '--seed', '6', '--exact', '--epochs', '1'],
    ...['--fine-tune-epochs', '1', '--fine-tune-learning-rate', '1e-3'],
  ]);
  const { fineTuning, temperature } = await reportOf(folder);
  expect(fineTuning!.trainableParameters).toBe(trainableParameters);
  expect(fineTuning!.options).toMatchObject({ ...options });
  expectSameCurve(history, fineTuning!.history);

  const saved = join(folder, 'result/model.keras');
  const keras = await runPython<Record<string, number[]>>(CHECKS, ['weights', saved]);
  expect(temperature).toBe(1);
  expect(weights.length).toBeGreaterThan(20);
  for (const [name, values] of weights) {
    // Keras 3 calls the kernel of a depthwise convolution what it calls all others.
    const inKeras = name
      .replace(/^dense\//, 'predictions/')
      .replace('/depthwise_kernel', '/kernel');
    const other = keras[inKeras];
    expect(other, name).toBeDefined();
    expectClose(values, other!, 1e-4);
  }
});

test('two workers train one model, which comes back', async ({ page }, testInfo) => {
  test.setTimeout(10 * 60_000);
  const folder = testInfo.outputPath('data');
  await mkdir(folder, { recursive: true });
  const base = await startOnKerasBase(page);
  await addPets(page, { train: 6, validation: 2, test: 2 });
  await unpackDataSet(page, folder);

  const args = ['--base', base, '--size', String(SIZE), '--seed', '7', '--exact'];
  const worker = await Promise.all([freeAddress(), freeAddress()]);
  await Promise.all(
    worker.map((_, index) => {
      const config = { cluster: { worker }, task: { type: 'worker', index } };
      const environment = { TF_CONFIG: JSON.stringify(config) };
      return trainInKeras(folder, [...args, '--preset', 'quick', '--epochs', '3'], environment);
    }),
  );
  const report = await reportOf(folder);
  expect(report.replicas).toBe(2);
  expect(report.history).toHaveLength(3);
  await expectItComesBack(page, folder, 'model.h5');
});
