import { chromium, expect, type BrowserContext, type Page } from '@playwright/test';
import { headlessPath, permissionsOf, type ChromiumOptions } from '../../scripts/chromium.ts';
import { collectCoverage } from '../coverage.ts';
import { phoneArgs } from './browser-pool.ts';

/** The screen of a phone. */
export const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 1,
  reducedMotion: 'reduce',
  hasTouch: true,
  isMobile: true,
} as const;

/**
 * A Chromium process of a phone's size, for tests in which it ends and starts again. What it stores
 * is in the folder `profile`, and outlives it.
 */
export async function launchPhone(
  profile: string,
  options: ChromiumOptions = {},
  moreArgs: readonly string[] = [],
): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await headlessPath(options),
    ...permissionsOf(options),
    args: [...phoneArgs(options), ...moreArgs],
    ...PHONE,
  });
  collectCoverage(context);
  return context;
}

/** Until the service worker and the base model are here for good. */
export async function expectOfflineReady(page: Page, timeout = 60_000): Promise<void> {
  await expect(page.locator('pp-app')).toHaveAttribute('data-airplane', 'ready', { timeout });
}
