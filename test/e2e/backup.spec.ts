import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { classifier, keras2, modelFiles } from '../fixtures/keras-topology.ts';
import { importPets } from './import-pets.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, test, visit } from './phone-test.ts';

const ownBase = (page: Page) => page.locator('[data-base^="own-"][data-base$="@32"]');

/** A base model of one's own, in use. */
async function useOwnBase(page: Page, folder: string): Promise<void> {
  await mkdir(folder);
  const paths: string[] = [];
  for (const [path, bytes] of await modelFiles(keras2(classifier(32)))) {
    await writeFile(join(folder, path), bytes);
    paths.push(join(folder, path));
  }
  await page.locator('[data-action="open-add-model"]').click();
  await page.locator('[data-model-files]').setInputFiles(paths);
  await page.getByLabel('Take only its base').check();
  await page.locator('[data-action="add-model"]').click();
  await page.getByRole('button', { name: 'Use it' }).click();
  await visit(page, 'settings');
  await expect(ownBase(page)).toBeChecked();
}

test('a backup of one phone is restored on another; a damaged one is refused', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const old = await openPhone();
  await old.goto(appUrl);
  await importPets(old, 3);
  await visit(old, 'settings');
  await expectOfflineReady(old);
  await useOwnBase(old, join(folder, 'mine'));
  await old.getByRole('button', { name: 'Back up', exact: true }).click();
  const dialog = old.getByRole('dialog');
  await expect(dialog).toContainText('It holds 6 photos and 1 base model.');
  const saving = old.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toMatch(/^purrceptron-\d{4}-\d\d-\d\d-\d{4}\.zip$/);
  const file = join(folder, 'backup.zip');
  await download.saveAs(file);
  await expect(dialog).toBeHidden();

  const bytes = await readFile(file);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  const damagedFile = join(folder, 'damaged.zip');
  await writeFile(damagedFile, bytes);

  const fresh = await openPhone();
  await fresh.goto(`${appUrl}#/settings`);
  const input = fresh.locator('[data-backup-input]');
  const sheet = fresh.getByRole('dialog');
  await input.setInputFiles(damagedFile);
  await expect(sheet.getByRole('alert')).toContainText('nothing here was changed');
  await sheet.getByRole('button', { name: 'Done' }).click();

  await input.setInputFiles(file);
  await expect(sheet).toContainText('6 photos and 1 base model, from');
  await sheet.getByRole('button', { name: 'Restore' }).click();
  await expect(sheet).toContainText('Added: 6 photos and 1 base model.');
  await sheet.getByRole('button', { name: 'Done' }).click();
  await expect(ownBase(fresh)).toBeChecked({ timeout: 60_000 });
  await visit(fresh, 'photos');
  await expect(fresh.locator('[data-filter="cat"]')).toContainText('3');
  await expect(fresh.locator('[data-photo]')).toHaveCount(6);
});

test('a finished backup stays until it is saved: beside a second window, and after a reload and a crash', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const first = await openPhone();
  await first.goto(appUrl);
  await importPets(first, 1);
  await visit(first, 'settings');
  await first.getByRole('button', { name: 'Back up', exact: true }).click();
  const dialog = first.getByRole('dialog');
  await expect(dialog).toContainText('It holds 2 photos.');

  // A second window neither offers it nor takes it away.
  const second = await first.context().newPage();
  await second.goto(`${appUrl}#/settings`);
  await expectOfflineReady(second);
  const unsaved = (page: Page) => page.locator('[data-unsaved-backup]');
  await expect(unsaved(second)).toHaveCount(0);
  const saving = first.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const file = join(folder, 'saved.zip');
  await (await saving).saveAs(file);
  expect((await readFile(file)).length).toBeGreaterThan(1000);
  await expect(unsaved(first)).toHaveCount(0);

  // Another one, which is closed and not saved: it is offered after a reload, and where its window
  // is gone.
  await first.getByRole('button', { name: 'Back up', exact: true }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(unsaved(first)).toHaveCount(1);
  await first.reload();
  await expect(unsaved(first)).toHaveCount(1);
  await first.close();
  await second.reload();
  await unsaved(second).getByRole('button', { name: 'Save' }).click();
  const sheet = second.getByRole('dialog');
  const again = second.waitForEvent('download');
  await sheet.getByRole('button', { name: 'Save' }).click();
  const restored = join(folder, 'restored.zip');
  await (await again).saveAs(restored);

  await second.reload();
  await expectOfflineReady(second);
  await expect(unsaved(second)).toHaveCount(0);
  await second.locator('[data-backup-input]').setInputFiles(restored);
  await expect(sheet).toContainText('2 photos, from');
});
