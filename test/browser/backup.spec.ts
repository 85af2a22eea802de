import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { tinyBase } from '../fixtures/base-tiny.ts';
import { classifier, keras2, modelFiles } from '../fixtures/keras-topology.ts';
import { HARNESS_FOLDER } from '../harness/open-harness.ts';
import { addDrawnPets, addSmallLibrary, expect, seeds, test } from './harness-test.ts';

/** A phone that was lost: the database goes, the backup stays. */
async function wipe(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
    await harness.database.write(
      ['classes', 'photos', 'images', 'thumbnails', 'models', 'modelWeights', 'settings'],
      async (transaction) => {
        for (const name of transaction.objectStoreNames)
          await transaction.objectStore(name).clear();
      },
    );
  });
}

test('1,000 photos and 5 models come back byte for byte on an empty phone', async ({ page }) => {
  test.setTimeout(180_000);
  const before = await page.evaluate(async () => {
    await harness.backup.addNoise(1000);
    const ids = (await harness.photos.listPhotos()).map(({ id }) => id);
    for (let i = 0; i < 5; i++) await harness.backup.addModel(ids);
    return harness.backup.digest();
  });
  expect(before.rows).toBe(2 + 3 * 1000 + 2 * 5);
  expect(await page.evaluate(() => harness.backup.write())).toMatchObject({
    photos: 1000,
    models: 5,
    leftOut: 0,
  });
  await wipe(page);
  const report = await page.evaluate(() => harness.backup.restore());
  expect(report).toEqual({
    photosAdded: 1000,
    photosHereAlready: 0,
    modelsAdded: 5,
    modelsHereAlready: 0,
    basesAdded: 0,
    basesHereAlready: 0,
    basesRefused: [],
  });
  expect(await page.evaluate(() => harness.backup.digest())).toEqual(before);
});

test('a trained model answers as before, and is the active one again', async ({ page }) => {
  await addSmallLibrary(page);
  const before = await page.evaluate(async () => {
    await harness.startEngine();
    const { id } = await harness.train({ preset: 'quick' });
    const canvas = new OffscreenCanvas(224, 224);
    harness.drawPet(canvas, 'dog', 77);
    const answer = await harness.classify(canvas.transferToImageBitmap());
    await harness.backup.write();
    harness.stopEngine();
    const record = await harness.models.getModel(id);
    return { id, probabilities: answer.probabilities, record };
  });
  await wipe(page);
  const after = await page.evaluate(async () => {
    await harness.backup.restore();
    await harness.startEngine();
    const canvas = new OffscreenCanvas(224, 224);
    harness.drawPet(canvas, 'dog', 77);
    const answer = await harness.classify(canvas.transferToImageBitmap());
    const record = await harness.models.activeModel();
    return { id: harness.status().model?.id, probabilities: answer.probabilities, record };
  });
  expect(after).toEqual(before);
});

test('on a phone with photos, what is there stays and the rest is added', async ({ page }) => {
  await addDrawnPets(page, 'cat', seeds(1, 4));
  await addDrawnPets(page, 'dog', seeds(1, 4));
  await page.evaluate(async () => {
    const { id } = await harness.classes.addClass('Owl');
    const [photo] = await harness.photos.listPhotos('cat');
    await harness.photos.relabelPhotos([photo!.id], id);
    await harness.backup.write();
  });
  await wipe(page);
  // Another phone: one of the photos under another label, one that is its own, other class names.
  const [known] = await addDrawnPets(page, 'dog', [1]);
  await addDrawnPets(page, 'cat', [99]);
  const after = await page.evaluate(async (known) => {
    await harness.classes.renameClass('cat', 'Fox');
    await harness.photos.relabelPhotos([known!], 'cat');
    const report = await harness.backup.restore();
    const classes = new Map(
      (await harness.classes.listClasses()).map(({ id, name }) => [id, name]),
    );
    const photos = await harness.photos.listPhotos();
    const labels = photos.map(({ classId }) => classes.get(classId)).sort();
    return {
      report,
      labels,
      classes: [...classes.values()],
      moments: new Set(photos.map(({ createdAt }) => createdAt)).size,
      again: await harness.backup.restore(),
    };
  }, known);
  expect(after.report).toMatchObject({ photosAdded: 7, photosHereAlready: 1 });
  // Cat came back as a class of its own: the "cat" of this phone is a fox.
  expect(after.classes.sort()).toEqual(['Cat', 'Dog', 'Fox', 'Owl']);
  expect(after.labels).toEqual([
    ...Array<string>(3).fill('Cat'),
    'Dog',
    'Dog',
    'Dog',
    'Fox',
    'Fox',
    'Owl',
  ]);
  expect(after.moments).toBe(9);
  expect(after.again).toMatchObject({ photosAdded: 0, photosHereAlready: 8 });
});

test('a damaged backup changes nothing, wherever the damage is', async ({ page }) => {
  await addDrawnPets(page, 'cat', seeds(1, 3));
  const { size, before } = await page.evaluate(async () => {
    await harness.backup.addModel([]);
    const { bytes } = await harness.backup.write();
    return { size: bytes, before: await harness.backup.digest() };
  });
  await addDrawnPets(page, 'dog', [5]);
  const now = await page.evaluate(() => harness.backup.digest());
  expect(now).not.toEqual(before);
  // A prime step, so that every kind of byte is met: photos, weights, tables, the zip's own.
  const places = Array.from({ length: 60 }, (_, i) => (i * 7919 * 13) % size);
  const outcomes = await page.evaluate(async (places) => {
    const outcomes: Record<string, number> = {};
    for (const flip of places) {
      const outcome = await harness.backup.restore({ flip }).then(
        ({ photosAdded, modelsAdded }) => `restored ${photosAdded + modelsAdded}`,
        (thrown: unknown) => (thrown as { kind: string }).kind,
      );
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    return outcomes;
  }, places);
  // What hits only a date of the zip passes, and finds nothing that is not here.
  const { 'damaged-backup': damaged = 0, 'not-a-backup': none = 0, ...others } = outcomes;
  expect(Object.keys(others)).toEqual(others['restored 0'] ? ['restored 0'] : []);
  expect(damaged + none).toBeGreaterThan(50);
  for (const cut of [0, 100, Math.floor(size / 2), size - 1]) {
    const kind = await page.evaluate(
      (cut) =>
        harness.backup.restore({ cut }).then(
          () => 'restored',
          (thrown: unknown) => (thrown as { kind: string }).kind,
        ),
      cut,
    );
    expect(['not-a-backup', 'damaged-backup']).toContain(kind);
  }
  expect(await page.evaluate(() => harness.backup.digest())).toEqual(now);
});

/** The app's own default base, beside which the person's own are kept. */
const BASES = 'test-bases/backup/';

test.beforeAll(async () => {
  await tinyBase(join(HARNESS_FOLDER, BASES));
});
test.afterAll(() => rm(join(HARNESS_FOLDER, BASES), { recursive: true, force: true }));

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
  }, BASES);

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
  }, BASES);
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
  const report = await page.evaluate((bases) => harness.backup.restore({}, bases), BASES);
  expect(report).toMatchObject({
    modelsAdded: 1,
    basesAdded: 1,
    basesRefused: [],
    base: { id: spec.id, inputSize: 32 },
  });
  expect(await choices(page)).toEqual(before.choices);
  expect(await page.evaluate(() => harness.settings.getSetting('ownBases'))).toEqual([spec]);
  expect(await answer(page)).toEqual(before.answer);
  const again = await page.evaluate((bases) => harness.backup.restore({}, bases), BASES);
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
    { place, bases: BASES, chosen },
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
