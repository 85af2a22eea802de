import type { Page } from '@playwright/test';
import { expect, test, visit } from './phone-test.ts';

const LONG = { timeout: 60_000 };

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);
const card = (page: Page, name: string) =>
  page.locator('[data-model]').filter({ has: page.getByRole('heading', { name }) });
const notice = (page: Page) => page.locator('pp-notice-bar').getByRole('status').first();
const heading = (page: Page) => page.locator('pp-models-page h1');

test('without a model the page leads to training', async ({ appUrl, openPhone }) => {
  const page = await openPhone();
  await page.goto(`${appUrl}#/models`);
  await expect(page.getByRole('heading', { name: 'No model yet' })).toBeVisible();
  await page.getByRole('link', { name: 'To training' }).click();
  await expect(page.locator('pp-train-page')).toBeVisible();
});

test('a model is renamed, and two are compared', async ({ appUrl, openPhone }) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/train`);
  await expect(action(page, 'open-result')).toHaveAccessibleName('The whole result of Model 2');
  await action(page, 'models').click();
  await expect(page.locator('[data-model]')).toHaveCount(2);
  await expect(card(page, 'Model 2')).toHaveAttribute('data-in-use', 'true');
  await expect(card(page, 'Model 1')).toContainText(/\d of \d+ test photos? right. Likely between/);
  await page.getByRole('button', { name: 'Rename Model 1' }).click();
  await page.keyboard.type('model 2');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('There is a model called Model 2 already.');
  await page.getByRole('textbox', { name: 'Name' }).fill('Garden pets');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Garden pets')).toBeVisible();

  await page.getByRole('link', { name: 'Compare Model 2' }).click();
  await expect(heading(page)).toHaveText('Model 2');
  const comparison = page.locator('[data-comparison]');
  await expect(comparison.getByRole('heading')).toBeFocused();
  await expect(comparison.getByRole('combobox')).toHaveText('Garden pets');
  await expect(comparison).toContainText(
    /that both were asked about, Model 2 got \d+ right and Garden/,
  );
  await page.getByRole('link', { name: 'Back to all models' }).click();
  await expect(heading(page)).toHaveText('Models');
  await expect(heading(page)).toBeFocused();
});

test('the older model is used, deleted and brought back', async ({ appUrl, openPhone }) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/models`);
  await page.getByRole('button', { name: 'Use Model 1' }).click();
  await expect(notice(page)).toContainText('Model 1 is in use.');
  await expect(card(page, 'Model 1')).toHaveAttribute('data-in-use', 'true');
  const id = (await card(page, 'Model 1').getAttribute('data-model'))!;
  // Whatever it makes of the camera's test pattern.
  const answer = page.locator('pp-answer-sheet [data-answer]');
  await visit(page, 'live');
  await expect(answer).toHaveAttribute('data-model', id);
  await page.reload();
  await expect(answer).toHaveAttribute('data-model', id);

  await visit(page, 'models');
  await page.getByRole('button', { name: 'Delete Model 1' }).click();
  await expect(notice(page)).toContainText('Model 1 deleted. Model 2 is in use now.');
  await expect(page.locator('[data-model]')).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(card(page, 'Model 1')).toHaveAttribute('data-in-use', 'true');
  await expect(card(page, 'Model 2')).toHaveAttribute('data-in-use', 'false');
  await page.reload();
  await expect(card(page, 'Model 1')).toHaveAttribute('data-in-use', 'true');
});

test('a model lends its settings to the next training, and leaves its own address when it is deleted', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/models`);
  // From its own address the way leads back to the list; the settings outlive the model's use.
  await card(page, 'Model 2').getByRole('link', { name: 'Model 2', exact: true }).click();
  await action(page, 'train-alike').click();
  await expect(page.locator('[data-alike]')).toContainText('the settings of Model 2');
  await page.goBack();
  await page.getByRole('button', { name: 'Delete Model 2' }).click();
  await expect(heading(page)).toHaveText('Models');
  await expect(notice(page)).toContainText('Model 2 deleted.');
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'This model is not here' })).toBeVisible();
  await visit(page, 'train');
  await expect(action(page, 'open-result')).toHaveAccessibleName('The whole result of Model 1');
});

test('a cell of the confusion matrix opens its photos, by its address too', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/train`);
  await action(page, 'open-result').click();
  await expect(heading(page)).toHaveText('Model 2');
  const cell = page.locator('[data-cell]').first();
  const count = Number(await cell.textContent());
  expect(count).toBeGreaterThan(0);
  await cell.click();
  const photos = page.locator('[data-cell-photos]');
  await expect(photos.getByRole('heading')).toBeFocused();
  await expect(photos.locator('[data-predicted]')).toHaveCount(count);
  const first = photos.locator('[data-predicted]').first();
  const photoId = (await first.getAttribute('data-predicted'))!;
  await expect(first).toHaveAttribute('href', `#/photos/${photoId}`);
  await expect(first.locator('img')).toBeVisible();
  await photos.getByRole('link', { name: 'Close these photos' }).click();
  await expect(photos).toHaveCount(0);
  await expect(cell).toBeFocused();
  await page.goBack();
  await expect(photos.locator('[data-predicted]')).toHaveCount(count);

  // Photos that are gone are counted, no more.
  await page.evaluate(async (id) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('purrceptron');
      opening.onsuccess = () => {
        resolve(opening.result);
      };
    });
    const transaction = database.transaction('photos', 'readwrite');
    transaction.objectStore('photos').delete(id);
    await new Promise<void>((resolve) => {
      transaction.oncomplete = () => {
        resolve();
      };
    });
    database.close();
  }, photoId);
  await page.reload();
  await expect(photos.locator('[data-predicted]')).toHaveCount(count - 1);
  await expect(photos.locator('[data-gone]')).toContainText('1 photo has been deleted since.');
  await expect(page.locator('[data-deleted-photos]')).toContainText(
    '1 of these photos was deleted',
  );
});

test('a model of another size is used together with that size', async ({ appUrl, openPhone }) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/settings`);
  await page.locator('[data-base="tiny@24"]').check();
  await expect(notice(page)).toContainText('being prepared again', LONG);
  await page.getByRole('link', { name: 'Models (2)' }).click();
  await expect(page.locator('[data-model-problem]')).toBeVisible(LONG);
  await expect(card(page, 'Model 2')).toHaveAttribute('data-in-use', 'false');
  await page.getByRole('button', { name: 'Use Model 2' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/trained on .+ at 32 px. The app changes to that, from .+ 24/);
  await dialog.getByRole('button', { name: 'Use it' }).click();
  await expect(notice(page)).toContainText('Model 2 is in use, and its base with it.', LONG);
  await expect(card(page, 'Model 2')).toHaveAttribute('data-in-use', 'true');
  await expect(page.locator('[data-model-problem]')).toHaveCount(0);
});
