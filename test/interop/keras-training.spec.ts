import { mkdir } from 'node:fs/promises';
import { expect, test } from '../browser/harness-test.ts';
import { IS_LIMITED, NO_TIME, PYTHON, runPython, WITHOUT_PYTHON } from './python.ts';
import {
  addPets,
  CHECKS,
  expectClose,
  expectItComesBack,
  expectSameCurve,
  freeAddress,
  HAS_PHOTOS,
  reportOf,
  SIZE,
  startOnKerasBase,
  storedFeatures,
  trainInKeras,
  unpackDataSet,
} from './train-in-keras.ts';

test.skip(PYTHON === undefined, WITHOUT_PYTHON);
test.skip(IS_LIMITED, NO_TIME);

/** Of the step of fine-tuning. */
const LEARNING_RATE = 1e-3;

/** Weights after a step of fine-tuning, and the gradients of those that were tuned, by name. */
interface KerasStep {
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

for (const photos of [false, true]) {
  test(`Tutorial on ${photos ? 'photos' : 'drawn pets'}: features and curve of train_keras.py are the app’s, and its model answers in Live`, async ({
    page,
  }, testInfo) => {
    test.skip(photos && !HAS_PHOTOS, 'without photos of cats and dogs in ../shared/photos');
    test.setTimeout(10 * 60_000);
    const folder = testInfo.outputPath('data');
    await mkdir(folder, { recursive: true });
    const base = await startOnKerasBase(page);
    await addPets(page, { train: 30, validation: 8, test: 8 }, { photos });
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
}

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
  const model = await page.evaluate(
    (learningRate) =>
      harness.train({
        ...{ preset: 'tutorial', seed: 6, hyperparameters: { epochs: 1 } },
        fineTuning: { epochs: 1, learningRate },
      }),
    LEARNING_RATE,
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
  const keras = await runPython<KerasStep>(CHECKS, [
    ...['step', folder, '--base', base, '--size', String(SIZE), '--seed', '6', '--exact'],
    ...['--epochs', '1', '--fine-tune-epochs', '1'],
    ...['--fine-tune-learning-rate', String(LEARNING_RATE)],
  ]);
  const { fineTuning, temperature } = await reportOf(folder);
  expect(fineTuning!.trainableParameters).toBe(trainableParameters);
  expect(fineTuning!.options).toMatchObject({ ...options });
  expectSameCurve(history, fineTuning!.history);
  expect(temperature).toBe(1);
  expect(weights.length).toBeGreaterThan(20);
  const all: boolean[] = [];
  const clear: boolean[] = [];
  for (const [name, values] of weights) {
    // Keras 3 calls the kernel of a depthwise convolution what it calls all others.
    const inKeras = name.replace('/depthwise_kernel', '/kernel');
    const gradients = keras.gradients[inKeras]!.map(Math.abs);
    const others = keras.weights[inKeras.replace(/^dense\//, 'predictions/')]!;
    expect(others, name).toHaveLength(values.length);
    // Adam's first step is as long whatever the gradient is: only its sign counts. What is near zero
    // has either sign where an activation is near the kink of its ReLU.
    const smallest = 0.02 * largest(gradients);
    const differences = values.map((value, i) => Math.abs(value - others[i]!));
    expect(largest(differences), name).toBeLessThan(2.1 * LEARNING_RATE);
    differences.forEach((difference, i) => {
      all.push(difference < 1e-4);
      if (gradients[i]! > smallest) clear.push(difference < 1e-4);
    });
  }
  expect(all).toHaveLength(trainableParameters);
  expect(shareOf(all)).toBeGreaterThan(0.99);
  expect(clear.length).toBeGreaterThan(trainableParameters / 2);
  expect(shareOf(clear)).toBeGreaterThan(0.9999);
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

const shareOf = (values: readonly boolean[]) => values.filter(Boolean).length / values.length;

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}
