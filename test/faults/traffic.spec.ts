import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expectOfflineReady, launchPhone } from '../e2e/launch-phone.ts';
import { importPets } from '../e2e/import-pets.ts';
import { takePhoto, visit } from '../e2e/phone-test.ts';
import { expect, test } from './fault-test.ts';

/** What Chromium asks by itself, with any page open or none; a page that asked would meet watchApp. */
const CHROMIUMS_OWN = /^(https?:\/\/)?([\w-]+\.)*(google|googleapis|gstatic|gvt1)\.com[:/]/;

test('nothing leaves the browser, whoever in it asks: all that is not this machine’s goes to a proxy, and none comes', async ({
  folder,
  serve,
  phone,
}) => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(502).end();
  });
  proxy.on('connect', ({ url }, socket) => {
    asked.push(url ?? '');
    socket.destroy();
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  try {
    const server = await serve();
    const { port } = proxy.address() as AddressInfo;
    const page = await phone.open(server.url, { proxy: `http://127.0.0.1:${port}` });
    await importPets(page, 6);
    await visit(page, 'capture');
    await takePhoto(page);
    await expectOfflineReady(page);
    await visit(page, 'train');
    await page.locator('[data-action="train"]').click({ timeout: 60_000 });
    await expect(page.locator('pp-train-page')).toHaveAttribute('data-train-state', 'done', {
      timeout: 60_000,
    });
    const installed = server.requests.length;
    await visit(page, 'live');
    await expect(page.locator('[data-answer]')).toBeVisible({ timeout: 60_000 });
    await visit(page, 'settings');
    await page.reload();
    await expectOfflineReady(page);
    expect(asked.filter((url) => !CHROMIUMS_OWN.test(url))).toEqual([]);
    const since = server.requests.slice(installed).map(({ path }) => path);
    // The browser looks for a new version by itself.
    expect(since.filter((path) => path !== '/sw.js')).toEqual([]);
    // The proxy would have seen it.
    const context = await launchPhone(join(folder, 'control'), {
      proxy: `http://127.0.0.1:${port}`,
    });
    await context
      .pages()[0]!
      .goto('http://example.invalid/')
      .catch(() => undefined);
    await context.close();
    expect(asked).toContain('http://example.invalid/');
  } finally {
    proxy.close();
  }
});
