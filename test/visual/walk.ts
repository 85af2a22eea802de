import { expect, type Page } from '@playwright/test';
import { importKind } from '../e2e/import-pets.ts';
import { shutter, visit } from '../e2e/phone-test.ts';

export const THEMES = ['light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

/** Compares what is on the screen with the pictures of that name, in such themes. */
type Look = (name: string, themes?: readonly Theme[]) => Promise<void>;

/** Photos of each class: some for the picture of Photos, and more to train on. */
const SOME = 4;
const MORE = 4;

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`).first();

/** Every page: first as a new phone shows it, then with photos, then with a model. */
export async function everyPage(page: Page, look: Look): Promise<void> {
  await expect(shutter(page, 'cat')).toBeEnabled();
  await look('capture');
  for (const place of ['photos', 'train', 'models', 'live']) {
    await visit(page, place);
    // The themes differ in colours only: one picture of what few people see is enough.
    await look(`${place}-empty`, ['light']);
  }
  await importInOrder(page, SOME);
  await look('photos');
  await importInOrder(page, MORE, SOME);
  await visit(page, 'train');
  await expect(action(page, 'train')).toBeEnabled({ timeout: 60_000 });
  await look('train-ready');
  await train(page);
  await look('train');
  await visit(page, 'models');
  await expect(page.locator('[data-model]')).toHaveCount(1);
  await look('models');
  await visit(page, 'live');
  await page.locator('[data-answer]').waitFor({ timeout: 60_000 });
  await look('live');
  await visit(page, 'settings');
  await look('settings');
}

/** Capture and Live, where a phone that lies on its side has the controls beside the picture. */
export async function cameraPages(page: Page, look: Look): Promise<void> {
  await expect(shutter(page, 'cat')).toBeEnabled();
  await look('capture');
  await importInOrder(page, SOME + MORE);
  await visit(page, 'train');
  await train(page);
  await visit(page, 'live');
  await page.locator('[data-answer]').waitFor({ timeout: 60_000 });
  await look('live');
}

/**
 * As `importPets`, one photo at a time: an import prepares several at once and stores them in the
 * order in which they are ready, which decides the split of the first ones, and Train shows it.
 */
async function importInOrder(page: Page, count: number, before = 0): Promise<void> {
  for (const kind of ['cat', 'dog'] as const) {
    for (let i = 0; i < count; i++) await importKind(page, kind, 1, before + i);
  }
}

async function train(page: Page): Promise<void> {
  await action(page, 'train').click({ timeout: 60_000 });
  await page.locator('[data-result]').waitFor({ timeout: 120_000 });
}
