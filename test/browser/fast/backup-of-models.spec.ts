import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { classifier, keras2, modelFiles } from '../../fixtures/keras-topology.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { addDrawnPets, addSmallLibrary, addTrainedLibrary, expect, test } from '../harness-test.ts';
import { wipe } from '../wipe.ts';

test('a trained model answers as before, and is the active one again', async ({ page }) => {
  const { id } = await addTrainedLibrary(page, TINY_BASES);
  const before = await page.evaluate(async (bases) => {
    await harness.startEngine(bases, 'wasm');
    const canvas = new OffscreenCanvas(224, 224);
    harness.drawPet(canvas, 'dog', 77);
    const answer = await harness.classify(canvas.transferToImageBitmap());
    await harness.backup.write();
    harness.stopEngine();
    const record = await harness.models.activeModel();
    return { id: record!.id, probabilities: answer.probabilities, record };
  }, TINY_BASES);
  expect(before.id).toBe(id);
  await wipe(page);
  const after = await page.evaluate(async (bases) => {
    await harness.backup.restore();
    await harness.startEngine(bases, 'wasm');
    const canvas = new OffscreenCanvas(224, 224);
    harness.drawPet(canvas, 'dog', 77);
    const answer = await harness.classify(canvas.transferToImageBitmap());
    const record = await harness.models.activeModel();
    return { id: harness.status().model?.id, probabilities: answer.probabilities, record };
  }, TINY_BASES);
  expect(after).toEqual(before);
});

/** What a person has chosen. */
const choices = (page: Page) =>
  page.evaluate(async () => {
    const { getSetting } = harness.settings;
    return {
      activeModelId: await getSetting('activeModelId'),
      baseId: await getSetting('baseId'),
      inputSize: await getSetting('inputSize'),
      trainingOptions: await getSetting('trainingOptions'),
      throughputs: await getSetting('throughputs'),
      rightLabels: await getSetting('rightLabels'),
    };
  });

/** What the model says of a picture, on a fresh engine. */
const answer = (page: Page) =>
  page.evaluate(async (bases) => {
    const { base } = await harness.startEngine(bases, 'wasm');
    const canvas = new OffscreenCanvas(224, 224);
    harness.drawPet(canvas, 'dog', 77);
    const { probabilities } = await harness.classify(canvas.transferToImageBitmap());
    harness.stopEngine();
    return { baseId: base.id, probabilities };
  }, TINY_BASES);

/** Adds a base model, trains on it, makes some choices, and backs all of it up. */
async function backUpOwnBase(page: Page, folder: string) {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const [path, bytes] of await modelFiles(keras2(classifier(32)))) {
    await writeFile(join(folder, path), bytes);
    paths.push(join(folder, path));
  }
  await page.locator('input').setInputFiles(paths);
  await addSmallLibrary(page);
  return page.evaluate(async (bases) => {
    const spec = await harness.addBase({ name: 'Mine', mode: 'torch' }, bases);
    await harness.startEngine(bases, 'wasm');
    await harness.useBase(spec.id, 32);
    const { id } = await harness.train({ preset: 'quick', seed: 1 });
    harness.stopEngine();
    const [photo] = await harness.photos.listPhotos('cat');
    await harness.settings.saveSettings({
      trainingOptions: { preset: 'tutorial', hyperparameters: { epochs: 3 } },
      rightLabels: { modelId: id, labels: [[photo!.id, 'cat']] },
    });
    await harness.backup.write(bases);
    return { spec, place: await harness.backup.placeOfBase(spec.id, bases) };
  }, TINY_BASES);
}

test('a model that was trained on a base of one’s own answers as before on an empty phone, with all that was chosen', async ({
  page,
}, testInfo) => {
  const { spec } = await backUpOwnBase(page, testInfo.outputPath('model'));
  const before = { choices: await choices(page), answer: await answer(page) };
  expect(before).toMatchObject({
    choices: { baseId: spec.id, inputSize: 32, throughputs: expect.anything() as unknown },
    answer: { baseId: spec.id },
  });
  await wipe(page);
  const report = await page.evaluate((bases) => harness.backup.restore({}, bases), TINY_BASES);
  expect(report).toMatchObject({
    modelsAdded: 1,
    basesAdded: 1,
    basesRefused: [],
    base: { id: spec.id, inputSize: 32 },
  });
  expect(await choices(page)).toEqual(before.choices);
  expect(await page.evaluate(() => harness.settings.getSetting('ownBases'))).toEqual([spec]);
  expect(await answer(page)).toEqual(before.answer);
  const again = await page.evaluate((bases) => harness.backup.restore({}, bases), TINY_BASES);
  expect(again).toMatchObject({ basesAdded: 0, basesHereAlready: 1, basesRefused: [] });
});

test('what was chosen on this phone stays; a base that is damaged in the backup is named, the rest is restored', async ({
  page,
}, testInfo) => {
  const { place } = await backUpOwnBase(page, testInfo.outputPath('model'));
  await wipe(page);
  await addDrawnPets(page, 'cat', [99]);
  const chosen = { trainingOptions: { preset: 'quick' }, baseId: 'tiny', inputSize: 32 } as const;
  const report = await page.evaluate(
    async ({ place, bases, chosen }) => {
      await harness.settings.saveSettings(chosen);
      return harness.backup.restore({ flip: place + 5 }, bases);
    },
    { place, bases: TINY_BASES, chosen },
  );
  expect(report).toMatchObject({
    photosAdded: 30,
    modelsAdded: 1,
    basesAdded: 0,
    basesRefused: [{ name: 'Mine', reason: 'It is damaged in this backup.' }],
  });
  expect(await choices(page)).toMatchObject(chosen);
  expect(await page.evaluate(() => harness.settings.getSetting('ownBases'))).toBeUndefined();
});
