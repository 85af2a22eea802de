import type { Page } from '@playwright/test';
import { addDrawnPets, addSmallLibrary, expect, seeds, test } from './harness-test.ts';

/** Classifies one drawn pet as the live view would, and gives the answer's class id. */
async function classifyDrawn(page: Page, kind: 'cat' | 'dog', seed: number): Promise<string> {
  return page.evaluate(
    async ({ kind, seed }) => {
      const canvas = new OffscreenCanvas(480, 640);
      harness.drawPet(canvas, kind, seed);
      const { probabilities } = await harness.classify(canvas.transferToImageBitmap());
      const best = probabilities.indexOf(Math.max(...probabilities));
      return harness.status().model!.classes[best]!.id;
    },
    { kind, seed },
  );
}

test('a head learns drawn pets, is stored whole, and answers after a restart', async ({ page }) => {
  await addSmallLibrary(page);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
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
  ]);
  expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);

  await page.reload();
  await page.waitForFunction(() => 'harness' in globalThis);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  for (const seed of [41, 42, 43]) {
    expect(await classifyDrawn(page, 'cat', seed)).toBe('cat');
    expect(await classifyDrawn(page, 'dog', seed)).toBe('dog');
  }
});

test('what is like none of the photos is said to be so', async ({ page }) => {
  await addSmallLibrary(page);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  await page.evaluate(() => harness.train({ preset: 'quick' }));
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

test('nothing of one picture shows through the next', async ({ page }) => {
  await addSmallLibrary(page);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  await page.evaluate(() => harness.train({ preset: 'quick' }));
  const [pet, transparent, black] = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 320);
    const ask = async () =>
      (await harness.classify(await createImageBitmap(canvas))).probabilities.join();
    harness.drawPet(canvas, 'cat', 41);
    const pet = await ask();
    const context = canvas.getContext('2d')!;
    context.reset();
    const transparent = await ask();
    context.fillRect(0, 0, 320, 320);
    return [pet, transparent, await ask()];
  });
  expect(transparent).toBe(black);
  expect(transparent).not.toBe(pet);
});

test('the same seed gives the same weights, bit for bit', async ({ page }) => {
  await addSmallLibrary(page);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  const train = (seed: number) =>
    page.evaluate(async (seed) => (await harness.train({ preset: 'quick', seed })).sha256, seed);
  const first = await train(1);
  expect(await train(1)).toBe(first);
  expect(await train(2)).not.toBe(first);
});

test('training and classifying leave no tensor behind', async ({ page }) => {
  await addSmallLibrary(page);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  // The first model's own head is two tensors that stay for the live view.
  await page.evaluate(() => harness.train({ preset: 'quick' }));
  const before = await page.evaluate(() => harness.memory());
  for (let i = 0; i < 3; i++) await page.evaluate(() => harness.train({ preset: 'quick' }));
  await page.evaluate(() => harness.train({ preset: 'tutorial', fineTuning: false }));
  for (let i = 0; i < 5; i++) await classifyDrawn(page, 'cat', i);
  expect(await page.evaluate(() => harness.memory())).toEqual(before);
});

test('a cancelled training leaves the model before it', async ({ page }) => {
  await addSmallLibrary(page);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  const model = await page.evaluate(() => harness.train({ preset: 'quick' }));
  const before = await page.evaluate(() => harness.memory());
  const outcome = await page.evaluate(async () => {
    const controller = new AbortController();
    let epochs = 0;
    const kind = await harness
      .train(
        { preset: 'quick' },
        {
          signal: controller.signal,
          onProgress: ({ epoch }) => {
            epochs = epoch;
            if (epoch >= 2) controller.abort();
          },
        },
      )
      .then(() => 'finished')
      .catch((thrown: unknown) => (thrown as { kind: string }).kind);
    return { kind, epochs, models: (await harness.models.listModels()).length };
  });
  expect(outcome).toMatchObject({ kind: 'cancelled', models: 1 });
  expect(outcome.epochs).toBeLessThan(model.hyperparameters.epochs);
  expect(await page.evaluate(() => harness.memory())).toEqual(before);
  expect(await classifyDrawn(page, 'dog', 41)).toBe('dog');
});

test('a class without photos is named, and nothing is trained', async ({ page }) => {
  await addDrawnPets(page, 'cat', seeds(1, 5), 'train');
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  const training = page.evaluate(() => harness.train({ preset: 'quick' }));
  await expect(training).rejects.toThrow('no photo to learn “Dog” from');
  expect(await page.evaluate(() => harness.models.listModels())).toEqual([]);
});

