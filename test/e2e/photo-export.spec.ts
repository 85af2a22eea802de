import { readFile } from 'node:fs/promises';
import { BlobReader, ZipReader } from '@zip.js/zip.js';
import type { Download, Page } from '@playwright/test';
import { expect, test } from './phone-test.ts';

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);
const sheet = (page: Page) => page.locator('pp-export-photos-dialog dialog[open]');

/** Paths of the files in an archive that was saved. */
async function filesIn(download: Download): Promise<string[]> {
  const bytes = await readFile(await download.path());
  const entries = await new ZipReader(new BlobReader(new Blob([bytes]))).getEntries();
  return entries.filter(({ directory }) => !directory).map(({ filename }) => filename);
}

/** Exports in the format that is chosen, and saves the file. */
async function save(page: Page): Promise<Download> {
  await action(page, 'start-export').click();
  await expect(sheet(page)).toHaveAttribute('data-export-state', 'written');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    action(page, 'save-export').click(),
  ]);
  await expect(sheet(page)).toBeHidden();
  return download;
}

/** What Examine counts: of each class all photos, and those of each split. */
async function countsOfSplits(page: Page): Promise<string[][]> {
  await action(page, 'examine').click();
  const rows = page.locator('pp-examine-view tr[data-class]');
  await expect(rows).toHaveCount(2);
  return Promise.all((await rows.all()).map((row) => row.locator('td').allTextContents()));
}

test('all photos are exported as a data set, and the shown ones of a class as a project', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/photos`);
  await action(page, 'export').click();
  await expect(sheet(page).getByRole('heading')).toHaveText('Export 48 photos');
  const dataSet = await save(page);
  expect(dataSet.suggestedFilename()).toMatch(/^purrceptron-photos-[\d-]+\.zip$/);
  const paths = await filesIn(dataSet);
  expect(paths).toHaveLength(48 + 1 + 4);
  expect(paths).toEqual(expect.arrayContaining(['labels.csv', 'train_keras.py']));
  expect(paths.filter((path) => path.startsWith('train/Cat/')).length).toBeGreaterThan(10);

  await page.locator('[data-filter="dog"]').click();
  await action(page, 'export').click();
  await sheet(page)
    .getByRole('radio', { name: /Teachable Machine/ })
    .check();
  const project = await save(page);
  expect(project.suggestedFilename()).toMatch(/\.tm$/);
  const names = await filesIn(project);
  expect(names).toHaveLength(24 + 1);
  expect(names).toContain('Dog-!-0.jpg');
});

test('what was exported on one phone is imported on another, with its labels and splits', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/photos`);
  await action(page, 'export').click();
  const file = `${folder}/photos.zip`;
  await (await save(page)).saveAs(file);

  const other = await openPhone();
  await other.goto(`${appUrl}#/photos`);
  await action(other, 'import').first().click();
  await other.locator('[data-import-archive]').setInputFiles(file);
  await other.locator('[data-option="own-split"]').check();
  await other
    .locator('pp-import-dialog')
    .getByRole('button', { name: /^Import 48 photos/ })
    .click();
  await expect(other.locator('[data-filter="cat"]')).toContainText('24');
  await expect(other.locator('[data-filter="dog"]')).toContainText('24');
  expect(await countsOfSplits(other)).toEqual(await countsOfSplits(page));
});

test('selected photos are exported', async ({ appUrl, openPhone }) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/photos`);
  await action(page, 'select').click();
  const tiles = page.locator('pp-photo-grid [data-photo]');
  await tiles.nth(0).click();
  await tiles.nth(3).click();
  await action(page, 'export-selected').click();
  await expect(sheet(page).getByRole('heading')).toHaveText('Export 2 photos');
  expect(await filesIn(await save(page))).toHaveLength(2 + 1 + 4);
});
