import type { Page } from '@playwright/test';
import type { ModelRecord } from '../../src/records/model.ts';

/** Every model in the app's database, oldest first, read from a page of its origin. */
export async function storedModels(page: Page): Promise<ModelRecord[]> {
  const models = await page.evaluate(
    () =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open('purrceptron');
        opening.onerror = () => {
          reject(opening.error!);
        };
        opening.onsuccess = () => {
          const database = opening.result;
          const reading = database.transaction('models').objectStore('models').getAll();
          reading.onerror = () => {
            reject(reading.error!);
          };
          reading.onsuccess = () => {
            database.close();
            resolve(reading.result);
          };
        };
      }),
  );
  return (models as ModelRecord[]).sort((a, b) => a.createdAt - b.createdAt);
}
