import type { IncomingMessage } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type TestInfo } from '@playwright/test';
import { ENGINE_PACKAGES, hasEngine, type OtherEngine } from '../../scripts/other-engines.ts';
import {
  serveFolder,
  type FolderServer,
  type ServeOptions,
} from '../../scripts/serve/serve-folder.ts';
import { drawnPets, renderJpegs } from '../fixtures/camera-file.ts';
import type { PetKind } from '../fixtures/drawn-pets.ts';
import { tinyApp } from '../fixtures/tiny-app.ts';
import { AppInEngine } from './app-in-engine.ts';
import { KeptBrowser, type BrowserSettings } from './kept-browser.ts';

export interface EngineOptions {
  /** Set by the project: see playwright.config.ts. */
  readonly engine: OtherEngine;
}

interface EngineWorker {
  /** The one browser of this worker; it starts with the first test that needs it. */
  readonly keptBrowser: KeptBrowser;
}

interface EngineTest {
  /** The app in this engine; no place of it is open yet. Skips the test where the engine is missing. */
  readonly app: AppInEngine;
  /**
   * Serves the app with a tiny base, or a folder, until the test ends. Each server has an address of
   * its own, at which nothing is stored yet.
   */
  readonly serve: (options?: Partial<ServeOptions>) => Promise<FolderServer>;
  /**
   * The app in another browser with settings of its own, which ends with the test. Skips the test where
   * the engine is missing.
   */
  readonly startApart: (settings: BrowserSettings) => Promise<AppInEngine>;
  /** Draws pets, one a seed. @returns the files */
  readonly drawFiles: (kind: PetKind, seeds: readonly number[]) => Promise<string[]>;
}

/**
 * Tests that run in every engine that is installed. One browser serves all tests of an engine, and
 * each test has an address of its own, which to a browser is another app. A test fails if the app
 * writes an error to the console.
 */
export const test = base.extend<EngineTest, EngineWorker & EngineOptions>({
  engine: ['webkit', { option: true, scope: 'worker' }],
  keptBrowser: [
    async ({ engine }, use) => {
      const { kept, end } = await makeBrowser(engine);
      await use(kept);
      await end();
    },
    { scope: 'worker' },
  ],
  // Ends before the servers, without which an app may write errors.
  app: async ({ engine, keptBrowser, serve: _serve }, use, info) => {
    skipWhereMissing(engine, info);
    const app = new AppInEngine(keptBrowser);
    await app.start();
    info.annotations.push({ type: 'engine', description: app.browser.version });
    await use(app);
    if (info.status !== info.expectedStatus) {
      const path = info.outputPath('window.png');
      await writeFile(path, await app.browser.screenshot());
      await info.attach('window', { path, contentType: 'image/png' });
    }
    const errors = app.browser.takeErrors();
    // What it does meanwhile is no other test's.
    await app.browser.open('about:blank');
    expect(errors).toEqual([]);
  },
  startApart: async ({ engine }, use, info) => {
    skipWhereMissing(engine, info);
    const ends: (() => Promise<void>)[] = [];
    await use(async (settings) => {
      const { kept, end } = await makeBrowser(engine, settings);
      ends.push(end);
      const app = new AppInEngine(kept);
      await app.start();
      return app;
    });
    await Promise.all(ends.map((end) => end()));
  },
  serve: async ({}, use) => {
    const servers: FolderServer[] = [];
    await use(async (options = {}) => {
      const server = await serveFolder({
        dir: await tinyApp(),
        intercept: uncompressed,
        ...options,
      });
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.close()));
  },
  drawFiles: async ({}, use, info) => {
    await use(async (kind, seeds) => {
      const folder = info.outputPath('pets');
      await mkdir(folder, { recursive: true });
      const jpegs = await renderJpegs(drawnPets(kind, seeds), 480, 640);
      const paths = jpegs.map((_, i) => join(folder, `${kind}-${seeds[i]!}.jpg`));
      await Promise.all(paths.map((path, i) => writeFile(path, jpegs[i]!)));
      return paths;
    });
  },
});

function skipWhereMissing(engine: OtherEngine, info: TestInfo): void {
  info.skip(!hasEngine(engine), `not installed: ${ENGINE_PACKAGES[engine].join(', ')}`);
}

/** A browser, not started yet, that keeps its data in a folder; `end` deletes both. */
async function makeBrowser(engine: OtherEngine, settings: BrowserSettings = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'purrceptron-'));
  const kept = new KeptBrowser(engine, folder, settings);
  const end = async () => {
    await kept.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  return { kept, end };
}

/** Compressing TensorFlow.js for each server takes seconds of both cores. */
function uncompressed(request: IncomingMessage): boolean {
  delete request.headers['accept-encoding'];
  return false;
}

export { expect };
