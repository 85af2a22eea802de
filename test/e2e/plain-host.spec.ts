import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { headersFor } from '../../scripts/serve/headers.ts';
import { importKind } from './import-pets.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, takePhoto, test, visit } from './phone-test.ts';

/** What the plainest static host sends. */
const PLAIN = ['Content-Type', 'Content-Length', 'Content-Encoding', 'ETag', 'Vary'];

/** Takes the app's own headers off each answer. */
function withoutHeaders(_request: IncomingMessage, response: ServerResponse): boolean {
  const writeHead = response.writeHead.bind(response);
  response.writeHead = ((status: number, headers: OutgoingHttpHeaders) =>
    writeHead(
      status,
      Object.fromEntries(Object.entries(headers).filter(([name]) => PLAIN.includes(name))),
    )) as typeof response.writeHead;
  return false;
}

/** Tries to run a script that is written into the page. */
const INJECT = () => {
  const script = document.createElement('script');
  script.append('document.documentElement.dataset.injected = "true"');
  document.head.append(script);
};

test('a host without headers serves a whole app', async ({ serve, openPhone }) => {
  const { url } = await serve({ intercept: withoutHeaders });
  const page = await openPhone();
  const response = await page.goto(url);
  expect(response!.headers()['content-security-policy']).toBeUndefined();
  await takePhoto(page);
  // The learning worker among it, which keeps the base model.
  await expectOfflineReady(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  // From now on the service worker adds the headers that isolate the page and its workers.
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await takePhoto(page);
  await importKind(page, 'dog', 6);
  await visit(page, 'train');
  const hood = page.locator('[data-hood]');
  await hood.locator('summary').first().click();
  await expect(hood).toContainText('WebAssembly');
  await expect(hood).not.toContainText('Not WebAssembly');
});

test.describe('a script that is written into the page', () => {
  test.use({
    expectedErrors:
      /^Content security policy: (script-src|require-trusted)|^Console: .*(violat|TrustedScript)/,
  });

  for (const [host, intercept] of [
    ['without headers', withoutHeaders],
    ['with headers', () => false],
  ] as const) {
    test(`does not run on a host ${host}`, async ({ serve, openPhone }) => {
      const { url } = await serve({ intercept });
      const page = await openPhone();
      await page.goto(url);
      await expect(page.locator('pp-capture-page')).toBeVisible();
      await page.evaluate(INJECT);
      await expect(page.locator('html')).not.toHaveAttribute('data-injected');
    });
  }
});

test('the page states the policy of its header, without the directive that works in a header only', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(appUrl);
  const stated = page.locator('meta[http-equiv="Content-Security-Policy"]');
  const header = headersFor('/')['Content-Security-Policy']!;
  await expect(stated).toHaveAttribute('content', header.replace(" frame-ancestors 'none';", ''));
});
