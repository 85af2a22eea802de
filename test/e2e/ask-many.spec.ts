import { readFile } from 'node:fs/promises';
import { BlobReader, ZipReader } from '@zip.js/zip.js';
import type { Page } from '@playwright/test';
import { drawnFiles } from './import-pets.ts';
import { expect, test } from './phone-test.ts';

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);
const sheet = (page: Page) => page.locator('pp-many-dialog dialog[open]');

test('many photos are asked about: a table, a CSV, sorted folders; nothing is stored', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/live?many`);
  const seeds = [901, 902, 903];
  const pets = [...(await drawnFiles('cat', seeds)), ...(await drawnFiles('dog', seeds))];
  await page
    .locator('[data-many-photos]')
    .setInputFiles([
      ...pets,
      { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') },
    ]);
  await expect(sheet(page)).toHaveAttribute('data-many-state', 'done');
  await expect(sheet(page).locator('li')).toHaveCount(6);
  await expect(sheet(page).getByRole('status')).toContainText('Answers for 6 of 7 photos.');
  await expect(sheet(page).getByRole('status')).toContainText('damaged: 1.');

  const [table] = await Promise.all([
    page.waitForEvent('download'),
    action(page, 'save-table').click(),
  ]);
  const lines = (await readFile(await table.path(), 'utf8')).split('\r\n');
  expect(lines[0]).toBe('\ufefffilename,answer,Cat,Dog,novelty');
  expect(lines).toHaveLength(1 + 6 + 1);

  const [sorted] = await Promise.all([
    page.waitForEvent('download'),
    action(page, 'save-sorted').click(),
  ]);
  const bytes = await readFile(await sorted.path());
  const entries = await new ZipReader(new BlobReader(new Blob([bytes]))).getEntries();
  const paths = entries.map(({ filename }) => filename);
  expect(paths).toHaveLength(6 + 1);
  expect(paths).toContain('answers.csv');
  for (const { name } of pets) {
    expect(paths.filter((path) => path.endsWith(`/${name}`))).toEqual([
      expect.stringMatching(/^(Cat|Dog|Not sure)\//),
    ]);
  }

  await sheet(page).getByRole('button', { name: 'Close' }).click();
  await page.goto(`${appUrl}#/photos`);
  await expect(page.locator('[data-filter="all"]')).toContainText('48');
});

test('photos that were asked about are filtered by their answer, and kept under it', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/models`);
  await action(page, 'ask-many').click();
  await page
    .locator('[data-many-photos]')
    .setInputFiles(await drawnFiles('cat', [911, 912, 913, 914]));
  await expect(sheet(page)).toHaveAttribute('data-many-state', 'done');
  const chip = sheet(page)
    .locator('[data-answer-filter="cat"], [data-answer-filter="dog"]')
    .first();
  const kind = (await chip.getAttribute('data-answer-filter'))!;
  await chip.click();
  const count = await sheet(page).locator('li').count();
  await action(page, 'keep-many').click();
  await expect(page.locator(`[data-filter="${kind}"]`)).toContainText(String(24 + count));
});
