import { TINY_BASES } from '../../harness/serve-harness.ts';
import { addTrainedLibrary, expect, test } from '../harness-test.ts';

test('a model that changes while the engine starts is noticed', async ({ page }) => {
  await addTrainedLibrary(page, TINY_BASES);
  await page.evaluate(async (bases) => {
    let isRenamed = false;
    // The engine reads the checkpoints after it has loaded the model: it waits there until the model
    // has another name.
    const holding = harness.database.write(['checkpoints'], async (transaction) => {
      const checkpoints = transaction.objectStore('checkpoints');
      while (!isRenamed) await checkpoints.count();
    });
    const started = harness.startEngine(bases, 'wasm');
    const renamed = new Promise<void>((resolve, reject) => {
      harness.onStatus(({ model }) => {
        if (!model || isRenamed) return;
        harness.versions.renameModel(model.id, 'Renamed').then(() => {
          isRenamed = true;
          resolve();
        }, reject);
      });
    });
    await Promise.all([started, renamed, holding]);
  }, TINY_BASES);
  await expect.poll(() => page.evaluate(() => harness.status().model?.name)).toBe('Renamed');
});
