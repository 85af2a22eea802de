import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { readWebPage } from '../../src/models/formats/web-page/write-web-page.ts';
import { expectAccessible } from '../e2e/accessible.ts';
import { expectGolden, HOSTILE, makePage, open, servePage, shown } from './exported-page.ts';

let folder: string;
test.beforeAll(async () => {
  await tf.setBackend('cpu');
  // Of a window, what @lit/localize needs of it to change the language.
  Object.assign(globalThis, { dispatchEvent: () => true });
  folder = await mkdtemp(join(tmpdir(), 'purrceptron-page-'));
});
test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const pages = new Map<string, ReturnType<typeof makePage>>();

/** A page with these facts, which is made once for all tests. */
function pageWith(facts: Parameters<typeof makePage>[1] = {}): ReturnType<typeof makePage> {
  const key = JSON.stringify(facts);
  const made = pages.get(key) ?? makePage(folder, facts);
  pages.set(key, made);
  return made;
}

test('a page from a file answers as the app does, and asks no address', async ({ context }) => {
  const made = await pageWith();
  const { page, requests, faults } = await open(context, pathToFileURL(made.path).href);
  await expectGolden(page, made);
  const own = requests.filter((url) => !/^(blob|data):/.test(url));
  expect(own).toEqual([pathToFileURL(made.path).href]);
  expect(faults).toEqual([]);
});

test('a page from a plain server answers as the app does, and asks nothing more', async ({
  context,
}) => {
  const made = await pageWith();
  const { url, asked, server } = await servePage(made.bytes);
  try {
    const { page, faults } = await open(context, url);
    await expectGolden(page, made);
    expect(asked).toEqual(['/']);
    // Its policy refuses what somebody might add.
    const refused = await page.evaluate(() =>
      fetch('/other').then(
        () => 'answered',
        () => 'refused',
      ),
    );
    expect(refused).toBe('refused');
    expect(asked).toEqual(['/']);
    expect(faults.join()).toContain('Content Security Policy');
  } finally {
    server.close();
  }
});

test('names that look like code are shown as they are', async ({ context }) => {
  const made = await pageWith();
  const { page, faults } = await open(context, pathToFileURL(made.path).href);
  await expect(page).toHaveTitle(`Model ${HOSTILE}`);
  await expect(page.locator('h1')).toHaveText(`Model ${HOSTILE}`);
  await expect(page.locator('#bars dt').nth(2)).toHaveText(HOSTILE);
  await page.locator('summary').click();
  await expect(page.locator('#model-card')).toHaveText(`# ${HOSTILE}`);
  expect(faults).toEqual([]);
  expect(readWebPage(made.bytes).facts.name).toBe(`Model ${HOSTILE}`);
});

test('without a worker, the page itself answers', async ({ context }) => {
  const made = await pageWith();
  await context.addInitScript(() => {
    Object.defineProperty(window, 'Worker', {
      value: function Worker() {
        throw new DOMException('Not here', 'SecurityError');
      },
    });
  });
  const { page, faults } = await open(context, pathToFileURL(made.path).href);
  await expectGolden(page, made);
  expect(faults).toEqual([]);
});

test('when the worker breaks before it is asked, the page itself answers', async ({ context }) => {
  const made = await pageWith();
  await context.addInitScript(() => {
    Object.defineProperty(window, 'Worker', {
      value: function Worker() {
        const worker = {
          postMessage: () => undefined,
          terminate: () => undefined,
          onerror: () => undefined,
        };
        setTimeout(() => {
          worker.onerror();
        });
        return worker;
      },
    });
  });
  const { page, faults } = await open(context, pathToFileURL(made.path).href);
  await expectGolden(page, made);
  expect(faults).toEqual([]);
});

