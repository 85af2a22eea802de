import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import type { ChromiumOptions } from '../../scripts/chromium.ts';
import {
  serveFolder,
  type FolderServer,
  type ServeOptions,
} from '../../scripts/serve/serve-folder.ts';
import { launchPhone } from './launch-phone.ts';
import { watchApp } from './watch-app.ts';

interface Phone {
  /** A folder that is this test's own, and gone after it. */
  readonly folder: string;
  /** Serves the built app, or what the options say, until the test ends. */
  readonly serve: (options?: Partial<ServeOptions>) => Promise<FolderServer>;
  /** What a test's own fault makes the app write to the console. */
  readonly expectedErrors: RegExp | undefined;
  /** Starts a browser that has never seen the app; it stands on an empty page. */
  readonly openPhone: (options?: ChromiumOptions) => Promise<Page>;
}

/** Tests of the built app, each with a server and a phone of its own; see watchApp for what fails any. */
export const test = base.extend<Phone>({
  expectedErrors: [undefined, { option: true }],
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'purrceptron-'));
    await use(folder);
    // A browser that was killed may still be writing its last.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  },
  serve: async ({}, use) => {
    const servers: FolderServer[] = [];
    await use(async (options) => {
      const server = await serveFolder({ dir: 'dist', ...options });
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.close()));
  },
  openPhone: async ({ folder, expectedErrors }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: (readonly string[])[] = [];
    await use(async (options) => {
      const context = await launchPhone(join(folder, `phone-${contexts.length}`), options);
      contexts.push(context);
      complaints.push(await watchApp(context));
      return context.pages()[0]!;
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(complaints.flat().filter((text) => !expectedErrors?.test(text))).toEqual([]);
  },
});

/** Goes to a place of the app, as its links and the way back do. */
export async function visit(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/${place}`);
  await expect(page.locator(`pp-${place}-page`)).toBeVisible();
}

/** Has the app speak a language, as the choice in Settings does. */
export async function speak(page: Page, language: string): Promise<void> {
  await visit(page, 'settings');
  await page.locator('pp-language-section select').selectOption(language);
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(page.locator('pp-settings-page')).toBeVisible();
}

/** The shutter of one class, which is enabled while the camera is live. */
export function shutter(page: Page, classId: string) {
  return page.locator(`button[data-class="${classId}"]`);
}

/** Takes a photo with the live camera: it must be counted, which is to say stored. */
export async function takePhoto(page: Page): Promise<void> {
  await expect(shutter(page, 'cat')).toBeEnabled();
  const before = await countOf(page, 'cat');
  await expect(async () => {
    // The first tap may come before the video's first frame.
    await shutter(page, 'cat').click();
    await expect.poll(() => countOf(page, 'cat'), { timeout: 2_000 }).toBeGreaterThan(before);
  }).toPass();
}

/** How many photos of a class its shutter counts. */
export async function countOf(page: Page, classId: string): Promise<number> {
  const label = await shutter(page, classId).getAttribute('aria-label', { timeout: 5_000 });
  return Number(/(\d+) photo/.exec(label ?? '')?.[1] ?? 0);
}

export { expect } from '@playwright/test';
