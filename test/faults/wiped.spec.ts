import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { takePhoto, visit } from '../e2e/phone-test.ts';
import { databaseFolder } from './database-folder.ts';
import { expect, test } from './fault-test.ts';
import { count } from './figures.ts';
import { expectNothingLost } from './stored-library.ts';

// A fault may make the app write to the console.
test.use({ expectedErrors: /^Console: / });

const loss = (page: Page) => page.locator('pp-banner[data-lost]');

/**
 * As the browser does when the phone runs short of space: the database goes, with no word to the
 * app.
 */
async function wipe(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  count('faults injected');
}

test('a new app says nothing; one that was wiped while it was open says what is gone, until it was read', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(appUrl);
  await takePhoto(page);
  await takePhoto(page);
  await expect(loss(page)).toHaveCount(0);
  await visit(page, 'photos');
  await expect(page.locator('button[data-photo]')).toHaveCount(2);

  await wipe(page);
  await expect(loss(page)).toContainText('cleared this app’s storage: 2 photos are gone');
  await expect(page.locator('button[data-photo]')).toHaveCount(0);
  await expect(page.locator('pp-photos-page')).toContainText('2 photos are gone');
  await expect(page.locator('pp-photos-page')).not.toContainText('No photos yet');
  // It goes on without a reload, and what is stored now does not hide the loss.
  await visit(page, 'capture');
  await takePhoto(page);
  await page.reload();
  await expect(loss(page)).toContainText('2 photos are gone');
  await loss(page).getByRole('button', { name: 'Restore a backup' }).click();
  await expect(page.getByRole('heading', { name: 'Backup' })).toBeFocused();
  await loss(page).getByRole('button', { name: 'Understood' }).click();
  await expect(loss(page)).toHaveCount(0);
  await page.reload();
  await visit(page, 'photos');
  await expect(page.locator('button[data-photo]')).toHaveCount(1);
  await expect(loss(page)).toHaveCount(0);
  await expectNothingLost(page, new Map());
});

for (const [what, harm] of [
  ['the name of its manifest is cut off', (file: string) => truncate(file, 0)],
  [
    'bytes of it are others',
    async (file: string) => writeFile(file, flipped(await readFile(file))),
  ],
] as const) {
  test(`the database is damaged on the disk, ${what}: announced, and the app works`, async ({
    appUrl,
    phone,
  }) => {
    const before = await phone.open(appUrl);
    await takePhoto(before);
    await expect
      .poll(() => before.evaluate(() => localStorage.getItem('purrceptron-library')))
      .toContain('"photos":1');
    await phone.close();
    await harm(join(await databaseFolder(phone), 'CURRENT'));
    count('faults injected');

    const page = await phone.open(`${appUrl}#/photos`);
    await expect(loss(page)).toContainText('1 photo is gone');
    const photos = page.locator('pp-photos-page');
    await expect(photos).toContainText('1 photo is gone');
    await photos.getByRole('link', { name: 'Restore a backup' }).click();
    await expect(page.getByRole('heading', { name: 'Backup' })).toBeFocused();
    await visit(page, 'photos');
    await loss(page).getByRole('button', { name: 'Understood' }).click();
    await expect(photos).toContainText('No photos yet');
    await visit(page, 'capture');
    await takePhoto(page);
  });
}

function flipped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ 0xff));
}

/** How many photos the database has, read without the app's own code. */
async function storedPhotos(page: Page): Promise<number> {
  return page.evaluate(async () => {
    // To open a database that is not there would make an empty one.
    const databases = await indexedDB.databases();
    if (!databases.some(({ name }) => name === 'purrceptron')) return 0;
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('purrceptron');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error!);
    });
    const counting = database.transaction('photos').objectStore('photos').count();
    return new Promise<number>((resolve) => {
      counting.onsuccess = () => {
        database.close();
        resolve(counting.result);
      };
    });
  });
}

test('wiped in the middle of a burst: the app goes on, and says it', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(appUrl);
  await takePhoto(page);
  const button = page.locator('button[data-class="cat"]');
  await button.hover();
  await page.mouse.down();
  await expect(button).toHaveAccessibleName(/, ([4-9]|\d{2,}) photos/);
  await wipe(page);
  await expect(loss(page)).toBeVisible();
  // The burst goes on behind the loss.
  const counted = await storedPhotos(page);
  await expect.poll(() => storedPhotos(page)).toBeGreaterThan(counted);
  await page.mouse.up();
  await takePhoto(page);
  const photos = await expectNothingLost(page, new Map());
  expect(photos.length).toBeGreaterThan(0);
});
