import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OtherEngine } from '../../scripts/other-engines.ts';
import type { EngineBrowser, StartOptions } from './engine-browser.ts';
import { PuppeteerBrowser } from './puppeteer-browser.ts';
import { WebKitBrowser } from './webkit-browser.ts';

/** Chromium only to compare: its own tests are in test/e2e/. */
export type Engine = OtherEngine | 'chromium';

/** How a browser is set by its person. */
export type BrowserSettings = Pick<StartOptions, 'dark' | 'withholds'>;

/** A browser that can end and start again on what it has stored. */
export class KeptBrowser {
  /** Folder of the files that the app saves. */
  readonly downloads: string;
  readonly #engine: Engine;
  readonly #profile: string;
  readonly #settings: BrowserSettings;
  #browser: EngineBrowser | undefined;

  /** @param folder is its own */
  constructor(engine: Engine, folder: string, settings: BrowserSettings = {}) {
    this.#engine = engine;
    this.#profile = join(folder, 'profile');
    this.downloads = join(folder, 'downloads');
    this.#settings = settings;
  }

  /** The running browser; starts it if there is none. */
  async get(): Promise<EngineBrowser> {
    return (this.#browser ??= await this.#start());
  }

  async end(): Promise<void> {
    await this.#browser?.close();
    this.#browser = undefined;
  }

  async #start(): Promise<EngineBrowser> {
    for (const folder of [this.#profile, this.downloads]) await mkdir(folder, { recursive: true });
    const options = { profile: this.#profile, downloads: this.downloads, ...this.#settings };
    return this.#engine === 'webkit'
      ? WebKitBrowser.start(options)
      : PuppeteerBrowser.start(this.#engine, options);
  }
}
