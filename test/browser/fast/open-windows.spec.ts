import type { Page } from '@playwright/test';
import { harnessIsThere } from '../../harness/open-harness.ts';
import { expect, test } from '../harness-test.ts';

const unclean = (page: Page) =>
  page.evaluate(async () => (await harness.noteOpenWindow()).endedUncleanly);

/** Opens the harness in another window of the same browser. */
async function another(page: Page): Promise<Page> {
  const opened = await page.context().newPage();
  await opened.goto(page.url());
  await harnessIsThere(opened);
  return opened;
}

test('a window knows whether one before it ended without closing', async ({ page }) => {
  // Nothing is known of the time before the first note.
  expect(await unclean(page)).toBe(true);
  const second = await another(page);
  expect(await unclean(second)).toBe(false);
  await second.goto('about:blank');
  const third = await another(page);
  expect(await unclean(third)).toBe(false);

  // What a killed window leaves behind: a note, and no lock.
  await third.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('purrceptron-open-windows');
      opening.onsuccess = () => {
        resolve(opening.result);
      };
    });
    const transaction = database.transaction('windows', 'readwrite');
    transaction.objectStore('windows').put('killed', 'killed');
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  });
  const fourth = await another(page);
  expect(await unclean(fourth)).toBe(true);
  await fourth.evaluate(async () => (await harness.noteOpenWindow()).forget());
  expect(await unclean(await another(page))).toBe(false);
});
