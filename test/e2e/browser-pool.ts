import { chromium, type Browser } from '@playwright/test';
import { chromiumArgs, headlessPath, type ChromiumOptions } from '../../scripts/chromium.ts';

/** A browser in memory takes no processor time while no test uses it. */
const MOST = 4;

/**
 * The browsers of one Playwright worker. What a camera shows is an option of the whole browser, so
 * there is one browser for each kind of camera; it starts with the first test that needs it.
 */
export class BrowserPool {
  /** The most recently used one is the last. */
  readonly #browsers = new Map<string, Browser>();

  /** A browser with these options: a running one where there is one. */
  async get(options: ChromiumOptions): Promise<Browser> {
    const key = JSON.stringify(Object.entries(options).sort());
    const running = this.#browsers.get(key);
    this.#browsers.delete(key);
    const browser = running?.isConnected() ? running : await launch(options);
    this.#browsers.set(key, browser);
    await this.#closeOldest();
    return browser;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#browsers.values()].map((browser) => browser.close()));
    this.#browsers.clear();
  }

  async #closeOldest(): Promise<void> {
    for (const [key, browser] of this.#browsers) {
      if (this.#browsers.size <= MOST) return;
      if (browser.contexts().length > 0) continue;
      this.#browsers.delete(key);
      await browser.close();
    }
  }
}

async function launch(options: ChromiumOptions): Promise<Browser> {
  return chromium.launch({ executablePath: await headlessPath(options), args: phoneArgs(options) });
}

/** What every phone's browser is started with. */
export function phoneArgs(options: ChromiumOptions = {}): string[] {
  // Without a GPU its compositor is a software one, which takes less than a GPU in software.
  return [...chromiumArgs(options), ...(options.webgpu ? [] : ['--disable-gpu'])];
}
