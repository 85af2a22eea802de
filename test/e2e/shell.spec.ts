import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { Request } from '@playwright/test';
import { staticHandler } from '../../scripts/serve/static-handler.ts';
import { brotliSize } from '../../scripts/size/brotli-size.ts';
import { BUDGETS } from '../../scripts/size/budgets.ts';
import { shellFiles } from '../../scripts/size/shell-files.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, shutter, takePhoto, test, visit } from './phone-test.ts';

const isWorker = (path: string | undefined) => path?.startsWith('/assets/worker-') ?? false;

test('the shell and Capture are small', async ({ serve, openPhone }, info) => {
  const server = await serve({ dir: 'dist' });
  const page = await openPhone();
  // Whatever waits until the browser is idle delays nothing: here it waits for good.
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await page.goto(server.url);
  await expect(shutter(page, 'cat')).toBeVisible();
  await page.waitForLoadState('networkidle');
  const loaded = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => decodeURIComponent(new URL(name).pathname)),
  );
  const shell = await shellFiles('dist');
  const sizes = await Promise.all(shell.map((path) => brotliSize(`dist/${path}`)));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const list = shell.map((path, i) => `${sizes[i]} ${path}`).join('\n');
  info.annotations.push({ type: 'brotli bytes', description: `${total}\n${list}` });
  // `npm run size` counts the same files: those that the document names.
  expect(loaded.filter((path) => !shell.includes(path.slice(1)))).toEqual([]);
  expect(loaded.some((path) => path.startsWith('/assets/first-page-'))).toBe(true);
  expect(total, list).toBeLessThanOrEqual(BUDGETS['shell']!);
});

test('photos are taken before TensorFlow.js has arrived', async ({
  appFolder,
  serve,
  openPhone,
}) => {
  const answer = staticHandler(appFolder);
  const held: (() => void)[] = [];
  let holding = true;
  const server = await serve({
    intercept: (request: IncomingMessage, response: ServerResponse) => {
      if (!holding || !isWorker(request.url)) return false;
      held.push(() => void answer(request, response));
      return true;
    },
  });
  const page = await openPhone();
  await page.goto(server.url);
  await takePhoto(page);
  await expect.poll(() => held.length).toBeGreaterThan(0);
  await visit(page, 'settings');
  await expect(page.locator('pp-settings-page')).toContainText('Stay online a moment longer');
  await expect(page.locator('pp-app')).not.toHaveAttribute('data-airplane', 'ready');

  holding = false;
  for (const release of held) release();
  await expectOfflineReady(page);
});

test('nothing is asked of any other address, nor of the server once all is here', async ({
  serve,
  openPhone,
}) => {
  const server = await serve();
  const page = await openPhone();
  const requests: Request[] = [];
  page.context().on('request', (request) => requests.push(request));
  await page.goto(server.url);
  await takePhoto(page);
  await expectOfflineReady(page);
  const whileInstalling = server.requests.length;

  await page.reload();
  for (const place of ['photos', 'train', 'live', 'settings', 'capture']) await visit(page, place);
  await takePhoto(page);
  await expectOfflineReady(page);

  expect(requests.length).toBeGreaterThan(50);
  const { origin } = new URL(server.url);
  const elsewhere = requests
    .map((request) => request.url())
    .filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`));
  expect(elsewhere).toEqual([]);
  const since = server.requests.slice(whileInstalling).map(({ path }) => path);
  // The browser looks for a new version by itself.
  expect(since.filter((path) => path !== '/sw.js')).toEqual([]);
});

test('Settings says the version in package.json', async ({ appUrl, openPhone }) => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  const page = await openPhone();
  await page.goto(appUrl);
  await visit(page, 'settings');
  const row = page.locator('pp-settings-page dl .row', { hasText: 'Version' });
  await expect(row.locator('dd')).toHaveText(version);
});

test('the first answer of Live needs few files', async ({ serve, openPhone }) => {
  const server = await serve({ dir: 'dist' });
  const page = await openPhone();
  await page.goto(`${server.url}#/live`);
  await expect(page.locator('pp-live-page')).toBeVisible();
  await expect(page.locator('pp-answer-bars')).toBeVisible({ timeout: 60_000 });
  const worker = page.workers().find((each) => isWorker(new URL(each.url()).pathname))!;
  const scripts = await worker.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith('.js')),
  );
  // Each file costs milliseconds; a chunk for each set of users of a module would be forty.
  expect(scripts.length, scripts.join('\n')).toBeLessThanOrEqual(22);
  expect(scripts.filter((path) => /-page-|page-parts/.test(path))).toEqual([]);
});
