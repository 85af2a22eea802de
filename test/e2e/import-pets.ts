import { expect, type Page } from '@playwright/test';
import { drawnPets, renderJpegs } from '../fixtures/camera-file.ts';
import type { PetKind } from '../fixtures/drawn-pets.ts';
import { visit } from './phone-test.ts';

/**
 * Imports drawn pets by the app's own import sheet, so many of each kind.
 *
 * @param before how many of each kind are there already
 */
export async function importPets(page: Page, count: number, before = 0): Promise<void> {
  for (const kind of ['cat', 'dog'] as const) await importKind(page, kind, count, before);
}

/** Drawn pets as a file input takes them. */
export async function drawnFiles(kind: PetKind, seeds: readonly number[]) {
  const jpegs = await renderJpegs(drawnPets(kind, seeds), 480, 640);
  return jpegs.map((buffer, i) => ({
    name: `${kind}-${i}.jpg`,
    mimeType: 'image/jpeg',
    buffer,
  }));
}

/** As `importPets`, of one kind. */
export async function importKind(
  page: Page,
  kind: PetKind,
  count: number,
  before = 0,
): Promise<void> {
  const seeds = Array.from({ length: count }, (_, i) => before + i + 1);
  const files = await drawnFiles(kind, seeds);
  await visit(page, 'photos');
  await page.locator('[data-action="import"]').first().click();
  const choosing = page.waitForEvent('filechooser');
  await page.locator(`[data-import-state] [data-class="${kind}"]`).click();
  await (await choosing).setFiles(files);
  await expect(page.locator(`[data-filter="${kind}"]`)).toContainText(String(before + count), {
    timeout: 60_000,
  });
  await expect(page.locator('[data-import-state]')).toBeHidden();
}
