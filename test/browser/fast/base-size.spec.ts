import { TINY_BASES } from '../../harness/serve-harness.ts';
import { addSmallLibrary, addTrainedLibrary, expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

test('the base starts at the size of the model in use, where no size was chosen', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await page.evaluate(() => harness.settings.saveSettings({ inputSize: 48 }));
  await startEngine(page, TINY_BASES, 'wasm');
  const model = await page.evaluate(() => harness.train({ preset: 'quick' }));
  // As after a restore of photos and models alone.
  await page.evaluate(() => harness.settings.saveSettings({ inputSize: undefined }));
  const info = await startEngine(page, TINY_BASES, 'wasm');
  expect(info.inputSize).toBe(48);
  expect(await page.evaluate(() => harness.status().model?.id)).toBe(model.id);
});

test('another base size sets the model aside, and going back brings it back', async ({ page }) => {
  const model = await addTrainedLibrary(page, TINY_BASES);
  const info = await startEngine(page, TINY_BASES, 'wasm');
  expect(info.bases[0]!.inputSizes).toEqual([32, 48]);
  const use = async (size: number) => {
    await page.evaluate((size) => harness.useBase('tiny', size), size);
    return page.evaluate(() => harness.status());
  };
  const larger = await use(48);
  expect(larger.info!.inputSize).toBe(48);
  expect(larger.model).toBeUndefined();
  expect(larger.modelProblem).toMatchObject({ kind: 'other-base' });
  expect((await use(32)).model!.id).toBe(model.id);
});
