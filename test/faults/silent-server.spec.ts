import type { IncomingMessage, ServerResponse } from 'node:http';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectOfflineReady } from '../e2e/launch-phone.ts';
import { takePhoto, visit } from '../e2e/phone-test.ts';
import { LONG_FORM } from '../long-form.ts';
import { expect, longForm, test } from './fault-test.ts';
import { count } from './figures.ts';

// A fault may make the app write to the console.
test.use({ expectedErrors: /^Console: / });

const banner = (page: Page) => page.locator('pp-banner');

/** The time that the service worker gives a file, and what a test of every day makes of it. */
const PATIENCE = process.env['COVERAGE'] ? ',9e4' : '=9e4';
const SHORT_PATIENCE = PATIENCE.replace('9e4', '3e3');

/** A copy of the built app whose service worker waits for seconds only. */
async function impatientApp(app: string, folder: string): Promise<string> {
  const dir = join(folder, 'dist');
  await cp(app, dir, { recursive: true });
  const script = await readFile(join(dir, 'sw.js'), 'utf8');
  expect(script.split(PATIENCE)).toHaveLength(2);
  await writeFile(join(dir, 'sw.js'), script.replace(PATIENCE, SHORT_PATIENCE));
  return dir;
}

/** Takes the request and never answers, until `speak`. */
class SilentServer {
  readonly #file: RegExp;
  #silent = true;
  /** How often a silent file was asked for. */
  asked = 0;

  constructor(file: RegExp) {
    this.#file = file;
  }

  readonly intercept = (request: IncomingMessage, response: ServerResponse): boolean => {
    if (!this.#silent || !this.#file.test(request.url ?? '')) return false;
    this.asked++;
    // A few bytes, so that it looks as if more were to come.
    if (request.url?.endsWith('.bin')) response.writeHead(200).write('x');
    return true;
  };

  get met(): boolean {
    return this.asked > 0;
  }

  speak(): void {
    this.#silent = false;
  }
}

test('the server falls silent during the first installation: said, and tried again', async ({
  appFolder,
  folder,
  serve,
  openPhone,
}) => {
  const silence = new SilentServer(/maskable-512[^/]*\.png$/);
  const dir = LONG_FORM ? appFolder : await impatientApp(appFolder, folder);
  const server = await serve({ dir, intercept: silence.intercept });
  const page = await openPhone();
  await page.goto(server.url);
  await takePhoto(page);
  const tryAgain = banner(page).getByRole('button', { name: 'Try again' });
  // On a busy machine another file may be too slow for so little patience; a person taps again.
  await expect(async () => {
    if (!silence.met && (await tryAgain.isVisible())) await tryAgain.click();
    expect(silence.met).toBe(true);
  }).toPass();
  await expect(banner(page)).toContainText('could not be stored on this phone', {
    timeout: 150_000,
  });
  // It is not asked again, to wait as long once more.
  expect(silence.asked).toBe(1);
  count('faults injected');
  silence.speak();
  await expect(async () => {
    if (await tryAgain.isVisible()) await tryAgain.click();
    await expectOfflineReady(page, 15_000);
  }).toPass();
});

longForm(() => {
  test('the server never gives the service worker: said, and it comes when the app is opened anew', async ({
    serve,
    phone,
  }) => {
    const silence = new SilentServer(/\/sw\.js$/);
    const server = await serve({ intercept: silence.intercept });
    const page = await phone.open(server.url);
    await expect(banner(page)).toContainText('could not be stored on this phone', {
      timeout: 90_000,
    });
    count('faults injected');
    silence.speak();
    // As long as it runs, Chromium waits for its first request, also when the app asks again.
    await phone.close();
    await expectOfflineReady(await phone.open(server.url));
  });

  test('the server falls silent within the base model: said, and tried again', async ({
    serve,
    phone,
  }) => {
    const silence = new SilentServer(/\.bin$/);
    const server = await serve({ intercept: silence.intercept });
    const page = await phone.open(server.url);
    await takePhoto(page);
    await visit(page, 'train');
    await expect(page.locator('pp-train-page')).toContainText('connect and try again', {
      timeout: 60_000,
    });
    count('faults injected');
    silence.speak();
    await page.locator('pp-train-page').getByRole('button', { name: 'Try again' }).click();
    await expectOfflineReady(page);
  });
});
