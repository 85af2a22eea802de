import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { makePageParts } from '../../scripts/build/page-parts.mjs';
import { inEachLanguage } from '../../src/i18n/each-language.ts';
import { goldenFiles, softPicture } from '../../src/models/formats/golden-vectors.ts';
import { programOf } from '../../src/models/formats/operations/program-of.ts';
import { pageTexts } from '../../src/models/formats/web-page/page-texts.ts';
import type { PageFacts } from '../../src/models/formats/web-page/web-page.ts';
import { writeWebPage } from '../../src/models/formats/web-page/write-web-page.ts';
import { goldenPicture } from '../../src/learning/network/golden-check.ts';
import { appAnswers } from '../fixtures/app-answers.ts';
import { trainedNetwork } from '../fixtures/trained-network.ts';
import { wideNetwork } from '../fixtures/wide-network.ts';

/** What a person may call a class, to break a page. */
export const HOSTILE = `</script><script>document.title='taken'</script><!-- "'&amp;`;

/**
 * Writes a page with a model of five classes into a folder.
 *
 * @returns also the answers that it should give, and files of its golden pictures
 */
export async function makePage(folder: string, facts: Partial<PageFacts> = {}) {
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
  const parts = await makePageParts('src/web-page/main.ts');
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
export async function servePage(
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
export async function open(context: BrowserContext, url: string) {
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
export async function shown(page: Page): Promise<number[]> {
  const values = page.locator('#bars .percent');
  await expect(values.first()).not.toHaveText('–');
  return values.evaluateAll((all) =>
    all.map((each) => Number((each as HTMLElement).dataset['value'])),
  );
}

export async function expectGolden(
  page: Page,
  { golden, pictures }: Awaited<ReturnType<typeof makePage>>,
) {
  for (const [i, { probabilities, novelty }] of golden.entries()) {
    await page.locator('#file').setInputFiles(pictures[i]!);
    await expect(page.locator('#photo')).toBeVisible();
    // Until the answer comes, that about the picture before stays.
    await expect(async () => {
      const found = await shown(page);
      const differences = probabilities.map((p, c) => Math.abs(p - found[c]!));
      expect(Math.max(...differences)).toBeLessThan(1e-4);
      const seen = Number(await page.locator('#answer').getAttribute('data-novelty'));
      expect(Math.abs(seen - novelty)).toBeLessThan(1e-2);
    }).toPass({ timeout: 60_000 });
  }
}
