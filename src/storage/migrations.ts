import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { withRenamedFields } from './renamed-fields.ts';
import type { PurrceptronSchema, Settings, StoredFeatures } from './schema.ts';

export const DATABASE_NAME = 'purrceptron';
/**
 * From 6 on, models may have a `prior`, and an older version of the app, which would answer with half
 * of such a model, does not open a newer database.
 */
export const DATABASE_VERSION = 6;

type Upgrade = IDBPTransaction<PurrceptronSchema, StoreNames<PurrceptronSchema>[], 'versionchange'>;

/** Upgrades a database of any older version to DATABASE_VERSION, one version at a time. */
export async function migrate(
  database: IDBPDatabase<PurrceptronSchema>,
  oldVersion: number,
  transaction: Upgrade,
): Promise<void> {
  if (oldVersion < 1) {
    database.createObjectStore('classes', { keyPath: 'id' });
    const photos = database.createObjectStore('photos', { keyPath: 'id' });
    photos.createIndex('byClass', ['classId', 'createdAt']);
    photos.createIndex('byCreated', 'createdAt');
    photos.createIndex('bySha256', 'sha256');
    database.createObjectStore('deletedPhotos', { keyPath: 'photo.id' });
    database.createObjectStore('images', { keyPath: 'photoId' });
    database.createObjectStore('thumbnails', { keyPath: 'photoId' });
    createFeatureStore(database, 'features');
    database.createObjectStore('models', { keyPath: 'id' }).createIndex('byCreated', 'createdAt');
    database.createObjectStore('modelWeights', { keyPath: 'modelId' });
    database.createObjectStore('settings');
  }
  if (oldVersion < 2) {
    database.createObjectStore('checkpoints', { keyPath: 'slot' });
    database.createObjectStore('trainingStates', { keyPath: 'slot' });
    await completeModels(transaction);
  }
  if (oldVersion < 3) {
    transaction.objectStore('photos').createIndex('byHashBand', 'hashBands', { multiEntry: true });
    database.createObjectStore('deletedModels', { keyPath: 'model.id' });
  }
  if (oldVersion > 0 && oldVersion < 4) {
    await renameRecordFields(transaction);
    await renameFeatureFields(database, transaction);
  }
  if (oldVersion < 5) {
    transaction.objectStore('photos').createIndex('byTaken', ['classId', 'takenAt']);
  }
  if (oldVersion < 6) transaction.objectStore('photos').createIndex('byBurst', 'burstId');
}

function createFeatureStore(database: IDBPDatabase<PurrceptronSchema>, name: string) {
  const store = database.createObjectStore(name as 'features', {
    keyPath: ['featureSpaceId', 'photoId', 'variant'],
  });
  store.createIndex('byPhoto', 'photoId');
  return store;
}

/** Version 4 gives the fields of models, checkpoints and settings their standard names. */
async function renameRecordFields(transaction: Upgrade): Promise<void> {
  for (const name of ['models', 'deletedModels', 'checkpoints'] as const) {
    const store = transaction.objectStore(name);
    for (const row of await store.getAll()) await store.put(withRenamedFields(row) as typeof row);
  }
  const settings = transaction.objectStore('settings');
  for (const [before, now] of [
    ['trainingOptions', 'trainingOptions'],
    ['paces', 'throughputs'],
  ] as const) {
    const value = await settings.get(before as keyof Settings);
    if (value === undefined) continue;
    await settings.delete(before as keyof Settings);
    await settings.put(withRenamedFields(value) as typeof value, now);
  }
}

/** Number of rows copied at a time: a boundary activation has up to 400 kB. */
const FEATURE_ROWS = 50;

/** The key path of a store cannot change, so the rows move to a new store of the same name. */
async function renameFeatureFields(
  database: IDBPDatabase<PurrceptronSchema>,
  transaction: Upgrade,
): Promise<void> {
  const old = transaction.objectStore('features');
  const renamed = createFeatureStore(database, 'renamedFeatures');
  let range: IDBKeyRange | undefined;
  for (;;) {
    const [keys, rows] = await Promise.all([
      old.getAllKeys(range, FEATURE_ROWS),
      old.getAll(range, FEATURE_ROWS),
    ]);
    const last = keys.at(-1);
    if (last === undefined) break;
    await Promise.all(rows.map((row) => renamed.put(withRenamedFields(row) as StoredFeatures)));
    range = IDBKeyRange.lowerBound(last, true);
  }
  database.deleteObjectStore('features');
  renamed.name = 'features';
}

/** Adds the fields that models of version 1 lack, with the values that held for all of them. */
async function completeModels(transaction: Upgrade): Promise<void> {
  const models = transaction.objectStore('models');
  for (const model of await models.getAll()) {
    const { test, hyperparameters } = model;
    await models.put({
      ...model,
      hyperparameters: {
        ...{ centred: false, priorTemperature: 1, augmentation: 'all' as const },
        ...hyperparameters,
      },
      ...(test && {
        test: { ...{ reliability: [], calibrationError: 0, mistakes: [] }, ...test },
      }),
    });
  }
}
