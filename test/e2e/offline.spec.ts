import { cp, readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import type { Page } from '@playwright/test';
import { LONG_FORM, LONG_FORM_ONLY } from '../long-form.ts';
import { answer, faultyFile } from '../fixtures/base-file-server.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, takePhoto, test as base, visit } from './phone-test.ts';
import { integrityOf, precacheList, publishChange } from '../fixtures/precache-list.ts';

const test = base.extend<{
  /** A copy of the tiny app that a test can change. */
  readonly ownFolder: string;
}>({
  ownFolder: async ({ appFolder, folder }, use) => {
    const dir = join(folder, 'dist');
    await cp(appFolder, dir, { recursive: true });
    await use(dir);
  },
});

// Of the captive portal's page in the place of the manifest.
test.use({ expectedErrors: /^Console: Manifest: .+ Syntax error/ });

const banner = (page: Page) => page.locator('pp-banner');

test('each file of the app is kept for offline use, with the hash of its bytes', async () => {
  const found = await readdir('dist', { recursive: true, withFileTypes: true });
  const files = found
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).split(sep).slice(1).join('/'));
  const online =
    /^(sw|kill-switch)\.js$|^_headers$|^screenshots\/|\.map$|^bases\/.+\/(model\.json|.+\.bin)$/;
  const entries = await precacheList('dist');
  expect(entries.map(({ url }) => url).sort()).toEqual(
    files.filter((path) => !online.test(path)).sort(),
  );
  // All but the largest file is there from the installation on.
  const onDemand = entries.filter((entry) => entry.onDemand);
  expect(onDemand.map(({ url }) => url)).toEqual([expect.stringContaining('h5wasm')]);
  for (const { url, revision, integrity } of entries) {
    const expected = integrityOf(await readFile(join('dist', url)));
    expect(integrity, url).toBe(expected);
    // A name that stays the same needs a revision, or its old bytes would stay too.
    if (revision === null) expect(url).toMatch(/^assets\/.+-[\w-]{8}\.\w+$/);
    else expect(expected, url).toContain(revision);
  }
});

const PORTAL = '<!doctype html><title>Welcome to the hotel</title>';
const HTML = { 'Content-Type': 'text/html', 'Last-Modified': 'Mon, 01 Jan 2024 00:00:00 GMT' };

/** Of the precached files, one with a fixed name and one with a hash in it. */
const FAULTS: readonly {
  readonly what: string;
  readonly file: RegExp;
  /** One of each kind of file and of fault is enough for the short form. */
  readonly longFormOnly?: boolean;
  readonly answer: (response: ServerResponse) => void;
}[] = [
  {
    what: 'error 500',
    longFormOnly: true,
    file: /maskable-512[^/]*\.png$/,
    answer: (response) => response.writeHead(500).end('Internal server error'),
  },
  {
    what: 'a captive portal’s page',
    longFormOnly: true,
    file: /\/manifest\.webmanifest$/,
    answer: (response) => response.writeHead(200, HTML).end(PORTAL),
  },
  {
    what: 'a captive portal’s page that browsers keep',
    file: /\/assets\/tfjs-backend-webgpu-.+\.js$/,
    answer: (response) => response.writeHead(200, HTML).end(PORTAL),
  },
  {
    what: 'half of the bytes',
    file: /\/assets\/tfjs-backend-webgl-.+\.js$/,
    answer: (response) => {
      response.writeHead(200, { 'Content-Type': 'text/javascript', 'Content-Length': 2000 });
      response.write('x'.repeat(1000), () => response.destroy());
    },
  },
];

for (const { what, file, answer, longFormOnly = false } of FAULTS) {
  test(`the first installation meets ${what}: said, and tried again`, async ({
    serve,
    openPhone,
  }) => {
    test.skip(longFormOnly && !LONG_FORM, LONG_FORM_ONLY);
    let ill = true;
    const server = await serve({
      intercept: (request, response) => {
        if (!ill || !file.test(request.url ?? '')) return false;
        answer(response);
        return true;
      },
    });
    const page = await openPhone();
    await page.goto(server.url);
    await expect(banner(page)).toContainText('could not be stored on this phone');
    await takePhoto(page);
    await banner(page).getByRole('button', { name: 'Try again' }).click();
    await expect(banner(page)).toContainText('could not be stored on this phone');
    await expect(page.locator('pp-app')).not.toHaveAttribute('data-airplane', 'ready');

    ill = false;
    await banner(page).getByRole('button', { name: 'Try again' }).click();
    await expectOfflineReady(page);
    await expect(banner(page)).toBeHidden();

    await server.close();
    await page.reload();
    await expectOfflineReady(page);
  });
}

test('in a subfolder of a host it works offline too', async ({ serve, openPhone }) => {
  const server = await serve({ dir: 'dist', base: '/app/' });
  const page = await openPhone();
  await page.goto(server.url);
  await expectOfflineReady(page);
  expect(server.requests.filter(({ path }) => !path.startsWith('/app/'))).toEqual([]);

  await server.close();
  await page.reload();
  await takePhoto(page);
  await expectOfflineReady(page);
  await page.goto(`${server.url}?source=home-screen#/settings`);
  await expect(page.locator('pp-settings-page')).toBeVisible();
});

