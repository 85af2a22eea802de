import { chromium, type Browser, type Page } from '@playwright/test';
import { chromiumArgs, headlessPath, type ChromiumOptions } from '../../scripts/chromium.ts';
import { collectCoverage } from '../coverage.ts';
import { serveHarness } from './serve-harness.ts';

export { HARNESS_FOLDER } from './serve-harness.ts';

export interface HarnessPage {
  /** A page in which `harness` is there; see main.ts. */
  readonly page: Page;
  close(): Promise<void>;
}

/** Starts a Chromium of its own. */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: await headlessPath(options),
    args: chromiumArgs(options),
  });
}

/** Opens the harness in a new context, which has an empty library. */
export async function openHarnessPage(browser: Browser, url: string): Promise<HarnessPage> {
  const context = await browser.newContext();
  collectCoverage(context);
  const page = await context.newPage();
  await page.goto(url);
  await harnessIsThere(page);
  return { page, close: () => context.close() };
}

/** Waits until the page has loaded `harness`. */
export async function harnessIsThere(page: Page): Promise<void> {
  await page.waitForFunction(() => 'harness' in globalThis);
}

/** Serves the harness and opens it in a Chromium of its own, with an empty library. */
export async function openHarness(options: ChromiumOptions = {}): Promise<HarnessPage> {
  const server = await serveHarness();
  const browser = await launchChromium(options);
  const { page } = await openHarnessPage(browser, server.url);
  return {
    page,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
