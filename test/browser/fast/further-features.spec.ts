import type { Page } from '@playwright/test';
import type { ExportFormat } from '../../../src/records/export.ts';
import type { TrainOptions } from '../../../src/records/training.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { classifyPet } from '../classify-drawn.ts';
import { addTinted, furtherBase } from '../further-library.ts';
import { addTrainedLibrary, expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';
import { expectSameAfterRestart, storedAndLive } from '../stored-and-live.ts';
import { wipe } from '../wipe.ts';

const FURTHER = { layer: 'block_1_project_BN', length: 4, scale: 10 };

const train = (page: Page, options?: Partial<TrainOptions>) =>
  page.evaluate((options) => harness.train({ preset: 'quick', ...options }), options);

/** The variants that are stored, each with the lengths of its rows. */
const storedVariants = (page: Page) =>
  page.evaluate(() =>
    harness.database.read(['features'], async (transaction) => {
      const lengths: Record<string, number[]> = {};
      for (const { variant, values } of await transaction.objectStore('features').getAll()) {
        const length = values.byteLength / 4;
        lengths[variant] = [...new Set([...(lengths[variant] ?? []), length])];
      }
      return lengths;
    }),
  );

test('a head reads an earlier layer where that helps: live, library, test and restart agree', async ({
  page,
  served,
}) => {
  const bases = await furtherBase(served);
  await addTinted(page);
  await startEngine(page, bases, 'wasm');
  const model = await train(page);
  expect(model.further).toEqual(FURTHER);
  const { alone, together, count } = model.furtherChoice!;
  expect(count * (alone - together!)).toBeGreaterThan(2);
  const shapes = Object.fromEntries(model.weights.map(({ name, shape }) => [name, shape]));
  expect(shapes).toMatchObject({ 'dense/kernel': [36, 1], 'dense/bias': [1] });

  const pairs = await storedAndLive(page, { heatMap: true });
  expect(pairs).toHaveLength(16);
  for (const [stored, live] of pairs) expect(live).toBeCloseTo(stored, 4);

  await expectSameAfterRestart(page, bases, model.id);
});

test('the tutorial and a training that fine-tunes go without; one that resumes does not choose again', async ({
  page,
  served,
}) => {
  const bases = await furtherBase(served);
  await addTinted(page);
  await startEngine(page, bases, 'wasm');
  const tutorial = await train(page, { preset: 'tutorial', fineTuning: false });
  expect(tutorial).not.toHaveProperty('further');
  expect(tutorial).not.toHaveProperty('furtherChoice');
  const tuned = await train(page, {
    fineTuning: { epochs: 1 },
    hyperparameters: { epochs: 2 },
  });
  expect(tuned).not.toHaveProperty('further');

  const options = { preset: 'quick', hyperparameters: { epochs: 6 } } as const;
  const whole = await train(page, options);
  expect(whole.further).toEqual(FURTHER);
  await page.evaluate((options) => harness.trainUntil(options, 3), options);
  await startEngine(page, bases, 'wasm');
  const resumed = await page.evaluate(() => harness.resumeTraining());
  expect(resumed).toMatchObject({ further: FURTHER, furtherChoice: whole.furtherChoice });
  expect(resumed.sha256).toBe(whole.sha256);
});

test('where it does not help, the head is the one of a base without it, bit for bit; features from before are computed again', async ({
  page,
  served,
}) => {
  const before = await addTrainedLibrary(page, TINY_BASES);
  expect(await storedVariants(page)).not.toHaveProperty('further plain');
  await startEngine(page, TINY_BASES, 'wasm');
  const answer = await classifyPet(page, 'cat', 9);
  await page.evaluate(() => harness.stopEngine());

  await startEngine(page, await furtherBase(served, 1.5), 'wasm');
  // The model of before answers as before.
  expect(await classifyPet(page, 'cat', 9)).toMatchObject({
    modelId: before.id,
    probabilities: answer.probabilities,
  });
  const model = await train(page);
  expect(model).not.toHaveProperty('further');
  expect(model.furtherChoice).toMatchObject({ count: 16 });
  expect(model.sha256).toBe(before.sha256);
  expect(await storedVariants(page)).toEqual({
    ...{ plain: [32], flip: [32], 'further plain': [4], 'further flip': [4] },
  });
});

test('it goes through a backup and to another phone, and every format answers as the app does', async ({
  page,
  served,
}) => {
  const bases = await furtherBase(served);
  await addTinted(page);
  await startEngine(page, bases, 'wasm');
  const { id } = await train(page);
  const { probabilities } = await classifyPet(page, 'dog', 3);

  const formats = ['web-page', 'tflite', 'teachable-machine', 'tfjs', 'keras', 'onnx'] as const;
  for (const format of formats satisfies readonly ExportFormat[]) {
    // What answers differently is not written.
    const { offers, base64 } = await page.evaluate(
      ({ id, format, bases }) => harness.exportModel(id, format, bases),
      { id, format, bases },
    );
    expect(base64.length, format).toBeGreaterThan(1000);
    expect(offers.find((offer) => offer.format === format)).not.toHaveProperty('hindrance');
  }

  await page.evaluate(() => harness.backup.write());
  await page.evaluate(() => harness.stopEngine());
  await wipe(page);
  await page.evaluate(() => harness.backup.restore());
  await startEngine(page, bases, 'wasm');
  expect(await classifyPet(page, 'dog', 3)).toMatchObject({ modelId: id, probabilities });

  const sent = await page.evaluate(({ id, bases }) => harness.sendAndReceive(id, bases), {
    id,
    bases,
  });
  expect(sent.model).toMatchObject({ imported: true, further: FURTHER });
  expect(sent.agreement!.difference).toBeLessThan(0.01);
  const received = await classifyPet(page, 'dog', 3);
  expect(received.modelId).toBe(sent.model.id);
  expect(received.probabilities[0]).toBeCloseTo(probabilities[0]!, 1);
  // A training that continues from its head reads the same features.
  const next = await train(page);
  expect(next.hyperparameters.startsFrom).toBe(sent.model.id);
  expect(next.further).toEqual(FURTHER);
  // Its fine-tuning goes on with the part of it that reads the last map.
  const tuned = await train(page, { fineTuning: { epochs: 1 }, hyperparameters: { epochs: 2 } });
  expect(tuned.hyperparameters.startsFrom).toBe(sent.model.id);
  expect(tuned).not.toHaveProperty('further');
});
