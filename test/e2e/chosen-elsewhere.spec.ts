import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { drawnPets, renderJpegs } from '../fixtures/camera-file.ts';
import { classifier, keras2, modelFiles } from '../fixtures/keras-topology.ts';
import { zipBytes } from '../fixtures/zip-bytes.ts';
import { dropFiles } from './drop.ts';
import { expect, test, visit } from './phone-test.ts';
import { writeFile } from 'node:fs/promises';

// What is chosen in the wrong place leads to the right one, with the file already chosen there.

const importSheet = (page: Page) => page.locator('[data-import-state]');
const elsewhere = (page: Page, kind: string) => page.locator(`[data-elsewhere="${kind}"]`);

/** A zip with photos in a folder. */
async function zipOfPhotos(folder: string): Promise<string> {
  const jpegs = await renderJpegs(drawnPets('dog', [1, 2]), 240, 240);
  const entries = jpegs.map((bytes, index) => ({ name: `dogs/${index}.jpg`, bytes }));
  const file = join(folder, 'dogs.zip');
  await writeFile(file, zipBytes(entries));
  return file;
}

/** A model as Teachable Machine exports it: a zip of model.json, weights and metadata. */
async function zipOfModel(folder: string): Promise<string> {
  const entries = [];
  for (const [name, bytes] of await modelFiles(keras2(classifier(32), 'mine'))) {
    entries.push({ name, bytes: Buffer.from(bytes) });
  }
  entries.push({ name: 'metadata.json', bytes: Buffer.from('{"labels":["Cat","Dog"]}') });
  const file = join(folder, 'tm-my-image-model.zip');
  await writeFile(file, zipBytes(entries));
  return file;
}

/** Chooses a file where models are added. */
async function chooseAsModel(page: Page, file: string): Promise<void> {
  await visit(page, 'models');
  await page.locator('[data-action="open-add-model"]').click();
  await expect(page.locator('[data-add-model="choose"]')).toBeVisible();
  await page.locator('[data-model-files]').setInputFiles(file);
}

test('a backup dropped on any page leads to Restore; chosen as a model it does too', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const old = await openPhone({ trained: true });
  await old.goto(`${appUrl}#/settings`);
  await old.getByRole('button', { name: 'Back up', exact: true }).click();
  const saving = old.waitForEvent('download');
  await old.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const backup = join(folder, 'backup.zip');
  await (await saving).saveAs(backup);

  const page = await openPhone();
  await page.goto(`${appUrl}#/train`);
  await dropFiles(page, [backup]);
  await expect(elsewhere(page, 'backup')).toContainText('“backup.zip” is a backup of this app.');
  await page.getByRole('button', { name: 'Restore a backup' }).click();
  await expect(page).toHaveURL(/#\/settings/);
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('Restore this backup?');
  await sheet.getByRole('button', { name: 'Not now' }).click();

  await chooseAsModel(page, backup);
  await elsewhere(page, 'backup').getByRole('button').click();
  await expect(sheet).toContainText('Restore this backup?');
  await sheet.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(sheet).toContainText('Restored');
});

test('a model dropped on Photos or chosen in Restore leads to Models', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const model = await zipOfModel(folder);
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await dropFiles(page, [model]);
  await expect(elsewhere(page, 'model')).toContainText('tm-my-image-model.zip');
  await elsewhere(page, 'model').getByRole('button', { name: 'Add a model' }).click();
  const found = page.locator('[data-add-model="found"]');
  await expect(found).toContainText('Add this model?');
  await page.keyboard.press('Escape');
  await expect(found).toBeHidden();

  await visit(page, 'settings');
  await page.locator('[data-backup-input]').setInputFiles(model);
  await expect(page.getByRole('alert')).toContainText('not a backup of Purrceptron');
  await elsewhere(page, 'model').getByRole('button').click();
  await expect(found).toContainText('Add this model?');
});

test('photos chosen as a model, or in Restore, lead to the import', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const photos = await zipOfPhotos(folder);
  const page = await openPhone();
  await page.goto(`${appUrl}#/settings`);
  for (const choose of [
    async () => {
      await chooseAsModel(page, photos);
    },
    async () => page.locator('[data-backup-input]').setInputFiles(photos),
  ]) {
    await choose();
    await expect(elsewhere(page, 'photos')).toContainText('It holds photos.');
    await elsewhere(page, 'photos').getByRole('button').click();
    await expect(page).toHaveURL(/#\/photos/);
    await expect(importSheet(page).locator('h2')).toHaveText('What do these 2 photos show?');
    await page.keyboard.press('Escape');
    await visit(page, 'settings');
  }
});

test('many files of the same odd kind are told in one sentence', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const [jpeg] = await renderJpegs(drawnPets('cat', [1]), 240, 240);
  const files = [join(folder, 'cat.jpg')];
  await writeFile(files[0]!, jpeg!);
  for (const name of ['a.7z', 'b.7z', 'c.7z', 'd.rar']) {
    const head = name.endsWith('rar') ? 'Rar!\x1a\x07\0' : '7z\xbc\xaf\x27\x1c\0\x04';
    files.push(join(folder, name));
    await writeFile(files.at(-1)!, Buffer.from(head, 'latin1'));
  }
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await dropFiles(page, files);
  await expect(elsewhere(page, 'nowhere')).toHaveCount(1);
  await expect(elsewhere(page, 'nowhere')).toContainText('There are 3 more like it.');
  await importSheet(page).locator('[data-class="cat"]').click();
  await expect(importSheet(page)).toContainText('1 photo added');
  await expect(elsewhere(page, 'nowhere')).toHaveCount(1);
});

test('what is dropped while the import asks comes next, and does not take its place', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const photos = await zipOfPhotos(folder);
  const jpegs = await renderJpegs(drawnPets('cat', [1, 2, 3]), 240, 240);
  const cats = jpegs.map((_, index) => join(folder, `cat ${index}.jpg`));
  for (const [index, bytes] of jpegs.entries()) await writeFile(cats[index]!, bytes);
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await dropFiles(page, cats);
  const title = importSheet(page).locator('h2');
  await expect(title).toHaveText('What do these 3 photos show?');
  await dropFiles(page, [photos]);
  await expect(page.locator('[data-waiting]')).toBeVisible();
  await expect(title).toHaveText('What do these 3 photos show?');
  await importSheet(page).locator('[data-class="cat"]').click();
  await expect(title).toHaveText('What do these 2 photos show?');
  await expect(page.locator('[data-waiting]')).toHaveCount(0);
  await importSheet(page).locator('[data-class="dog"]').click();
  await expect(page.locator('[data-filter="cat"]')).toContainText('3');
  await expect(page.locator('[data-filter="dog"]')).toContainText('2');
});
