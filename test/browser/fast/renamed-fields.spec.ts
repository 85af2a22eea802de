import { expect, test } from '../harness-test.ts';

/** More rows than the migration copies at a time. */
const FEATURE_ROWS = 120;

test('a library of version 3 keeps every row, under the names of today', async ({ page }) => {
  const found = await page.evaluate(async (rows) => {
    await createVersion3(rows);
    const { read } = harness.database;
    const stores = ['models', 'deletedModels', 'checkpoints'] as const;
    const records = await read([...stores], (transaction) =>
      Promise.all(stores.map((store) => transaction.objectStore(store).getAll())),
    );
    const features = await read(['features'], async (transaction) => {
      const store = transaction.objectStore('features');
      const [keys, ofPhoto] = [await store.getAllKeys(), await store.index('byPhoto').getAll('p7')];
      return { keys, ofPhoto, values: [...new Uint8Array(ofPhoto[0]!.values)] };
    });
    return {
      records: JSON.stringify(records),
      features,
      options: await harness.settings.getSetting('trainingOptions'),
      throughputs: await harness.settings.getSetting('throughputs'),
      baseId: await harness.settings.getSetting('baseId'),
    };

    /** Writes a database as version 3 of the app left it. */
    async function createVersion3(count: number): Promise<void> {
      const opening = indexedDB.open('purrceptron', 3);
      opening.onupgradeneeded = () => {
        const { result: database, transaction } = opening;
        const store = (name: string, keyPath?: string | string[]) =>
          database.createObjectStore(name, keyPath === undefined ? {} : { keyPath });
        for (const name of ['classes', 'photos', 'images', 'thumbnails', 'modelWeights']) {
          store(name, 'id');
        }
        store('deletedPhotos', 'photo.id');
        store('models', 'id').createIndex('byCreated', 'createdAt');
        store('deletedModels', 'model.id');
        for (const name of ['checkpoints', 'trainingStates']) store(name, 'slot');
        store('features', ['space', 'photoId', 'variant']).createIndex('byPhoto', 'photoId');
        store('settings');
        const put = (name: string, row: unknown, key?: string) =>
          transaction!.objectStore(name).put(row, key);
        const base = { id: 'openimages', inputSize: 224, space: 'openimages@224:abc' };
        const model = {
          id: 'one',
          name: 'Model 1',
          createdAt: 1,
          base,
          astray: 4,
          lessons: 'hash',
          fineTuning: { options: { fromLayer: 'block_11', share: 0.5 }, astray: 2 },
        };
        put('models', model);
        put('deletedModels', { model: { ...model, id: 'two' }, deletedAt: 5 });
        put('checkpoints', { slot: 0, order: 1, plan: { modelId: 'three', base } });
        put('settings', { preset: 'quick', fineTuning: { share: 0.25 } }, 'trainingOptions');
        put('settings', { 'wasm here': { lesson: 0.01, pass: 0.1 } }, 'paces');
        put('settings', 'openimages', 'baseId');
        for (let row = 0; row < count; row++) {
          const values = Uint8Array.of(row, 1, 2, 3).buffer;
          put('features', { space: base.space, photoId: `p${row}`, variant: 'plain', values });
        }
      };
      await new Promise<void>((resolve, reject) => {
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
        opening.onerror = () => {
          reject(new Error('no version 3'));
        };
      });
    }
  }, FEATURE_ROWS);

  const [models, deleted, checkpoints] = JSON.parse(found.records) as unknown[][];
  const renamed = {
    base: { id: 'openimages', featureSpaceId: 'openimages@224:abc' },
    divergedAtEpoch: 4,
    trainingSetHash: 'hash',
    fineTuning: { options: { fromLayer: 'block_11', alpha: 0.5 }, divergedAtEpoch: 2 },
  };
  expect(models).toMatchObject([{ id: 'one', ...renamed }]);
  expect(deleted).toMatchObject([{ model: { id: 'two', ...renamed }, deletedAt: 5 }]);
  expect(checkpoints).toMatchObject([
    { slot: 0, plan: { base: { featureSpaceId: 'openimages@224:abc' } } },
  ]);
  expect(found.records).not.toMatch(/"(?:astray|lessons|share|space)"/);
  expect(found.features.keys).toHaveLength(FEATURE_ROWS);
  expect(found.features.keys[0]).toEqual(['openimages@224:abc', 'p0', 'plain']);
  expect(found.features.values).toEqual([7, 1, 2, 3]);
  expect(found.features.ofPhoto).toHaveLength(1);
  expect(found.options).toEqual({ preset: 'quick', fineTuning: { alpha: 0.25 } });
  expect(found.throughputs).toEqual({ 'wasm here': { example: 0.01, pass: 0.1 } });
  expect(found.baseId).toBe('openimages');
});
