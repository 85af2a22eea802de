import { expect, type Page } from '@playwright/test';

const LONG = { timeout: 120_000 };

/** The sheet that sends a model to another phone. */
export const sendSheet = (page: Page) => page.locator('pp-send-dialog dialog[data-send-state]');

/** Opens it for the model in use by keyboard, and waits until the model is ready. */
export async function openSendSheet(page: Page, appUrl: string, model = 'Model 2'): Promise<void> {
  await page.goto(`${appUrl}#/models`);
  const open = page.getByRole('button', { name: `Send ${model} to another phone` });
  await expect(open).toBeEnabled(LONG);
  await open.press('Enter');
  await expect(sendSheet(page)).toHaveAttribute('data-send-state', 'ready', LONG);
}
