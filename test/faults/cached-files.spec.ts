import { readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { FolderServer } from '../../scripts/serve/serve-folder.ts';
import { expectOfflineReady } from '../e2e/launch-phone.ts';
import { takePhoto, visit } from '../e2e/phone-test.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../long-form.ts';
import { expect, test, type FragilePhone } from './fault-test.ts';
import { count } from './figures.ts';
import { expectNothingLost } from './stored-library.ts';

/** Installs the app, takes a photo, and switches the phone off. */
async function install(phone: FragilePhone, url: string): Promise<void> {
  const page = await phone.open(url);
  await takePhoto(page);
  await expectOfflineReady(page);
  await phone.close();
}

/** Flips bits in the middle of the files in which Chromium keeps a stored response. */
async function damage({ profile }: FragilePhone, address: RegExp): Promise<void> {
  const folder = join(profile, 'Default', 'Service Worker', 'CacheStorage');
  let damaged = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    if (!/_0$/.test(name)) continue;
    const file = join(folder, name);
    const bytes = await readFile(file);
    // A file begins with the address that it answers.
    if (!address.test(bytes.subarray(0, 400).toString('latin1'))) continue;
    const from = Math.floor(bytes.length / 2);
    for (let at = from; at < from + 64; at++) bytes[at] = bytes[at]! ^ 0xff;
    await writeFile(file, bytes);
    damaged++;
  }
  expect(damaged).toBeGreaterThan(0);
  count('faults injected');
}

/** As `install`; then a page's own file is damaged, and the server is gone. */
async function installAndDamage(phone: FragilePhone, server: FolderServer): Promise<FolderServer> {
  await install(phone, server.url);
  await damage(phone, /\/assets\/train-page-/);
  await server.close();
  return server;
}

/** Removes stored responses, as a browser that clears a part of its data. */
async function remove(page: Page, pattern: string): Promise<void> {
  const removed = await page.evaluate(async (pattern) => {
    let count = 0;
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (new RegExp(pattern).test(request.url)) count += Number(await cache.delete(request));
      }
    }
    return count;
  }, pattern);
  expect(removed).toBeGreaterThan(0);
  count('faults injected');
}

function storedFiles(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('workbox-precache'));
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().length;
  });
}

const MAIN = /\/assets\/main-[\w-]+\.js/;
const STYLES = /\/assets\/theme-[\w-]+\.css/;
const DOCUMENT = /\/index\.html\?__WB/;

test('stored files are damaged or gone, with the server there: repaired, for offline too', async ({
  serve,
  phone,
}) => {
  const server = await serve();
  await install(phone, server.url);
  for (const file of [MAIN, STYLES, DOCUMENT]) await damage(phone, file);

  const page = await phone.open(server.url);
  await takePhoto(page);
  // Of what no page has asked for, too: each visit has all files looked at.
  const before = await storedFiles(page);
  await remove(page, '/assets/(train-page|tfjs-backend-webgl)-');
  await page.reload();
  await expect.poll(() => storedFiles(page)).toBe(before);
  await phone.close();
  await server.close();

  const offline = await phone.open(server.url);
  await takePhoto(offline);
  await visit(offline, 'train');
  await expect(offline.locator('body')).toHaveCSS('overflow', 'hidden');
  await expectOfflineReady(offline);
  expect((await expectNothingLost(offline, new Map())).length).toBeGreaterThanOrEqual(3);
});

test('stored files are damaged, with the server gone: said, and repaired once it is back', async ({
  serve,
  phone,
}) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  const server = await serve();
  await install(phone, server.url);
  await damage(phone, MAIN);
  await server.close();

  const scriptless = await phone.open(server.url);
  await expect(scriptless.getByText('your photos and models are safe')).toBeVisible();
  await phone.close();

  await damage(phone, DOCUMENT);
  const page = await phone.open(server.url);
  await expect(page.getByRole('heading')).toHaveText('Purrceptron cannot start');
  await expect(page.getByText('Your photos and models are safe')).toBeVisible();

  await serve({ port: server.port });
  await page.getByRole('link', { name: 'Try again' }).click();
  await takePhoto(page);
  expect((await expectNothingLost(page, new Map())).length).toBeGreaterThanOrEqual(2);
});

test('a page’s own file is damaged, with the server gone: said there, and the rest works', async ({
  serve,
  phone,
}) => {
  const server = await installAndDamage(phone, await serve());
  const page = await phone.open(`${server.url}#/train`);
  await expect(page.locator('pp-page-outlet')).toContainText('Train did not open');
  await expect(page.locator('pp-page-outlet')).toContainText('photos and models are safe');
  // Nor does the app say that it is ready for airplane mode.
  await expect(page.locator('pp-banner')).toContainText('could not be stored on this phone');
  await visit(page, 'capture');
  await takePhoto(page);
  await serve({ port: server.port });
  await page.locator('pp-banner').getByRole('button', { name: 'Try again' }).click();
  await expectOfflineReady(page);
});

test('a stored file is damaged, and a newer version waits: the app does not call itself ready', async ({
  appFolder,
  serve,
  phone,
}) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  const server = await installAndDamage(phone, await serve());
  const page = await phone.open(server.url);
  const banner = page.locator('pp-banner');
  await expect(banner).toContainText('could not be stored on this phone');

  await serve({ port: server.port, intercept: newerWorker(appFolder) });
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(banner).toContainText('A new version is ready');
  await expect(page.locator('pp-app')).not.toHaveAttribute('data-airplane', 'ready');
  await visit(page, 'settings');
  await expect(page.locator('pp-airplane-section')).toContainText('could not be stored');
});

/** Answers with a service worker of another version. */
function newerWorker(appFolder: string) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.url !== '/sw.js') return false;
    const script = `${readFileSync(`${appFolder}/sw.js`, 'utf8')}\n// newer`;
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
    return true;
  };
}
