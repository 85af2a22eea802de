import type { Page } from '@playwright/test';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { answersOf, FINE_TUNING } from '../fine-tuning-setting.ts';
import { addSmallLibrary, expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

test('nothing is left behind: no tensor, no boundary activation, no old features', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const train = () => page.evaluate((options) => harness.train(options), FINE_TUNING);
  const settled = async (modelId: string) => {
    // The new model's own features are computed behind the scenes.
    await expect.poll(() => spaces(page, modelId)).toEqual({ base: 60, own: 60, others: 0 });
    return page.evaluate(() => harness.memory());
  };
  const before = await settled((await train()).id);
  expect(await settled((await train()).id)).toEqual(before);
});

test('the augmentations of a training are forgotten with it; so is, at the start, a tuned model’s feature space', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const model = await page.evaluate(
    (options) => harness.train({ ...options, preset: 'tutorial', fineTuning: false }),
    FINE_TUNING,
  );
  await expect.poll(() => spaces(page, model.id)).toEqual({ base: 60, own: 0, others: 0 });
  // As a worker leaves it that was ended while it changed models.
  await page.evaluate(async (photoId) => {
    await harness.database.write(['features'], async (transaction) => {
      const features = transaction.objectStore('features');
      const [row] = await features.index('byPhoto').getAll(photoId);
      await features.put({ ...row!, featureSpaceId: `${row!.featureSpaceId}+gone` });
    });
  }, model.photoIds.train[0]!);
  expect(await spaces(page, model.id)).toMatchObject({ others: 1 });
  await startEngine(page, TINY_BASES, 'wasm');
  await expect.poll(() => spaces(page, model.id)).toEqual({ base: 60, own: 0, others: 0 });
});

/** Rows of stored features: of the base, of a fine-tuned model, and of anything else. */
function spaces(page: Page, modelId: string) {
  return page.evaluate(async (modelId) => {
    const keys = await harness.database.read(['features'], (transaction) =>
      transaction.objectStore('features').getAllKeys(),
    );
    const names = keys.map(([featureSpaceId]) => featureSpaceId);
    const own = names.filter((name) => name.endsWith(`+${modelId}`)).length;
    const base = names.filter((name) => !/[+#]/.test(name)).length;
    return { base, own, others: names.length - own - base };
  }, modelId);
}

test('after a fine-tuning, photos that arrive are learned on its own features', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const tuned = await page.evaluate((options) => harness.train(options), FINE_TUNING);
  await expect.poll(() => spaces(page, tuned.id)).toMatchObject({ own: 60 });
  const id = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 320);
    harness.drawPet(canvas, 'dog', 99);
    const images = await harness.encode.encodePhoto(canvas);
    return (await harness.photos.addPhoto({ classId: 'dog', ...images, source: 'live' })).photo.id;
  });
  await expect
    .poll(() => page.evaluate(() => harness.status().model!.photoIds.train))
    .toContain(id);
  const draft = await page.evaluate(() => harness.status().model!);
  expect(draft.base.featureSpaceId).toContain(`+${tuned.id}`);
  expect((await answersOf(page)).every(Number.isFinite)).toBe(true);
});
