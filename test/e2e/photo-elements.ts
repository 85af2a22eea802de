import type { Page } from '@playwright/test';

export const tiles = (page: Page) => page.locator('pp-photo-grid [data-photo]');
export const dialog = (page: Page) => page.locator('pp-photo-view dialog[open]');
export const hash = (page: Page) => page.evaluate(() => location.hash);
export const undo = (page: Page) => page.getByRole('button', { name: 'Undo' });
export const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);
