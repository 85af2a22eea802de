import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type BrowserContext, type Page } from '@playwright/test';
import type { BrowserPool } from './browser-pool.ts';
import { importPets } from './import-pets.ts';
import { PHONE } from './launch-phone.ts';

/** What a browser has stored for the app, to begin another context with. */
type StoredState = Awaited<ReturnType<BrowserContext['storageState']>>;

const FOLDER = 'build/trained-libraries';
/** Photos of each kind that the first model and the second one learn from. */
const PETS = [14, 24] as const;

/**
 * A library of 24 drawn cats and 24 dogs, and two models: the first was trained on 14 of each kind,
 * the second on all and is in use. For tests that are not about importing or training. The app itself imports and trains, once per
 * build; after that the stored state is read from a file.
 */
export class TrainedLibrary {
  readonly #url: string;
  readonly #appFolder: string;
  readonly #browsers: BrowserPool;
  #state: Promise<StoredState> | undefined;

  constructor(url: string, appFolder: string, browsers: BrowserPool) {
    this.#url = url;
    this.#appFolder = appFolder;
    this.#browsers = browsers;
  }

  /** The state for a new context, at the address of this worker's server. */
  get(): Promise<StoredState> {
    return (this.#state ??= this.#find());
  }

  async #find(): Promise<StoredState> {
    const file = join(FOLDER, `${await this.#version()}.json`);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    const state = text === undefined ? await this.#make() : (JSON.parse(text) as StoredState);
    if (text === undefined) await write(file, JSON.stringify(state));
    const { origin } = new URL(this.#url);
    return { ...state, origins: state.origins.map((stored) => ({ ...stored, origin })) };
  }

  async #make(): Promise<StoredState> {
    const browser = await this.#browsers.get({});
    const context = await browser.newContext(PHONE);
    try {
      const page = await context.newPage();
      await page.goto(`${this.#url}#/photos`);
      await importPets(page, PETS[0]);
      await train(page, 1);
      await importPets(page, PETS[1] - PETS[0], PETS[0]);
      await train(page, 2);
      // The app is at rest when the page is gone.
      await page.goto('about:blank');
      return await context.storageState({ indexedDB: true });
    } finally {
      await context.close();
    }
  }

  /** Changes with the build, with how pets are drawn and with this file. */
  async #version(): Promise<string> {
    const hash = createHash('sha256');
    for (const file of [
      join(this.#appFolder, 'sw.js'),
      'test/fixtures/drawn-pets.ts',
      'test/e2e/trained-library.ts',
    ])
      hash.update(await readFile(file));
    return hash.digest('hex').slice(0, 12);
  }
}

async function train(page: Page, models: number): Promise<void> {
  await page.evaluate(() => (location.hash = '#/train'));
  await page.locator('[data-action="train"]').click({ timeout: 60_000 });
  await expect(page.locator('[data-action="models"]')).toContainText(`(${models})`, {
    timeout: 60_000,
  });
}

/** In one step, because another worker may write or read the same file. */
async function write(file: string, text: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const making = `${file}.${process.pid}`;
  await writeFile(making, text);
  await rename(making, file);
}
