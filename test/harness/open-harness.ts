import { chromium, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath, type ChromiumOptions } from '../../scripts/chromium.ts';
import { serveFolder, type ServeOptions } from '../../scripts/serve/serve-folder.ts';

/** Where `npm run build:harness` puts the harness page. */
export const HARNESS_FOLDER = 'build/harness';

export interface HarnessPage {
  /** A page in which `harness` is there; see main.ts. */
  readonly page: Page;
  close(): Promise<void>;
}

/** Serves the harness and opens it in a Chromium of its own, with an empty library. */
export async function openHarness({
  intercept,
  ...options
}: ChromiumOptions & Pick<ServeOptions, 'intercept'> = {}): Promise<HarnessPage> {
  const server = await serveFolder({
    dir: HARNESS_FOLDER,
    port: 0,
    ...(intercept && { intercept }),
  });
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: chromiumArgs(options),
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => 'harness' in globalThis);
  return {
    page,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
