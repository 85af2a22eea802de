import type { Page } from '@playwright/test';

/** A model that the engine answered with. */
export interface AnsweringModel {
  readonly id: string;
  /** Photos that it learned from. */
  readonly train: readonly string[];
}

/** From now on, remembers each model that answers; call it once the engine has started. */
export async function recordModels(page: Page): Promise<void> {
  await page.evaluate(() => {
    const models: AnsweringModel[] = [];
    Object.assign(globalThis, { models });
    harness.onStatus(({ model }) => {
      if (!model || models.at(-1)?.id === model.id) return;
      models.push({ id: model.id, train: model.photoIds.train });
    });
  });
}

/** The models that have answered since `recordModels`, in order. */
export function recordedModels(page: Page): Promise<readonly AnsweringModel[]> {
  return page.evaluate(() => (globalThis as unknown as { models: AnsweringModel[] }).models);
}

/** Waits until every photo has its features: the training in the background follows. */
export async function featuresAreThere(page: Page, photos: number): Promise<void> {
  await page.waitForFunction(async (photos) => {
    const keys = await harness.database.read(['features'], (transaction) =>
      transaction.objectStore('features').getAllKeys(),
    );
    const done = new Set(keys.map(([, photoId]) => photoId)).size;
    return done >= photos && harness.status().pendingPhotos === 0;
  }, photos);
}
