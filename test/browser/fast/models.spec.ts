import type { Page } from '@playwright/test';
import { addDrawnPets, expect, test } from '../harness-test.ts';

/** Stores models of no use but to be kept, oldest first; the last is the active one. */
async function addModels(page: Page, spaces: readonly string[]): Promise<string[]> {
  return page.evaluate(async (spaces) => {
    const ids: string[] = [];
    for (const featureSpaceId of spaces) {
      const { id, createdAt } = await harness.models.saveModel(
        {
          id: crypto.randomUUID(),
          base: { id: 'openimages', inputSize: 224, featureSpaceId },
          classes: [],
          history: [],
          weights: [{ name: 'dense/kernel', shape: [3, 1], dtype: 'float32' }],
        } as unknown as Parameters<typeof harness.models.saveModel>[0],
        new Float32Array([1, 2, 3]).buffer,
      );
      ids.push(id);
      // The next one is newer.
      while (Date.now() <= createdAt) await new Promise((resolve) => setTimeout(resolve));
    }
    return ids;
  }, spaces);
}

const names = (page: Page) =>
  page.evaluate(async () => (await harness.models.listModels()).map(({ name }) => name));
const activeName = (page: Page) =>
  page.evaluate(async () => (await harness.models.activeModel())?.name);
const remove = (page: Page, id: string) =>
  page.evaluate((id) => harness.versions.deleteModel(id), id);
const restore = (page: Page, id: string) =>
  page.evaluate((id) => harness.versions.restoreModel(id), id);
const rename = (page: Page, id: string, name: string) =>
  page.evaluate(({ id, name }) => harness.versions.renameModel(id, name), { id, name });

test('a model is called otherwise, never as another one, and no number comes twice', async ({
  page,
}) => {
  const [first, second] = await addModels(page, ['a', 'a']);
  await rename(page, first!, '  Garden  cats ');
  await expect(rename(page, second!, 'GARDEN CATS')).rejects.toThrow('called Garden cats already');
  await expect(rename(page, second!, ' ')).rejects.toThrow('Give the model a name.');
  await expect(rename(page, 'gone', 'X')).rejects.toThrow('no longer there');
  expect(await names(page)).toEqual(['Model 2', 'Garden cats']);
  // Its number is not free: Undo would bring it back.
  await remove(page, second!);
  await addModels(page, ['a']);
  expect(await names(page)).toEqual(['Model 3', 'Garden cats']);
});

test('with the active model gone the newest of its base takes over, and Undo takes that back', async ({
  page,
}) => {
  const ids = await addModels(page, ['a', 'a', 'b', 'a']);
  const before = await page.evaluate(() => harness.models.listModels());
  const deletion = await remove(page, ids[3]!);
  expect(deletion).toMatchObject({ wasActive: true, successor: { name: 'Model 2' } });
  expect(await names(page)).toEqual(['Model 3', 'Model 2', 'Model 1']);
  expect(await activeName(page)).toBe('Model 2');
  await restore(page, ids[3]!);
  expect(await activeName(page)).toBe('Model 4');
  expect(await page.evaluate(() => harness.models.listModels())).toEqual(before);
  const bytes = await page.evaluate(async (id) => {
    const model = (await harness.models.getModel(id))!;
    return (await harness.models.loadWeights(model)).byteLength;
  }, ids[3]!);
  expect(bytes).toBe(12);

  // One that was not active changes nothing, nor does Undo once another has been chosen.
  expect(await remove(page, ids[0]!)).toMatchObject({ wasActive: false });
  expect(await activeName(page)).toBe('Model 4');
  await remove(page, ids[3]!);
  await page.evaluate((id) => harness.models.useModel(id), ids[2]!);
  await restore(page, ids[3]!);
  await restore(page, ids[0]!);
  expect(await activeName(page)).toBe('Model 3');
  // The last of its base gives way to the newest of all; the last of all to none.
  expect(await remove(page, ids[2]!)).toMatchObject({ successor: { name: 'Model 4' } });
  for (const id of [ids[3], ids[1], ids[0]]) await remove(page, id!);
  expect(await activeName(page)).toBeUndefined();
  await restore(page, ids[0]!);
  expect(await activeName(page)).toBe('Model 1');
});

test('what was deleted before a time is purged with its weights, and comes back no more', async ({
  page,
}) => {
  const [first, second] = await addModels(page, ['a', 'a']);
  const before = await page.evaluate(() => Date.now());
  await remove(page, first!);
  const weights = () =>
    page.evaluate(() =>
      harness.database.read(['modelWeights'], (transaction) =>
        transaction.objectStore('modelWeights').getAllKeys(),
      ),
    );
  await page.evaluate((before) => harness.versions.purgeDeletedModels(before), before);
  expect(await weights()).toHaveLength(2);
  await page.evaluate(() => harness.versions.purgeDeletedModels(Date.now() + 1));
  expect(await weights()).toEqual([second]);
  await expect(restore(page, first!)).rejects.toThrow('too late to bring this model back');
});

