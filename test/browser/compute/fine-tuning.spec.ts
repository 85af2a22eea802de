import { TINY_BASES } from '../../harness/serve-harness.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../../long-form.ts';
import { answersOf, FINE_TUNING } from '../fine-tuning-setting.ts';
import { addSmallLibrary, expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

test('the tuned model answers, and the head alone is there to go back to', async ({ page }) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const alone = await page.evaluate(
    (options) => harness.train({ ...options, fineTuning: false }),
    FINE_TUNING,
  );
  const before = await answersOf(page);
  const tuned = await page.evaluate((options) => harness.train(options), FINE_TUNING);
  const result = tuned.fineTuning!;
  expect(result.kept).toBe(true);
  expect(result.history).toHaveLength(3);
  expect(result.after.validationLoss!).toBeLessThan(result.before.validationLoss!);
  // As many as the weights that it stores, except for what knows the training photos.
  const stored = tuned.weights.filter(({ name }) => name !== 'novelty');
  expect(stored.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(
    result.trainableParameters,
  );
  const after = await answersOf(page);
  expect(after).not.toEqual(before);
  expect(await page.evaluate(() => harness.status().model!.id)).toBe(tuned.id);

  // Frozen means frozen: the same head on the same base, after all of that, gives the same answers.
  const head = await page.evaluate((id) => harness.models.getModel(id), result.headModelId);
  expect(head!.sha256).toBe(alone.sha256);
  await page.evaluate((id) => harness.models.useModel(id), result.headModelId);
  await expect.poll(() => page.evaluate(() => harness.status().model!.id)).toBe(result.headModelId);
  expect(await answersOf(page)).toEqual(before);

  // And the tuned one is what it was after a restart.
  await page.evaluate((id) => harness.models.useModel(id), tuned.id);
  await startEngine(page, TINY_BASES, 'wasm');
  expect(await answersOf(page)).toEqual(after);
});

test('what does not get better is not kept', async ({ page }) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const model = await page.evaluate(
    (options) =>
      harness.train({ ...options, fineTuning: { epochs: 2, learningRate: 30, alpha: 1 } }),
    FINE_TUNING,
  );
  expect(model.fineTuning).toMatchObject({ kept: false, headModelId: model.id });
  // The model that answers is the one before, and its record says what came of it.
  await expect
    .poll(() => page.evaluate(() => harness.status().model!.fineTuning))
    .toEqual(model.fineTuning);
  expect(await page.evaluate(async () => (await harness.models.listModels()).length)).toBe(1);
  expect(await page.evaluate(() => harness.status().model!.id)).toBe(model.id);
});

test('a fine-tuning that diverges leaves the head', async ({ page }) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const model = await page.evaluate(
    (options) => harness.train({ ...options, fineTuning: { learningRate: 1e38 } }),
    FINE_TUNING,
  );
  expect(model.fineTuning).toMatchObject({
    kept: false,
    divergedAtEpoch: 2,
    headModelId: model.id,
  });
  const models = await page.evaluate(() => harness.models.listModels());
  expect(models).toHaveLength(1);
  expect(await page.evaluate(() => harness.status().unfinished)).toBeUndefined();
  expect((await answersOf(page)).every(Number.isFinite)).toBe(true);
});

test('a layer that is not there is refused before anything has learned', async ({ page }) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  // After the background training nothing else computes.
  await expect.poll(() => page.evaluate(() => harness.status().model)).toBeDefined();
  const [before, refused, after] = await page.evaluate(async (options) => {
    const before = await harness.memory();
    const refused = await harness
      .train({ ...options, fineTuning: { fromLayer: 'block_99_expand' } })
      .catch((thrown: unknown) => ({ kind: (thrown as { kind: string }).kind }));
    return [before, refused, await harness.memory()] as const;
  }, FINE_TUNING);
  expect(refused).toEqual({ kind: 'options' });
  expect(after).toEqual(before);
  expect(await page.evaluate(() => harness.models.listModels())).toEqual([]);
});

test('the tutorial counts 1,862,721 parameters that learn from layer 100', async ({ page }) => {
  // unit/summary, unit/fine-tune-network and unit/tunable-blocks count them without a training.
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  await addSmallLibrary(page);
  await page.evaluate(() => harness.settings.saveSettings({ inputSize: 160 }));
  await startEngine(page, 'bases/', 'wasm');
  const model = await page.evaluate(() =>
    harness.train({ preset: 'tutorial', fineTuning: { epochs: 2 } }),
  );
  expect(model.hyperparameters).toMatchObject({
    epochs: 10,
    batchSize: 32,
    learningRate: 1e-4,
    dropout: 0.2,
    fineTuning: {
      fromLayer: 'block_11_expand_relu',
      batchSize: 32,
      learningRate: 1e-5,
      alpha: 1,
    },
  });
  expect(model.fineTuning!.trainableParameters).toBe(1_862_721);
});
