import { expect, type Page } from '@playwright/test';
import { importPets } from './import-pets.ts';
import { visit } from './phone-test.ts';

/** What is done wherever a walk through the app stops. */
type Look = (state: string) => Promise<void>;

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`).first();

/** Every page of an app that was just opened, without a camera, photos or models. */
export async function everyEmptyPage(page: Page, look: Look): Promise<void> {
  await expect(page.locator('pp-camera-gate section')).toBeVisible();
  await look('Capture, before the camera');
  for (const place of ['photos', 'train', 'live', 'models', 'settings']) {
    await visit(page, place);
    await page.waitForTimeout(500);
    await look(`${place}, empty`);
  }
}

/**
 * Every page, dialog and state with photos and models that a tap or two lead to. Nothing is found
 * by its words, so that the app may speak any language.
 */
export async function everyState(page: Page, look: Look): Promise<void> {
  await expect(page.locator('pp-shutter button').first()).toBeEnabled();
  await look('Capture, live');

  await importPets(page, 12);
  await visit(page, 'photos');
  await look('Photos');
  await page.locator('[data-photo]').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('a photo');
  await page.keyboard.press('Escape');
  await action(page, 'import').click();
  await look('import');
  await page.keyboard.press('Escape');

  await visit(page, 'train');
  await look('Train, ready');
  await action(page, 'options').click();
  await look('options');
  await page.locator('pp-expert-panel summary').click();
  await page.locator('[data-option="fine-tuning"]').check();
  await page.locator('[data-number="epochs"]').fill('none');
  await page.locator('pp-options-dialog button.primary').click();
  await expect(page.locator('[data-number="epochs"]')).toBeFocused();
  await look('options, every one, and an error');
  await page.locator('[data-option="fine-tuning"]').uncheck();
  await page.keyboard.press('Escape');
  await action(page, 'train').click();
  await page.locator('[data-result]').waitFor({ timeout: 60_000 });
  await look('Train, done');
  await page.locator('pp-epoch-table summary').first().click();
  await page.locator('pp-under-the-hood summary').first().click();
  await expect(page.locator('pp-summary-table')).toHaveCount(2);
  await look('under the hood');

  await action(page, 'train').click();
  await expect(action(page, 'models')).toHaveText(/2/, { timeout: 60_000 });
  await action(page, 'models').click();
  await expect(page.locator('[data-model]')).toHaveCount(2);
  await look('Models');
  await action(page, 'rename').click();
  await look('a name for a model');
  await page.keyboard.press('Escape');
  await page.locator('[data-model] h2 a').first().click();
  await page.locator('[data-cell]').first().click();
  await page.locator('[data-cell-photos]').waitFor();
  await page.locator('pp-models-page summary').first().click();
  await look('a result');

  await visit(page, 'live');
  await page.locator('[data-answer]').waitFor({ timeout: 60_000 });
  await look('Live, answering');
  await action(page, 'freeze').click();
  await action(page, 'heat-map').click();
  await page.waitForTimeout(500);
  await look('Live, frozen, with its heat map');

  await visit(page, 'photos');
  await action(page, 'select').click();
  await page.locator('[data-photo]').first().click();
  await expect(action(page, 'delete-selected')).toBeVisible();
  await look('some photos chosen');
  await page.keyboard.press('Escape');
  for (const place of ['examine', 'check']) {
    await page.evaluate((hash) => (location.hash = hash), `#/photos/${place}`);
    await page.waitForTimeout(1000);
    await look(place);
  }

  await visit(page, 'settings');
  await page.waitForTimeout(500);
  await look('Settings');
  for (const sheet of ['back-up', 'add-class', 'open-add-base']) {
    await action(page, sheet).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.waitForTimeout(500);
    await look(sheet);
    await page.keyboard.press('Escape');
  }
}
