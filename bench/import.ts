import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import { run } from '../scripts/run-command.ts';
import { serveFolder } from '../scripts/serve/serve-folder.ts';
import { PeakMemory } from '../test/browser/peak-memory.ts';
import { tinyApp } from '../test/fixtures/tiny-app.ts';
import { BrowserPool } from '../test/e2e/browser-pool.ts';
import { openHarness } from '../test/harness/open-harness.ts';
import { TINY_BASES } from '../test/harness/serve-harness.ts';
import {
  drawInputs,
  makeFiles,
  SMALL,
  TWELVE_MEGAPIXELS,
  type InputKind,
} from './import-inputs.ts';

const USAGE = `npm run bench -- import [--large 1000] [--small 5000] [--learning 2000] [--json FILE]`;

interface Row {
  readonly name: string;
  readonly photos: number;
  readonly perSecond: number;
  /** The most memory that the process of the page and its workers held, in MB. */
  readonly peakMB: number;
  /** Models that were trained in the background during the import. */
  readonly trainings?: number;
  /** The linear memory of the worker's backend, and the tensors in it, in MB. */
  readonly workerMB?: number;
}

/**
 * Imports of photos: photos a second, and memory. Photos of 12 megapixels and small ones, in the
 * built app with the viewport of a phone; then small ones in the harness page, while the learning
 * engine computes features with the tiny base and trains in the background, ten times as many the
 * second time. A count of 0 leaves its rows out.
 */
export async function importing(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      large: { type: 'string', default: '1000' },
      small: { type: 'string', default: '5000' },
      learning: { type: 'string', default: '2000' },
      json: { type: 'string' },
    },
  });
  const [large, small, learning] = [values.large, values.small, values.learning].map(Number);
  if (![large, small, learning].every((count) => Number.isInteger(count) && count! >= 0)) {
    throw new Error(USAGE);
  }
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build']);
  await run('npm', ['run', 'build:harness']);
  const rows: Row[] = [];
  const report = (row: Row) => {
    rows.push(row);
    const { name, photos, perSecond, peakMB, trainings, workerMB } = row;
    console.log(
      `${name}: ${photos} photos, ${perSecond.toFixed(1)} a second, peak ${peakMB} MB` +
        (trainings === undefined ? '' : `, ${trainings} trainings, worker ${workerMB} MB`),
    );
  };
  const browsers = new BrowserPool();
  try {
    const browser = await browsers.get({});
    if (large) report(await inApp(browser, '12 megapixels', TWELVE_MEGAPIXELS, large));
    if (small) report(await inApp(browser, 'small', SMALL, small));
  } finally {
    await browsers.close();
  }
  if (learning) {
    report(await whileLearning(Math.ceil(learning / 10)));
    report(await whileLearning(learning));
  }
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify({ rows }, null, 2)}\n`);
  }
}

async function inApp(
  browser: Browser,
  name: string,
  kind: InputKind,
  photos: number,
): Promise<Row> {
  const server = await serveFolder({ dir: await tinyApp() });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    // In a page of its own, whose memory is given back.
    const drawing = await context.newPage();
    await drawing.goto(`${server.url}manifest.webmanifest`);
    await drawInputs(drawing, kind);
    await drawing.close();
    const page = await context.newPage();
    await page.goto(`${server.url}#/photos`);
    await makeFiles(page, kind, photos);
    const memory = await PeakMemory.of(page);
    const half = Math.ceil(photos / 2);
    const seconds =
      (await importByPage(page, 'cat', 0, half)) + (await importByPage(page, 'dog', half, photos));
    const peakMB = await memory.megabytes();
    expectAll(await page.evaluate(countStored), photos);
    return { name, photos, perSecond: photos / seconds, peakMB };
  } finally {
    await context.close();
    await server.close();
  }
}

