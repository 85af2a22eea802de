import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPets } from './import-pets.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, takePhoto, test } from './phone-test.ts';

/** Adds headers to each answer. */
function withHeaders(added: OutgoingHttpHeaders) {
  return (_request: IncomingMessage, response: ServerResponse): boolean => {
    const writeHead = response.writeHead.bind(response);
    response.writeHead = ((status: number, headers: OutgoingHttpHeaders) =>
      writeHead(status, { ...headers, ...added })) as typeof response.writeHead;
    return false;
  };
}

test('a host that isolates the page: computed on wasm, and offline', async ({
  serve,
  openPhone,
}) => {
  const server = await serve({
    intercept: withHeaders({
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    }),
  });
  const page = await openPhone();
  await page.goto(`${server.url}#/photos`);
  await expectOfflineReady(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await importPets(page, 6);
  await server.close();
  await page.goto(`${server.url}#/train`);
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const hood = page.locator('[data-hood]');
  await hood.locator('summary').first().click();
  await expect(hood).toContainText('WebAssembly');
  await expect(hood).not.toContainText('Not WebAssembly');
});

test('a host that redirects the page: a lost page is fetched anew, and kept for offline', async ({
  serve,
  openPhone,
}) => {
  const server = await serve({
    intercept: ({ url = '' }, response) => {
      if (!url.startsWith('/index.html')) return false;
      response.writeHead(308, { Location: `/${url.slice('/index.html'.length)}` }).end();
      return true;
    },
  });
  const page = await openPhone();
  await page.goto(server.url);
  await expectOfflineReady(page);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (request.url.includes('index.html')) await cache.delete(request);
      }
    }
  });
  await page.reload();
  await takePhoto(page);
  await server.close();
  await page.reload();
  await takePhoto(page);
});

test('a page that is changed on the way: said with the usual causes, and stored once it is not', async ({
  appFolder,
  serve,
  openPhone,
}) => {
  let changes = true;
  const { url } = await serve({
    intercept: ({ url = '' }, response) => {
      if (!changes || !/^\/(index\.html.*)?$/.test(url)) return false;
      const html = readFileSync(join(appFolder, 'index.html'), 'utf8');
      response
        .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
        .end(html.replace('</head>', '<meta name="added" content="on the way"></head>'));
      return true;
    },
  });
  const page = await openPhone();
  await page.goto(url);
  const banner = page.locator('pp-banner');
  await expect(banner).toContainText('what arrives is not what was published');
  await expect(page.locator('pp-app')).not.toHaveAttribute('data-airplane', 'ready');
  changes = false;
  await banner.getByRole('button', { name: 'Try again' }).click();
  await expectOfflineReady(page);
  await expect(banner).toBeHidden();
});
