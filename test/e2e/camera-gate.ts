import { expect, type Page } from '@playwright/test';
import { shutter } from './phone-test.ts';

/** What stands where the camera's picture would be. */
export const gate = (page: Page) => page.locator('pp-camera-gate section');
export const openButton = (page: Page) => page.locator('[data-action="open-camera"]');

/** The camera's picture is on the screen, and a photo can be taken of it. */
export async function expectLive(page: Page): Promise<void> {
  await expect(shutter(page, 'cat')).toBeEnabled();
  await expect(gate(page)).toBeHidden();
  await expect
    .poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth))
    .toBeGreaterThan(0);
}

/** Words stand where the picture would be, and nothing can be taken. */
export async function expectFailed(page: Page, title: string): Promise<void> {
  await expect(gate(page)).toHaveAttribute('data-state', 'failed');
  await expect(gate(page).getByRole('heading')).toHaveText(title);
  await expect(gate(page)).toContainText('The photos you have are safe.');
  await expect(shutter(page, 'cat')).toBeDisabled();
}
