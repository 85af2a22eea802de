import type { IDBPDatabase } from 'idb';
import type { PurrceptronSchema } from './schema.ts';

export const DATABASE_NAME = 'purrceptron';
export const DATABASE_VERSION = 2;

/** Brings a database of any older version to DATABASE_VERSION, a step a version. */
export function migrate(database: IDBPDatabase<PurrceptronSchema>, oldVersion: number): void {
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
  }
}
