import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { PurrceptronSchema } from './schema.ts';

export const DATABASE_NAME = 'purrceptron';
export const DATABASE_VERSION = 3;

type Upgrade = IDBPTransaction<PurrceptronSchema, StoreNames<PurrceptronSchema>[], 'versionchange'>;

/** Brings a database of any older version to DATABASE_VERSION, a step a version. */
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
    const features = database.createObjectStore('features', {
      keyPath: ['space', 'photoId', 'variant'],
    });
    features.createIndex('byPhoto', 'photoId');
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
}

/** Models of version 1 said less of themselves; what is added is what was true of them. */
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
