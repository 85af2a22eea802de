import type { Page } from '@playwright/test';

/** A phone that was lost: the database goes, the backup stays. */
export async function wipe(page: Page): Promise<void> {
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