/** Imports some of `benchFiles` as one class by the import sheet. Returns the seconds. */
async function importByPage(
  page: Page,
  classId: string,
  from: number,
  to: number,
): Promise<number> {
  if (from === to) return 0;
  await page.locator('[data-action="import"]').first().click();
  const milliseconds = await page
    .locator('pp-import-choice')
    .evaluate(chooseFiles, { classId, from, to });
  await page.locator('[data-import-state]').waitFor({ state: 'hidden' });
  return milliseconds / 1000;
}

/** Runs in the page: chooses files as the file picker does, and waits for the end of the import. */
function chooseFiles(
  choice: Element,
  { classId, from, to }: { classId: string; from: number; to: number },
): Promise<number> {
  const { benchFiles } = globalThis as unknown as { benchFiles: File[] };
  const { classes } = choice as unknown as { classes: readonly { id: string }[] };
  const dialog = choice.closest('dialog')!;
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const watch = new MutationObserver(() => {
      const { importState } = dialog.dataset;
      if (dialog.open && importState !== 'done') return;
      watch.disconnect();
      if (dialog.open) reject(new Error(`Not all were added: ${dialog.innerText}`));
      else resolve(performance.now() - start);
    });
    watch.observe(dialog, { attributes: true });
    const label = classes.find(({ id }) => id === classId);
    const detail = { files: benchFiles.slice(from, to), label };
    choice.dispatchEvent(new CustomEvent('chosen', { detail }));
  });
}

/** Runs in the page. */
function countStored(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('purrceptron');
    opening.onerror = () => reject(new Error('The library does not open'));
    opening.onsuccess = () => {
      const counting = opening.result.transaction('photos').objectStore('photos').count();
      counting.onerror = () => reject(new Error('The photos could not be counted'));
      counting.onsuccess = () => {
        opening.result.close();
        resolve(counting.result);
      };
    };
  });
}

/** In the harness page, with the engine on the tiny base; until the last training has ended. */
async function whileLearning(photos: number): Promise<Row> {
  const opened = await openHarness();
  const { page } = opened;
  try {
    await drawInputs(page, SMALL);
    await page.reload();
    await page.waitForFunction(() => 'harness' in globalThis);
    await makeFiles(page, SMALL, photos);
    await page.evaluate((bases) => harness.startEngine(bases, 'wasm'), TINY_BASES);
    const memory = await PeakMemory.of(page);
    const { added, seconds, trainings, workerMB } = await page.evaluate(learnFromFiles);
    expectAll(added, photos);
    const peakMB = await memory.megabytes();
    const name = 'small, while the engine learns';
    return { name, photos, perSecond: photos / seconds, peakMB, trainings, workerMB };
  } finally {
    await opened.close();
  }
}

/** Runs in the harness page: imports `benchFiles`, half of them as each class. */
async function learnFromFiles() {
  const { benchFiles: files } = globalThis as unknown as { benchFiles: File[] };
  const models = new Set<string>();
  let workerBytes = 0;
  harness.onStatus(({ model }) => model && models.add(model.id));
  const watch = setInterval(() => {
    void harness.memory().then(({ bytes, heapBytes = 0 }) => {
      workerBytes = Math.max(workerBytes, bytes + heapBytes);
    });
  }, 500);
  const start = performance.now();
  const half = Math.ceil(files.length / 2);
  const cats = await harness.importFiles(files.slice(0, half), 'cat');
  const dogs = await harness.importFiles(files.slice(half), 'dog');
  const seconds = (performance.now() - start) / 1000;
  const added = cats.added + dogs.added;
  // The last training has every photo of the library.
  for (let learned = 0; learned < added;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const splits = Object.values(harness.status().model?.photoIds ?? {});
    learned = splits.reduce((sum, ids) => sum + ids.length, 0);
  }
  clearInterval(watch);
  return { added, seconds, trainings: models.size, workerMB: Math.round(workerBytes / 1e6) };
}

function expectAll(added: number, photos: number): void {
  if (added !== photos) throw new Error(`Only ${added} of ${photos} photos were added`);
}
