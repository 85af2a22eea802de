import { chromium, expect, type BrowserContext, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath, type ChromiumOptions } from '../../scripts/chromium.ts';

/** A Chromium of a phone's size. What it stores is in the folder `profile`, and outlives it. */
export async function launchPhone(
  profile: string,
  options: ChromiumOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: await chromiumPath(),
    // Without a GPU its compositor is a software one, which takes less than a GPU in software.
    args: [...chromiumArgs(options), ...(options.webgpu ? [] : ['--disable-gpu'])],
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  });
}

/** Until the service worker and the base model are here for good. */
export async function expectOfflineReady(page: Page): Promise<void> {
  await expect(page.locator('pp-app')).toHaveAttribute('data-airplane', 'ready', {
    timeout: 60_000,
  });
}
