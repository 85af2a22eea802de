import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importPets } from './import-pets.ts';
import { expect, test, visit } from './phone-test.ts';

test('a backup of one phone is restored on another; a damaged one is refused', async ({
  serve,
  openPhone,
  folder,
}) => {
  const { url } = await serve();
  const old = await openPhone();
  await old.goto(url);
  await importPets(old, 3);
  await visit(old, 'settings');
  await old.getByRole('button', { name: 'Back up', exact: true }).click();
  const dialog = old.getByRole('dialog');
  await expect(dialog).toContainText('It holds 6 photos.');
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
  await fresh.goto(`${url}#/settings`);
  const input = fresh.locator('[data-backup-input]');
  const sheet = fresh.getByRole('dialog');
  await input.setInputFiles(damagedFile);
  await expect(sheet.getByRole('alert')).toContainText('nothing here was changed');
  await sheet.getByRole('button', { name: 'Done' }).click();

  await input.setInputFiles(file);
  await expect(sheet).toContainText('6 photos, from');
  await sheet.getByRole('button', { name: 'Restore' }).click();
  await expect(sheet).toContainText('Added: 6 photos.');
  await sheet.getByRole('button', { name: 'Done' }).click();
  await visit(fresh, 'photos');
  await expect(fresh.locator('[data-filter="cat"]')).toContainText('3');
  await expect(fresh.locator('[data-photo]')).toHaveCount(6);
});
