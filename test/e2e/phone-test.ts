import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { permissionsOf, type ChromiumOptions } from '../../scripts/chromium.ts';
import {
  serveFolder,
  type FolderServer,
  type ServeOptions,
} from '../../scripts/serve/serve-folder.ts';
import { collectCoverage } from '../coverage.ts';
import { tinyApp } from '../fixtures/tiny-app.ts';
import { BrowserPool } from './browser-pool.ts';
import { PHONE } from './launch-phone.ts';
import { TrainedLibrary } from './trained-library.ts';
import { watchApp } from './watch-app.ts';

interface PhoneOptions extends ChromiumOptions {
  /** Starts with the photos and models of `TrainedLibrary`, at the address `appUrl`. */
  readonly trained?: boolean;
}

interface PhoneTest {
  /** A folder that is this test's own, and gone after it. */
  readonly folder: string;
  /**
   * Serves the tiny app, or what the options say, until the test ends. For tests that close their
   * server, count its requests or let it misbehave; all others use `appUrl`.
   */
  readonly serve: (options?: Partial<ServeOptions>) => Promise<FolderServer>;
  /** What a test's own fault makes the app write to the console. */
  readonly expectedErrors: RegExp | undefined;
  /** An empty page in a browser that has never seen the app. */
  readonly openPhone: (options?: PhoneOptions) => Promise<Page>;
}

interface PhoneWorker {
  readonly browsers: BrowserPool;
  /** The folder of the tiny app: the built app with a tiny base model. */
  readonly appFolder: string;
  /**
   * The address of the tiny app, on the one server of this worker. Its service worker stores no
   * files, which would take each test two seconds of a core; tests of the real one use `serve`.
   */
  readonly appUrl: string;
  readonly trainedLibrary: TrainedLibrary;
}

/**
 * Tests of the built app. Each has a browser context of its own, which is like a new phone;
 * the browsers and a server belong to the worker. See watchApp for what fails any test.
 */
export const test = base.extend<PhoneTest, PhoneWorker>({
  browsers: [
    async ({}, use) => {
      const browsers = new BrowserPool();
      await use(browsers);
      await browsers.close();
    },
    { scope: 'worker' },
  ],
  appFolder: [
    async ({}, use) => {
      await use(await tinyApp());
    },
    { scope: 'worker' },
  ],
  appUrl: [
    async ({ appFolder }, use) => {
      const server = await serveFolder({
        dir: appFolder,
        intercept: (request, response) =>
          answerLightWorker(request, response) || uncompressed(request, response),
      });
      await use(server.url);
      await server.close();
    },
    { scope: 'worker' },
  ],
  trainedLibrary: [
    async ({ appUrl, appFolder, browsers }, use) => {
      await use(new TrainedLibrary(appUrl, appFolder, browsers));
    },
    { scope: 'worker' },
  ],
  expectedErrors: [undefined, { option: true }],
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'purrceptron-'));
    await use(folder);
    // A browser that was killed may still be writing its last.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  },
  serve: async ({ appFolder }, use) => {
    const servers: FolderServer[] = [];
    await use(async (options = {}) => {
      const { intercept } = options;
      const server = await serveFolder({
        dir: appFolder,
        ...options,
        intercept: (request, response) =>
          (intercept?.(request, response) ?? false) || uncompressed(request, response),
      });
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.close()));
  },
  openPhone: async ({ browsers, trainedLibrary, expectedErrors }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: (readonly string[])[] = [];
    await use(async ({ trained = false, ...options } = {}) => {
      const storageState = trained ? await trainedLibrary.get() : undefined;
      const browser = await browsers.get(options);
      const context = await browser.newContext({
        ...PHONE,
        ...permissionsOf(options),
        ...(storageState && { storageState }),
      });
      collectCoverage(context);
      contexts.push(context);
      complaints.push(await watchApp(context));
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(complaints.flat().filter((text) => !expectedErrors?.test(text))).toEqual([]);
  },
});

/** A service worker that is there at once, and says that all files are stored. */
const LIGHT_WORKER = `
  addEventListener('install', (event) => event.waitUntil(skipWaiting()));
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('message', ({ data, ports }) => {
    if (data?.type === 'CHECK_FILES') ports[0]?.postMessage(true);
  });
`;

function answerLightWorker({ url }: IncomingMessage, response: ServerResponse): boolean {
  if (url !== '/sw.js') return false;
  response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(LIGHT_WORKER);
  return true;
}

/** Compressing TensorFlow.js for each server takes seconds; unit/serve-folder tests compression. */
function uncompressed(request: IncomingMessage, _response: ServerResponse): boolean {
  delete request.headers['accept-encoding'];
  return false;
}

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

/** Takes one photo with the live camera: it must be counted, which is to say stored. */
export async function takePhoto(page: Page): Promise<void> {
  await expect(shutter(page, 'cat')).toBeEnabled();
  const hasFrame = (video: HTMLVideoElement) => video.readyState >= video.HAVE_CURRENT_DATA;
  await expect.poll(() => page.locator('video').evaluate(hasFrame)).toBe(true);
  // Without a pointer: on a busy machine a tap may last so long that it is a burst.
  await takeOne(page, {
    count: () => countOf(page, 'cat'),
    take: () => shutter(page, 'cat').dispatchEvent('click'),
  });
}

/**
 * Takes a photo in one way, until one more is counted: the very same picture is not stored twice, which
 * a notice says, and before the camera's first frame there is none.
 */
export async function takeOne(
  page: Page,
  { count, take }: { count: () => Promise<number>; take: () => Promise<void> },
): Promise<void> {
  const before = await count();
  await expect(async () => {
    const notices = await noticesOf(page);
    if ((await count()) === before) await take();
    const isOver = async () => (await count()) > before || (await noticesOf(page)) > notices;
    await expect.poll(isOver, { timeout: 20_000 }).toBe(true);
    expect(await count()).toBeGreaterThan(before);
  }).toPass();
}

/** How many notices the page has shown since this was first asked of it. */
function noticesOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const scope = globalThis as { shownNotices?: number };
    if (scope.shownNotices === undefined) {
      scope.shownNotices = 0;
      addEventListener('pp-notice', () => (scope.shownNotices! += 1));
    }
    return scope.shownNotices;
  });
}

/** How many photos of a class its shutter counts. */
export async function countOf(page: Page, classId: string): Promise<number> {
  const label = await shutter(page, classId).getAttribute('aria-label');
  return Number(/(\d+) photo/.exec(label ?? '')?.[1] ?? 0);
}

export { expect } from '@playwright/test';
