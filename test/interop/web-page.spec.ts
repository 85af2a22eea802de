import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { makePageParts } from '../../scripts/build/page-parts.mjs';
import { inEachLanguage } from '../../src/i18n/each-language.ts';
import { goldenFiles, softPicture } from '../../src/models/formats/golden-vectors.ts';
import { programOf } from '../../src/models/formats/operations/program-of.ts';
import { pageTexts } from '../../src/models/formats/web-page/page-texts.ts';
import type { PageFacts } from '../../src/models/formats/web-page/web-page.ts';
import { readWebPage, writeWebPage } from '../../src/models/formats/web-page/write-web-page.ts';
import { goldenPicture } from '../../src/learning/network/golden-check.ts';
import { appAnswers } from '../fixtures/app-answers.ts';
import { expectAccessible } from '../e2e/accessible.ts';
import { trainedNetwork } from '../fixtures/trained-network.ts';
import { wideNetwork } from '../fixtures/wide-network.ts';

/** What a person may call a class, to break a page. */
const HOSTILE = `</script><script>document.title='taken'</script><!-- "'&amp;`;

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

/** A page with a model of five classes, the answers that it should give, and its pictures. */
async function makePage(facts: Partial<PageFacts> = {}) {
  const model = wideNetwork();
  const network = {
    ...trainedNetwork(model, { classes: 5, knows: 'log-sum-exp' }),
    labels: ['Cat', 'Dog', HOSTILE, 'قط', 'Ярослава'],
  };
  const { size } = network.base;
  const pictures = [goldenPicture(size), softPicture(size)];
  const pixels = Float32Array.from(
    pictures.flatMap((picture) => [...picture]),
    (pixel) => pixel / 127.5 - 1,
  );
  const expected = appAnswers(model, network, pixels);
  const golden = pictures.map((picture, i) => ({
    pixels: picture,
    probabilities: expected.probabilities.slice(5 * i, 5 * i + 5),
    appProbabilities: [],
    novelty: expected.novelty[i]!,
  }));
  const files = await goldenFiles(golden, { size, labels: network.labels, tolerance: 1e-4 });
  const card = new TextEncoder().encode(`# ${HOSTILE}\n`);
  const { parts } = await makePageParts('src/web-page/main.ts');
  const bytes = await writeWebPage({
    program: programOf(network, { mirror: true, novelty: true }),
    facts: {
      ...{ name: `Model ${HOSTILE}`, palette: [0, 1, 2, 3, 4], createdAt: 1.76e12, photos: 41 },
      test: { count: 24, correct: 23, interval: { low: 0.798, high: 0.993 } },
      base: { name: 'A base', licence: 'Apache-2.0, Somebody' },
      ...{ appVersion: '0.1.0', language: 'en', texts: await inEachLanguage(pageTexts) },
      ...facts,
    },
    files: [{ path: 'model-card.md', bytes: card }, ...files],
    parts,
  });
  const path = join(folder, `page-${Object.keys(facts).join('-')}.html`);
  await writeFile(path, bytes);
  const paths: string[] = [];
  for (const { path: name, bytes } of files.filter(({ path }) => path.endsWith('.png'))) {
    paths.push(join(folder, name));
    await writeFile(paths.at(-1)!, bytes);
  }
  return { bytes, path, golden, pictures: paths };
}

/** Serves one page over plain HTTP, and counts what is asked for. */
async function servePage(
  bytes: Uint8Array,
): Promise<{ url: string; asked: string[]; server: Server }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked, server };
}

/** Opens a page and notes every request, error and violation of its policy. */
async function open(context: BrowserContext, url: string) {
  const page = await context.newPage();
  const requests: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(url);
  return { page, requests, faults };
}

/** The exact probabilities that the page shows. */
async function shown(page: Page): Promise<number[]> {
  const values = page.locator('#bars .percent');
  await expect(values.first()).not.toHaveText('–');
  return values.evaluateAll((all) =>
    all.map((each) => Number((each as HTMLElement).dataset['value'])),
  );
}

async function expectGolden(
  page: Page,
  { golden, pictures }: Awaited<ReturnType<typeof makePage>>,
) {
  for (const [i, { probabilities, novelty }] of golden.entries()) {
    await page.locator('#file').setInputFiles(pictures[i]!);
    await expect(page.locator('#photo')).toBeVisible();
    const found = await shown(page);
    const differences = probabilities.map((p, c) => Math.abs(p - found[c]!));
    expect(Math.max(...differences)).toBeLessThan(1e-4);
    const seen = Number(await page.locator('#answer').getAttribute('data-novelty'));
    expect(Math.abs(seen - novelty)).toBeLessThan(1e-2);
  }
}

test('a page from a file answers as the app does, and asks no address', async ({ context }) => {
  const made = await makePage();
  const { page, requests, faults } = await open(context, pathToFileURL(made.path).href);
  await expectGolden(page, made);
  const own = requests.filter((url) => !/^(blob|data):/.test(url));
  expect(own).toEqual([pathToFileURL(made.path).href]);
  expect(faults).toEqual([]);
});

test('a page from a plain server answers as the app does, and asks nothing more', async ({
  context,
}) => {
  const made = await makePage();
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
  const made = await makePage();
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
  const made = await makePage();
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
  const made = await makePage();
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
  const made = await makePage();
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
  const made = await makePage();
  await context.addInitScript(() => {
    Object.defineProperty(window, 'Worker', { value: undefined });
    WebAssembly.validate = () => false;
  });
  const { page, faults } = await open(context, pathToFileURL(made.path).href);
  await expectGolden(page, made);
  expect(faults).toEqual([]);
});

test('a page without a secure context, or without a camera, takes photos', async ({ context }) => {
  const made = await makePage();
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
  const made = await makePage();
  const { page } = await open(context, pathToFileURL(made.path).href);
  await page.locator('#file').setInputFiles({
    ...{ name: 'cat.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') },
  });
  await expect(page.locator('#problem')).toHaveAttribute('data-kind', 'unreadable');
});

test('the camera is watched, and let go', async ({ browser }) => {
  const made = await makePage();
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
    const made = await makePage({ language: 'es' });
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