/** Has a window find a new version of the page, in a folder that is its server's. */
async function findNewVersion(page: Page, dir: string): Promise<void> {
  await expectOfflineReady(page);
  await publishChange(dir, 'index.html', (html) =>
    html.replace('content="Teach', 'content="2: Teach'),
  );
  await page.reload();
  await expect(banner(page)).toContainText('A new version is ready.');
}

/** Whether the window shows the page of the new version. */
const isNew = (page: Page) =>
  page.evaluate(() =>
    document.querySelector<HTMLMetaElement>('meta[name="description"]')!.content.startsWith('2:'),
  );

test('a new version waits until the person agrees', async ({ ownFolder, serve, openPhone }) => {
  const server = await serve({ dir: ownFolder });
  const page = await openPhone();
  await page.goto(server.url);
  await findNewVersion(page, ownFolder);
  const other = await page.context().newPage();
  await other.goto(server.url);
  // Neither reloading nor another window changes over: a training may be running in this one.
  await page.reload();
  await expect(banner(page)).toContainText('A new version is ready.');
  expect([await isNew(page), await isNew(other)]).toEqual([false, false]);

  await banner(page).getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('meta[name="description"]')).toHaveAttribute('content', /^2:/);
  await expectOfflineReady(page);
  await expect(banner(page)).toBeHidden();
  // The other window goes on as it is, and says that it is old.
  await expect(banner(other)).toContainText('A new version is ready.');
  expect(await isNew(other)).toBe(false);
  await banner(other).getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => isNew(other)).toBe(true);
});

test('a new version that cannot take over at once does so after reloads', async ({
  ownFolder,
  serve,
  openPhone,
}) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  const icon = `assets/${(await readdir(join(ownFolder, 'assets'))).find((name) => /^icon-192/.test(name))!}`;
  const held: ServerResponse[] = [];
  let holds = false;
  const server = await serve({
    dir: ownFolder,
    intercept: ({ url }, response) => {
      const isHeld = holds && url!.startsWith(`/${icon}`);
      if (isHeld) held.push(response);
      return isHeld;
    },
  });
  const page = await openPhone();
  await page.goto(server.url);
  await findNewVersion(page, ownFolder);
  // Another window keeps the old service worker busy: it fetches a lost file, slowly.
  const other = await page.context().newPage();
  await other.goto(server.url);
  holds = true;
  await other.evaluate(async (icon) => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) if (url.includes(icon)) await cache.delete(url);
    }
    void fetch(icon).catch(() => undefined);
  }, icon);
  await expect.poll(() => held.length).toBeGreaterThan(0);

  const reloaded = page.waitForEvent('load');
  await banner(page).getByRole('button', { name: 'Reload' }).click();
  await reloaded;
  holds = false;
  for (const response of held) response.writeHead(404).end();
  await expect(page.locator('meta[name="description"]')).toHaveAttribute('content', /^2:/);
  await expect(banner(page)).toBeHidden();
});

test('the base model is lost while offline: said, photos go on, and it is fetched anew', async ({
  serve,
  openPhone,
}) => {
  const server = await serve();
  const page = await openPhone();
  await page.goto(server.url);
  await expectOfflineReady(page);
  await server.close();
  await page.evaluate(async () => {
    for (const name of await caches.keys()) if (name.includes('bases')) await caches.delete(name);
  });
  await page.reload();
  await expect(banner(page)).toContainText('Taking and keeping photos works.');
  await takePhoto(page);
  await visit(page, 'train');
  await expect(page.locator('pp-train-page')).toContainText('connect and try again');

  await serve({ port: server.port });
  await page.locator('pp-train-page').getByRole('button', { name: 'Try again' }).click();
  await expectOfflineReady(page);
});

test('the base model’s download breaks off: how far it is can be read, and it goes on there', async ({
  serve,
  openPhone,
}) => {
  const weights = faultyFile(await readFile('dist/bases/openimages/weights.bin'));
  const size = weights.bytes.length;
  weights.cutAfter = Math.floor(0.6 * size);
  weights.stalls = true;
  const server = await serve({
    dir: 'dist',
    intercept: (request, response) => {
      if (!request.url?.endsWith('/weights.bin')) return false;
      answer(weights, request, response);
      return true;
    },
  });
  const page = await openPhone();
  await page.goto(`${server.url}#/settings`);
  const settings = page.locator('pp-airplane-section');
  await expect(settings).toContainText('2.8 of 4.6 MB');

  // A server that is ill, then one that is well while the phone finds its network again.
  weights.failWith = 500;
  await page.reload();
  await expect(settings).toContainText('The base model did not start.');
  weights.failWith = undefined;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expectOfflineReady(page);
  const start = Number(/^bytes=(\d+)-$/.exec(weights.ranges.at(-1)!)![1]);
  // Of what had arrived, a page that is closed loses half a megabyte at most.
  expect(start).toBeGreaterThan(0.6 * size - 512 * 1024);
  expect(weights.sent.at(-1)).toBe(size - start);
});
