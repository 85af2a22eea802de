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

for (const photos of [false, true]) {
  test(`Tutorial on ${photos ? 'photos' : 'drawn pets'}: features and curve of train_keras.py are the app’s, and its model answers in Live`, async ({
    page,
  }, testInfo) => {
    test.skip(photos && !HAS_PHOTOS, 'without photos of cats and dogs in ../shared/photos');
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

test('two workers train one model, which comes back', async ({ page }, testInfo) => {
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