test('a photo that is chosen while the browser asks for the camera closes the camera', async ({
  context,
}) => {
  const made = await pageWith();
  const { page, faults } = await open(context, pathToFileURL(made.path).href);
  const stopped = page.evaluate(
    () =>
      new Promise((resolve) => {
        const canvas = document.createElement('canvas');
        const draw = () => {
          canvas.getContext('2d')!.fillRect(0, 0, 50, 50);
          requestAnimationFrame(draw);
        };
        draw();
        const stream = canvas.captureStream();
        stream.getTracks()[0]!.stop = () => {
          resolve('stopped');
        };
        navigator.mediaDevices.getUserMedia = () =>
          new Promise((allow) => {
            Object.assign(window, {
              allow: () => {
                allow(stream);
              },
            });
          });
      }),
  );
  await page.locator('#camera').click();
  await page.locator('#file').setInputFiles(made.pictures[0]!);
  await expect(page.locator('#photo')).toBeVisible();
  await page.evaluate(() => {
    (window as unknown as { allow: () => void }).allow();
  });
  expect(await stopped).toBe('stopped');
  await expect(page.locator('#photo')).toBeVisible();
  expect(faults).toEqual([]);
});

test('without SIMD, plain JavaScript answers', async ({ context }) => {
  const made = await pageWith();
  await context.addInitScript(() => {
    Object.defineProperty(window, 'Worker', { value: undefined });
    WebAssembly.validate = () => false;
  });
  const { page, faults } = await open(context, pathToFileURL(made.path).href);
  await expectGolden(page, made);
  expect(faults).toEqual([]);
});

test('a page without a secure context, or without a camera, takes photos', async ({ context }) => {
  const made = await pageWith();
  for (const kind of ['insecure', 'refused', 'noCamera']) {
    const own = await context.newPage();
    await own.addInitScript((kind) => {
      Object.defineProperty(navigator, 'mediaDevices', {
        value:
          kind === 'insecure'
            ? undefined
            : {
                getUserMedia: () => {
                  const name = kind === 'refused' ? 'NotAllowedError' : 'NotFoundError';
                  return Promise.reject(new DOMException('', name));
                },
              },
      });
    }, kind);
    await own.goto(pathToFileURL(made.path).href);
    await own.locator('#camera').click();
    await expect(own.locator('#problem')).toHaveAttribute('data-kind', kind);
    await expectGolden(own, made);
    await expect(own.locator('#problem')).toBeHidden();
    await own.close();
  }
});

test('a file that is no picture is refused in words', async ({ context }) => {
  const made = await pageWith();
  const { page } = await open(context, pathToFileURL(made.path).href);
  await page.locator('#file').setInputFiles({
    ...{ name: 'cat.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') },
  });
  await expect(page.locator('#problem')).toHaveAttribute('data-kind', 'unreadable');
});

test('the camera is watched, and let go', async ({ browser }) => {
  const made = await pageWith();
  const context = await browser.newContext({ permissions: ['camera'] });
  const { url, server } = await servePage(made.bytes);
  try {
    const { page, faults } = await open(context, url);
    await page.evaluate(() => {
      const canvas = document.createElement('canvas');
      const draw = () => {
        canvas.getContext('2d')!.fillRect(0, 0, 50, 50);
        requestAnimationFrame(draw);
      };
      draw();
      navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream());
    });
    await page.locator('#camera').click();
    await shown(page);
    await expect(page.locator('#video')).toBeVisible();
    await page.locator('#camera').click();
    await expect(page.locator('#video')).toBeHidden();
    expect(
      await page.locator('#video').evaluate((video) => (video as HTMLVideoElement).srcObject),
    ).toBeNull();
    expect(faults).toEqual([]);
  } finally {
    server.close();
    await context.close();
  }
});

for (const [locale, language, direction] of [
  ['es-MX', 'es', 'ltr'],
  ['ar-EG', 'ar', 'rtl'],
  ['de-DE', 'es', 'ltr'],
] as const) {
  test(`a browser in ${locale} gets the page in ${language}, and it is accessible`, async ({
    browser,
  }) => {
    const made = await pageWith({ language: 'es' });
    const context = await browser.newContext({ locale });
    const { page } = await open(context, pathToFileURL(made.path).href);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute('dir', direction);
    await expectAccessible(page, 'before a picture');
    await page.locator('#file').setInputFiles(made.pictures[1]!);
    await shown(page);
    await expectAccessible(page, 'with an answer');
    await context.close();
  });
}
