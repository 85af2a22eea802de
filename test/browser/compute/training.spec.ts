import { harnessIsThere } from '../../harness/open-harness.ts';
import { classifyDrawn } from '../classify-drawn.ts';
import { addSmallLibrary, addTrainedLibrary, expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

/** A head on the real base. What needs any base only is in fast/training.spec.ts. */

test('a head learns drawn pets, is stored whole, and answers after a restart', async ({ page }) => {
  await addSmallLibrary(page);
  await startEngine(page, 'bases/', 'wasm');
  const model = await page.evaluate(() => harness.train({ preset: 'quick', seed: 5 }));

  expect(model.classes.map(({ id }) => id)).toEqual(['cat', 'dog']);
  expect(model.base).toMatchObject({ id: 'openimages', inputSize: 224 });
  expect(model.hyperparameters).toMatchObject({ preset: 'quick', seed: 5, dropout: 0.2 });
  expect(model.history).toHaveLength(model.hyperparameters.epochs);
  expect(model.history.at(-1)!.loss).toBeLessThan(model.history[0]!.loss);
  expect(model.history.at(-1)!.validationAccuracy).toBe(1);
  expect(model.test).toMatchObject({ count: 8, correct: 8 });
  expect(model.photoIds.train).toHaveLength(16);
  expect(model.weights.map(({ name, shape }) => [name, shape])).toEqual([
    ['dense/kernel', [1280, 1]],
    ['dense/bias', [1]],
    ['novelty', [5 + 16 * 1280]],
    // What the base knows of Cat and Dog, at six anchors.
    ['known/kernel', [1280, 12]],
    ['known/bias', [12]],
  ]);
  expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);

  await page.reload();
  await harnessIsThere(page);
  await startEngine(page, 'bases/', 'wasm');
  for (const seed of [41, 42, 43]) {
    expect(await classifyDrawn(page, 'cat', seed)).toBe('cat');
    expect(await classifyDrawn(page, 'dog', seed)).toBe('dog');
  }
});

test('what is like none of the photos is said to be so', async ({ page }) => {
  await addTrainedLibrary(page);
  await startEngine(page, 'bases/', 'wasm');
  const novelty = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 320);
    const score = async () => (await harness.classify(await createImageBitmap(canvas))).novelty;
    harness.drawPet(canvas, 'cat', 41);
    const cat = await score();
    harness.drawPet(canvas, 'dog', 42);
    const dog = await score();
    canvas.getContext('2d')!.drawImage(harness.drawMosaic(0), 0, 0);
    const mosaic = await score();
    return { cat, dog, mosaic };
  });
  expect(novelty.cat).toBeLessThan(1);
  expect(novelty.dog).toBeLessThan(1);
  expect(novelty.mosaic).toBeGreaterThan(1.5);
});

test('what the base knows is believed as far as the training photos agree with it', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, 'bases/', 'wasm');
  const train = (options: { prior?: boolean } = {}) =>
    page.evaluate((options) => harness.train({ preset: 'quick', seed: 5, ...options }), options);
  const { prior, priorChoice, hyperparameters } = await train();
  expect(priorChoice).toMatchObject({ known: ['cat', 'dog'], count: 16 });
  expect(priorChoice!.trials.map(({ strength }) => strength)).toEqual([4, 2, 0]);
  expect(prior!.strength).toBe(4);
  // The normal distribution of the weights counts once, not once for each photo.
  expect(hyperparameters.l2).toBeCloseTo(10 / 16);
  expect(hyperparameters.biasL2).toBeCloseTo(4 / 16);

  // Now the base is wrong about every one of them: the head is that of a base that knows nothing.
  await page.evaluate(async () => {
    await harness.classes.setKnownClass('cat', 'dog');
    await harness.classes.setKnownClass('dog', 'cat');
  });
  const contradicted = await train();
  expect(contradicted.prior).toBeUndefined();
  expect(contradicted.priorChoice).toMatchObject({ known: ['dog', 'cat'], count: 16 });
  expect(contradicted.test).toMatchObject({ count: 8, correct: 8 });
  expect(contradicted.sha256).toBe((await train({ prior: false })).sha256);
  for (const seed of [41, 42, 43]) {
    expect(await classifyDrawn(page, 'cat', seed)).toBe('cat');
    expect(await classifyDrawn(page, 'dog', seed)).toBe('dog');
  }
});
