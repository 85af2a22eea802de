import type { Page } from '@playwright/test';
import { drawnPets, renderJpegs } from '../fixtures/camera-file.ts';
import { expect, test } from './phone-test.ts';

const PHOTOS = 60;

test('an import goes on when its sheet is closed over it, and brings its report', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await startImport(page);
  const sheet = page.locator('[data-import-state]');
  await expect(sheet).toHaveAttribute('data-import-state', 'running');
  // What the browser does at the second Escape, which a page cannot prevent.
  await sheet.evaluate((dialog: HTMLDialogElement) => dialog.close());
  await expect(sheet).toBeHidden();
  await expect(page.getByText('The import goes on.')).toBeVisible();

  // Nor does it end with the page.
  await page.locator('a[href="#/train"]').click();
  await expect(page.locator('pp-train-page')).toBeVisible();
  await page.locator('a[href="#/photos"]').first().click();
  await expect(page.locator('[data-import-state="done"]')).toBeVisible();
  await expect(page.locator('[data-refused]')).toContainText('notes.txt');
  await expect(page.locator('[data-import-state] h2')).toHaveText(`${PHOTOS} photos added`);
});

async function startImport(page: Page): Promise<void> {
  const seeds = Array.from({ length: PHOTOS }, (_, i) => i + 1);
  const jpegs = await renderJpegs(drawnPets('cat', seeds), 480, 640);
  const files = jpegs.map((buffer, i) => ({ name: `${i}.jpg`, mimeType: 'image/jpeg', buffer }));
  const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') };
  await page.locator('[data-action="import"]').first().click();
  const choosing = page.waitForEvent('filechooser');
  await page.locator('[data-import-state] [data-class="cat"]').click();
  await (await choosing).setFiles([...files, notes]);
}
