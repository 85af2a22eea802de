import { TINY_BASES } from '../../harness/serve-harness.ts';
import { featuresAreThere, recordedModels, recordModels } from '../background-models.ts';
import { classifyPet } from '../classify-drawn.ts';
import {
  addDrawnPets,
  addSmallLibrary,
  addTrainedLibrary,
  expect,
  seeds,
  test,
} from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

test('a head learns in the background while photos are taken, and is not stored', async ({
  page,
}) => {
  await startEngine(page, TINY_BASES, 'wasm');
  await recordModels(page);
  const cats = await addDrawnPets(page, 'cat', seeds(1, 4), 'train');
  const dogs = await addDrawnPets(page, 'dog', seeds(1, 2), 'train');
  await featuresAreThere(page, 6);
  dogs.push(...(await addDrawnPets(page, 'dog', seeds(3, 2), 'train')));
  const model = () => page.evaluate(() => harness.status().model);
  await expect.poll(async () => (await model())?.photoIds.train.length).toBe(8);
  // Two dogs are too few: the first model comes with the third.
  const [first] = await recordedModels(page);
  expect(dogs.filter((id) => first!.train.includes(id)).length).toBeGreaterThanOrEqual(3);
  expect((await classifyPet(page, 'cat', 1)).modelId).toBe((await model())!.id);

  // A correction is learned too, and nothing of all this is kept as a model.
  const { trainingSetHash } = (await model())!;
  cats.push(...(await addDrawnPets(page, 'cat', [43], 'train')));
  await expect.poll(async () => (await model())?.photoIds.train).toContain(cats.at(-1));
  expect((await model())!.trainingSetHash).not.toBe(trainingSetHash);
  expect(await page.evaluate(() => harness.models.listModels())).toEqual([]);

  // Train makes one that stays; the background has nothing to add to it until a photo comes.
  const trained = await page.evaluate(() => harness.train({ preset: 'quick' }));
  const [late] = await addDrawnPets(page, 'dog', [44], 'train');
  await expect.poll(async () => (await model())?.photoIds.train).toContain(late);
  const models = await recordedModels(page);
  const next = models[models.findIndex(({ id }) => id === trained.id) + 1];
  expect(next!.train).toContain(late);
});

test('features are computed as photos arrive, and not again', async ({ page }) => {
  await startEngine(page, TINY_BASES, 'wasm');
  await addSmallLibrary(page);
  await featuresAreThere(page, 30);
  const countFeatures = () =>
    page.evaluate(() =>
      harness.database.read(['features'], (transaction) =>
        transaction.objectStore('features').count(),
      ),
    );
  // 30 photos, each plain and flipped. The last photo may come after all others are done.
  await expect.poll(countFeatures).toBe(60);
  await page.evaluate(() => harness.train({ preset: 'quick' }));
  expect(await countFeatures()).toBe(60);
});

test('a class that comes while the engine starts is learned too', async ({ page }) => {
  await addDrawnPets(page, 'cat', seeds(1, 4), 'train');
  await addDrawnPets(page, 'dog', seeds(1, 4), 'train');
  const starting = startEngine(page, TINY_BASES, 'wasm');
  // The library changes at each moment of the start.
  const fox = await page.evaluate(
    async (seeds) => {
      const { id: classId } = await harness.classes.addClass('Fox');
      const canvas = new OffscreenCanvas(320, 320);
      for (const seed of seeds) {
        harness.drawPet(canvas, 'cat', seed);
        const images = await harness.encode.encodePhoto(canvas);
        await harness.photos.addPhoto({ classId, ...images, source: 'file', split: 'train' });
      }
      return classId;
    },
    seeds(61, 6),
  );
  await starting;
  const known = () => page.evaluate(() => harness.status().model?.classes.map(({ id }) => id));
  await expect.poll(known).toContain(fox);
});

test('a model that is chosen while the engine starts is the one that answers', async ({ page }) => {
  const first = await addTrainedLibrary(page, TINY_BASES);
  await startEngine(page, TINY_BASES, 'wasm');
  const second = await page.evaluate(() => harness.train({ preset: 'quick', seed: 2 }));
  const coming = page.waitForEvent('worker');
  const starting = startEngine(page, TINY_BASES, 'wasm');
  // The engine has loaded its model by the time it looks for an unfinished training, where it waits.
  const worker = await coming;
  await worker.evaluate(() => {
    const held = { heard: 0, resume: (): void => undefined };
    Object.assign(globalThis, { held });
    const gone = new Promise<void>((resolve) => (held.resume = resolve));
    const query = Reflect.get(LockManager.prototype, 'query');
    LockManager.prototype.query = async function (this: LockManager) {
      await gone;
      return Reflect.apply(query, this, []);
    };
    new BroadcastChannel('purrceptron-changes').onmessage = () => held.heard++;
  });
  const answering = () => page.evaluate(() => harness.status().model?.id);
  await expect.poll(answering).toBeDefined();
  const other = (await answering()) === first.id ? second.id : first.id;
  await page.evaluate((id) => harness.models.useModel(id), other);
  const held = () =>
    worker.evaluateHandle(
      () => (globalThis as unknown as { held: { heard: number; resume: () => void } }).held,
    );
  await expect.poll(async () => (await held()).evaluate(({ heard }) => heard)).toBeGreaterThan(0);
  await (
    await held()
  ).evaluate(({ resume }) => {
    resume();
  });
  await starting;
  await expect.poll(answering).toBe(other);
});

test('many changes in a row are one for the engine: it reads the library a few times', async ({
  page,
}) => {
  await addTrainedLibrary(page, TINY_BASES);
  await startEngine(page, TINY_BASES, 'wasm');
  for (const worker of page.workers()) {
    await worker.evaluate(() => {
      const reads = { count: 0 };
      Object.assign(globalThis, { reads });
      const transaction = Reflect.get(IDBDatabase.prototype, 'transaction');
      IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...named) {
        if ([named[0]].flat().some((store) => store === 'photos' || store === 'models'))
          reads.count++;
        return Reflect.apply(transaction, this, named);
      };
    });
  }
  await page.evaluate(() => {
    for (let i = 0; i < 200; i++) harness.changes.announce('photos');
  });
  // Changes are heard in their order, so this one is the last.
  const [late] = await addDrawnPets(page, 'cat', [90], 'train');
  await expect
    .poll(() => page.evaluate(() => harness.status().model?.photoIds.train))
    .toContain(late);
  const counts = await Promise.all(
    page
      .workers()
      .map((worker) =>
        worker.evaluate(
          () => (globalThis as { reads?: { readonly count: number } }).reads?.count ?? 0,
        ),
      ),
  );
  const reads = Math.max(...counts);
  expect(reads).toBeGreaterThan(0);
  expect(reads).toBeLessThan(50);
});