test('a deleted model that a backup brings back is not purged', async ({ page }) => {
  const [id] = await addModels(page, ['a']);
  const bytes = await page.evaluate(async (id) => {
    const { model } = await harness.versions.deleteModel(id);
    await harness.models.putModel(model, new Float32Array([1, 2, 3]).buffer);
    await harness.versions.purgeDeletedModels(Date.now() + 1);
    return (await harness.models.loadWeights((await harness.models.getModel(id))!)).byteLength;
  }, id!);
  expect(bytes).toBe(12);
});

test('what was deleted while the clock was fast is purged too, and nothing that lives', async ({
  page,
}) => {
  const [first, second] = await addModels(page, ['a', 'a']);
  const [photo] = await addDrawnPets(page, 'cat', [1]);
  const left = await page.evaluate(
    async ({ model, photo }) => {
      const { now } = Date;
      Date.now = () => now() + 1e10;
      await harness.versions.deleteModel(model);
      await harness.photos.deletePhotos([photo]);
      Date.now = now;
      const longAgo = now() - 1e6;
      await harness.versions.purgeDeletedModels(longAgo);
      await harness.photos.purgeDeletedPhotos(longAgo);
      const stores = ['modelWeights', 'deletedModels', 'deletedPhotos', 'images'] as const;
      return harness.database.read([...stores], (transaction) =>
        Promise.all(stores.map((store) => transaction.objectStore(store).getAllKeys())),
      );
    },
    { model: first!, photo: photo! },
  );
  expect(left).toEqual([[second], [], [], []]);
});

test('Undo that is pressed twice says nothing wrong', async ({ page }) => {
  const [id] = await addModels(page, ['a']);
  await remove(page, id!);
  for (let times = 0; times < 2; times++) await restore(page, id!);
  expect(await names(page)).toEqual(['Model 1']);
});

test('when the active model cannot be deleted whole, nothing of it is', async ({ page }) => {
  const [, second] = await addModels(page, ['a', 'a']);
  const kind = await page.evaluate(async (id) => {
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')!;
    Object.defineProperty(IDBObjectStore.prototype, 'put', {
      ...put,
      value(this: IDBObjectStore, ...args: unknown[]): unknown {
        if (this.name === 'settings') throw new DOMException('no room', 'QuotaExceededError');
        return Reflect.apply(put.value as () => unknown, this, args);
      },
    });
    const kind = await harness.versions
      .deleteModel(id)
      .then(() => undefined)
      .catch((thrown: unknown) => (thrown as { kind: string }).kind);
    Object.defineProperty(IDBObjectStore.prototype, 'put', put);
    return kind;
  }, second!);
  expect(kind).toBe('quota');
  expect(await names(page)).toEqual(['Model 2', 'Model 1']);
  expect(await activeName(page)).toBe('Model 2');
});

test('a model of database version 2 stays what it was, and can be deleted', async ({ page }) => {
  const model = await page.evaluate(async () => {
    const model = {
      id: 'old',
      name: 'Model 1',
      createdAt: 1,
      base: { id: 'openimages', inputSize: 224, featureSpaceId: 'a' },
      test: { count: 2, correct: 1, mistakes: [{ photoId: 'p', truth: 0, answer: 1 }] },
    };
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('purrceptron', 2);
      opening.onupgradeneeded = () => {
        const { result: database, transaction } = opening;
        database
          .createObjectStore('models', { keyPath: 'id' })
          .createIndex('byCreated', 'createdAt');
        for (const name of ['classes', 'photos', 'features', 'settings']) {
          database.createObjectStore(name);
        }
        database.createObjectStore('modelWeights', { keyPath: 'modelId' });
        database.createObjectStore('checkpoints', { keyPath: 'slot' });
        database.createObjectStore('trainingStates', { keyPath: 'slot' });
        transaction!.objectStore('models').put(model);
        transaction!.objectStore('settings').put('old', 'activeModelId');
      };
      opening.onsuccess = () => {
        opening.result.close();
        resolve();
      };
      opening.onerror = () => {
        reject(new Error('no version 2'));
      };
    });
    return model;
  });
  expect(await page.evaluate(() => harness.models.activeModel())).toEqual(model);
  await remove(page, 'old');
  expect(await names(page)).toEqual([]);
  await restore(page, 'old');
  expect(await page.evaluate(() => harness.models.activeModel())).toEqual(model);
});