test('a damaged model is announced and not used', async ({ page }) => {
  await addSmallLibrary(page);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  const model = await page.evaluate(() => harness.train({ preset: 'quick' }));
  await page.evaluate(async (modelId) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('purrceptron');
      request.onsuccess = () => {
        resolve(request.result);
      };
    });
    const transaction = database.transaction('modelWeights', 'readwrite');
    const store = transaction.objectStore('modelWeights');
    const reading = store.get(modelId);
    reading.onsuccess = () => {
      const row = reading.result as { modelId: string; bytes: ArrayBuffer };
      new Uint8Array(row.bytes)[7]! ^= 64;
      store.put(row);
    };
    await new Promise<void>((resolve) => {
      transaction.oncomplete = () => {
        resolve();
      };
    });
    database.close();
  }, model.id);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  const status = await page.evaluate(() => harness.status());
  expect(status.model).toBeUndefined();
  expect(status.modelProblem).toMatchObject({ kind: 'damaged' });
  await expect(classifyDrawn(page, 'cat', 41)).rejects.toThrow('damaged and is not used');

  // The photos are all there: a new training puts it right.
  await page.evaluate(() => harness.train({ preset: 'quick' }));
  expect(await classifyDrawn(page, 'cat', 41)).toBe('cat');
});

test('unless a size was chosen, the base starts at that of the model in use', async ({ page }) => {
  await addSmallLibrary(page);
  await page.evaluate(() => harness.settings.saveSettings({ inputSize: 160 }));
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  const model = await page.evaluate(() => harness.train({ preset: 'quick' }));
  // As after a restore of photos and models alone.
  await page.evaluate(() => harness.settings.saveSettings({ inputSize: undefined }));
  const info = await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  expect(info.inputSize).toBe(160);
  expect(await page.evaluate(() => harness.status().model?.id)).toBe(model.id);
});

test('another base size sets the model aside, and going back brings it back', async ({ page }) => {
  await addSmallLibrary(page);
  const info = await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  expect(info.bases[0]!.inputSizes).toEqual([224, 160]);
  const model = await page.evaluate(() => harness.train({ preset: 'quick' }));
  const use = async (size: number) => {
    await page.evaluate((size) => harness.useBase('openimages', size), size);
    return page.evaluate(() => harness.status());
  };
  const smaller = await use(160);
  expect(smaller.info!.inputSize).toBe(160);
  expect(smaller.model).toBeUndefined();
  expect(smaller.modelProblem).toMatchObject({ kind: 'other-base' });
  expect((await use(224)).model!.id).toBe(model.id);
});

test('a head learns in the background while photos are taken, and is not stored', async ({
  page,
}) => {
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  await addDrawnPets(page, 'cat', seeds(1, 4), 'train');
  await addDrawnPets(page, 'dog', seeds(1, 2), 'train');
  const model = () => page.evaluate(() => harness.status().model);
  await page.waitForTimeout(1500);
  // Two dogs are too few.
  expect(await model()).toBeUndefined();
  await addDrawnPets(page, 'dog', seeds(3, 2), 'train');
  await expect.poll(async () => (await model())?.photoIds.train.length).toBe(8);
  expect(await classifyDrawn(page, 'cat', 41)).toBe('cat');
  expect(await classifyDrawn(page, 'dog', 42)).toBe('dog');
  const first = (await model())!;
  expect(first.seconds).toBeLessThan(5);

  // A correction is learned too, and nothing of all this is kept as a model.
  const [id] = await addDrawnPets(page, 'cat', [43], 'train');
  await expect.poll(async () => (await model())?.photoIds.train).toContain(id);
  expect((await model())!.trainingSetHash).not.toBe(first.trainingSetHash);
  expect(await page.evaluate(() => harness.models.listModels())).toEqual([]);

  // Train makes one that stays; the background has nothing to add to it.
  const trained = await page.evaluate(() => harness.train({ preset: 'quick' }));
  await page.waitForTimeout(1000);
  expect((await model())!.id).toBe(trained.id);
});

test('features are computed as photos arrive, and not again', async ({ page }) => {
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  await addSmallLibrary(page);
  await expect
    .poll(() => page.evaluate(() => harness.status().pendingPhotos), { timeout: 30_000 })
    .toBe(0);
  const countFeatures = () =>
    page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('purrceptron');
        request.onsuccess = () => {
          resolve(request.result);
        };
      });
      const store = database.transaction('features').objectStore('features');
      const count = await new Promise<number>((resolve) => {
        const counting = store.count();
        counting.onsuccess = () => {
          resolve(counting.result);
        };
      });
      database.close();
      return count;
    });
  // 30 photos, each plain and flipped.
  await expect.poll(countFeatures).toBe(60);
  await page.evaluate(() => harness.train({ preset: 'quick' }));
  expect(await countFeatures()).toBe(60);
});
