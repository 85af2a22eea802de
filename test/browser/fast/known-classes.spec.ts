import type { Page } from '@playwright/test';
import { tinyBase } from '../../fixtures/base-tiny.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import type { HarnessServer } from '../../harness/serve-harness.ts';
import { classifyPet } from '../classify-drawn.ts';
import { FINE_TUNING } from '../fine-tuning-setting.ts';
import { addSmallLibrary, addTrainedLibrary, expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';
import { expectSameAfterRestart, storedAndLive } from '../stored-and-live.ts';

/** A folder with a tiny base that knows a cat, a dog and a car. */
async function knowingBase(served: HarnessServer): Promise<string> {
  const { folder, address } = await served.makeFolder();
  await tinyBase(folder, { knows: true });
  return address;
}

const answering = (page: Page) =>
  page.evaluate(() => {
    const { model } = harness.status();
    return model && { untrained: model.untrained, classes: model.classes.map(({ id }) => id) };
  });

const train = (page: Page, prior?: boolean) =>
  page.evaluate(
    (prior) => harness.train({ preset: 'quick', ...(prior !== undefined && { prior }) }),
    prior,
  );

test('before the first photo what the base knows answers, until the person switches it off', async ({
  page,
  served,
}) => {
  await startEngine(page, await knowingBase(served), 'wasm');
  expect(await answering(page)).toEqual({ untrained: true, classes: ['cat', 'dog'] });
  const { probabilities, novelty } = await classifyPet(page, 'cat', 1);
  expect(probabilities[0]! + probabilities[1]!).toBeCloseTo(1);
  expect(novelty).toBeGreaterThan(0);
  expect(await page.evaluate(() => harness.models.listModels())).toEqual([]);

  await page.evaluate(() => harness.settings.saveSettings({ usesKnownClasses: false }));
  await expect.poll(() => answering(page)).toBeUndefined();
  await page.evaluate(() => harness.settings.saveSettings({ usesKnownClasses: true }));
  await expect.poll(() => answering(page)).toMatchObject({ untrained: true });

  // A class that is no known one is not answered; one by choice is.
  await page.evaluate(() => harness.classes.renameClass('dog', 'Rex'));
  await expect.poll(() => answering(page)).toBeUndefined();
  await page.evaluate(() => harness.classes.setKnownClass('dog', 'car'));
  await expect.poll(() => answering(page)).toMatchObject({ classes: ['cat', 'dog'] });
});

test('a base that knows nothing answers nothing before the first photo', async ({ page }) => {
  await startEngine(page, TINY_BASES, 'wasm');
  expect(await answering(page)).toBeUndefined();
});

test('a head starts from what the base knows; live and library give the same answers', async ({
  page,
  served,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, await knowingBase(served), 'wasm');
  const model = await train(page);
  expect(model.prior).toMatchObject({
    anchors: 2,
    pooling: 'log-sum-exp',
    classes: [
      { id: 'cat', index: 0 },
      { id: 'dog', index: 1 },
    ],
  });
  const shapes = Object.fromEntries(model.weights.map(({ name, shape }) => [name, shape]));
  expect(shapes).toMatchObject({ 'known/kernel': [32, 4], 'known/bias': [4] });
  const { id } = model;
  const pairs = await storedAndLive(page);
  expect(pairs).toHaveLength(16);
  for (const [stored, live] of pairs) expect(live).toBeCloseTo(stored, 4);

  await expectSameAfterRestart(page, await knowingBase(served), id);
});

test('without a matched class, or switched off, the head is the one of a base that knows nothing, bit for bit', async ({
  page,
  served,
}) => {
  const { sha256: ofPlainBase } = await addTrainedLibrary(page, TINY_BASES);
  await startEngine(page, await knowingBase(served), 'wasm');
  const off = await train(page, false);
  expect(off.prior).toBeUndefined();
  expect(off.sha256).toBe(ofPlainBase);
  expect((await train(page)).sha256).not.toBe(ofPlainBase);
  // Two of one kind: what the base knows does not tell them apart.
  await page.evaluate(() => harness.classes.setKnownClass('dog', 'cat'));
  const same = await train(page);
  expect(same.prior).toBeUndefined();
  expect(same.sha256).toBe(ofPlainBase);
  await page.evaluate(async () => {
    await harness.classes.setKnownClass('dog', null);
    await harness.classes.setKnownClass('cat', null);
  });
  expect((await train(page)).sha256).toBe(ofPlainBase);
});

test('the tutorial never starts from what the base knows: its head has the tutorial’s numbers', async ({
  page,
  served,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, await knowingBase(served), 'wasm');
  const model = await page.evaluate(() =>
    harness.train({ preset: 'tutorial', fineTuning: false, prior: true }),
  );
  expect(model.prior).toBeUndefined();
  expect(model.weights.map(({ name }) => name)).toEqual(['dense/kernel', 'dense/bias', 'novelty']);
});

test('one photo of each class is enough for the first model of one’s own', async ({
  page,
  served,
}) => {
  await startEngine(page, await knowingBase(served), 'wasm');
  await page.evaluate(async () => {
    for (const kind of ['cat', 'dog'] as const) {
      const canvas = new OffscreenCanvas(320, 320);
      harness.drawPet(canvas, kind, 1);
      const images = await harness.encode.encodePhoto(canvas);
      await harness.photos.addPhoto({ classId: kind, ...images, source: 'file' });
    }
  });
  await expect
    .poll(() => answering(page))
    .toEqual({ untrained: undefined, classes: ['cat', 'dog'] });
});

test('training and answering with a prior leave no tensor behind', async ({ page, served }) => {
  await addSmallLibrary(page);
  await startEngine(page, await knowingBase(served), 'wasm');
  const trainAndAnswer = async () => {
    await train(page);
    for (let i = 0; i < 4; i++) await classifyPet(page, 'cat', i);
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(64, 64);
      harness.drawPet(canvas, 'cat', 1);
      await harness.classify(await createImageBitmap(canvas), { heatMap: true });
    });
  };
  // What reads the answers of a model is made with the first of them.
  await trainAndAnswer();
  const before = await page.evaluate(() => harness.memory());
  await trainAndAnswer();
  expect(await page.evaluate(() => harness.memory())).toEqual(before);
});

test('fine-tuning carries the prior: its weights, its answers', async ({ page, served }) => {
  await addSmallLibrary(page);
  await startEngine(page, await knowingBase(served), 'wasm');
  const model = await page.evaluate((options) => harness.train(options), FINE_TUNING);
  expect(model.fineTuning!.kept).toBe(true);
  expect(model.prior).toBeDefined();
  expect(model.weights.map(({ name }) => name)).toContain('known/kernel');
  const { probabilities } = await classifyPet(page, 'dog', 3);
  expect(probabilities.every(Number.isFinite)).toBe(true);
});
