import type { Page } from '@playwright/test';

/** Opens the import sheet and answers the file picker that one of its buttons opens. */
export async function choose(
  page: Page,
  what: 'choose-archive' | 'choose-folder' | 'cat',
  files: string | { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  await page.locator('[data-action="import"]').first().click();
  const choosing = page.waitForEvent('filechooser');
  const button = what === 'cat' ? '[data-class="cat"]' : `[data-action="${what}"]`;
  await page.locator('[data-import-state]').locator(button).click();
  await (await choosing).setFiles(files);
}
