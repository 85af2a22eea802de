import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../scripts/chromium.ts';
import { run } from '../scripts/run-command.ts';
import { serveFolder } from '../scripts/serve/serve-folder.ts';

const USAGE = `npm run bench -- gallery [--photos 10000] [--json FILE]`;

/** Number of photos that are drawn and written per transaction. */
const BATCH = 250;
/** A fast flick, in CSS pixels per frame. */
const SCROLL_STEP = 600;

interface Report {
  readonly photos: number;
  /** Time from the navigation until the first screen of tiles shows its thumbnails, in ms. */
  readonly openMs: number;
  /** Wall time of the longest task of the main thread while scrolling from end to end, in ms. */
  readonly longestTaskMs: number;
  /** Maximum CPU time of such a task, in ms: the duration on a machine without other load. */
  readonly longestTaskCpuMs: number;
  /** The same two values while the page opens. */
  readonly openLongestTaskMs: number;
  readonly openLongestTaskCpuMs: number;
  /** Size of the JavaScript heap in bytes after garbage collection, before and after scrolling. */
  readonly heapBefore: number;
  readonly heapAfter: number;
}

/**
 * The Photos page with 10,000 photos, in the built app with the viewport of a phone: how fast it
 * opens, whether it scrolls from end to end without a long task, and whether that leaks memory. The
 * photos are only records and drawn thumbnails, which are written directly to IndexedDB.
 */
export async function gallery(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { photos: { type: 'string', default: '10000' }, json: { type: 'string' } },
  });
  const photos = Number(values.photos);
  if (!Number.isInteger(photos) || photos < 1) throw new Error(USAGE);
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build']);
  const server = await serveFolder({ dir: 'dist' });
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: chromiumArgs({ camera: 'none' }),
  });
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(`${server.url}#/settings`);
    await page.locator('pp-classes-section input, pp-classes-section button').first().waitFor();
    await fill(page, photos);
    const report = await measure(browser, page, `${server.url}#/photos`, photos);
    const ms = (wall: number, cpu: number) => `${wall.toFixed(0)} ms (${cpu.toFixed(0)} of CPU)`;
    console.log(
      `${report.photos} photos: open in ${report.openMs.toFixed(0)} ms, longest task then ` +
        `${ms(report.openLongestTaskMs, report.openLongestTaskCpuMs)}, longest task while scrolling ` +
        `${ms(report.longestTaskMs, report.longestTaskCpuMs)}, heap ` +
        `${megabytes(report.heapBefore)} before and ${megabytes(report.heapAfter)} after`,
    );
    if (values.json !== undefined) {
      await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

async function measure(browser: Browser, page: Page, url: string, photos: number): Promise<Report> {
  await page.addInitScript(watchFirstTiles);
  // Starts from an empty page, because a later visit is measured, not the first one.
  await page.goto('about:blank');
  const opening = await traced(browser, page, async () => {
    await page.goto(url);
    await page.waitForFunction(() => 'openedAfter' in globalThis, undefined, { timeout: 60_000 });
    await page.waitForTimeout(1000);
  });
  const openMs = await page.evaluate(
    () => (globalThis as unknown as { openedAfter: number }).openedAfter,
  );
  // The engine starts when the page is idle, and checks which features are missing.
  await page.waitForTimeout(8000);
  const heapBefore = await heap(page);
  const scrolling = await traced(browser, page, () => scrollThrough(page));
  await page.waitForTimeout(1000);
  const heapAfter = await heap(page);
  return {
    photos,
    openMs,
    longestTaskMs: scrolling.wall,
    longestTaskCpuMs: scrolling.cpu,
    openLongestTaskMs: opening.wall,
    openLongestTaskCpuMs: opening.cpu,
    heapBefore,
    heapAfter,
  };
}

/**
 * Runs in the page before its scripts: stores the time when all visible tiles show their
 * thumbnails.
 */
function watchFirstTiles(): void {
  const watch = setInterval(() => {
    const app = document.querySelector('pp-app');
    const outlet = app?.shadowRoot?.querySelector('pp-page-outlet');
    const shown = outlet?.shadowRoot?.querySelector('pp-photos-page');
    const photos = shown?.shadowRoot?.querySelector('pp-photo-gallery');
    const grid = photos?.shadowRoot?.querySelector('pp-photo-grid');
    const tiles = [...(grid?.shadowRoot?.querySelectorAll('[data-photo]') ?? [])].filter(
      (tile) => tile.getBoundingClientRect().top < innerHeight,
    );
    const isShown = tiles.every((tile) => {
      const image = tile.querySelector('img');
      return image?.complete === true && image.naturalWidth > 0;
    });
    if (tiles.length === 0 || !isShown) return;
    clearInterval(watch);
    // The thumbnails are painted in the next frame.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => Object.assign(globalThis, { openedAfter: performance.now() })),
    );
  }, 5);
}

/** Scrolls from the first photo to the last one, one flick per frame, and back in one step. */
async function scrollThrough(page: Page): Promise<void> {
  await page.locator('pp-photo-gallery .scroller').evaluate(async (scroller, step) => {
    for (let before = -1; scroller.scrollTop !== before;) {
      before = scroller.scrollTop;
      scroller.scrollTop += step;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, SCROLL_STEP);
  const last = page.locator('pp-photo-grid [aria-posinset]').last();
  const [position, size] = await Promise.all(
    ['aria-posinset', 'aria-setsize'].map((name) => last.getAttribute(name)),
  );
  if (position !== size) throw new Error(`The end shows photo ${position} of ${size}`);
  await page.locator('pp-photo-gallery .scroller').evaluate((scroller) => {
    scroller.scrollTop = 0;
  });
  await page.waitForTimeout(500);
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Wall time in microseconds. */
  readonly dur?: number;
  /** CPU time in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The longest task of the main thread of any page, in ms. A PerformanceObserver for long tasks
 * reports none below 50 ms, so this uses a trace.
 */
async function traced(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<{ wall: number; cpu: number }> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => /RunTask$/.test(name) && mainThreads.has(`${pid} ${tid}`),
  );
  if (tasks.length === 0) throw new Error('The trace holds no task');
  const longest = (durations: number[]) => durations.reduce((a, b) => Math.max(a, b), 0) / 1000;
  return {
    wall: longest(tasks.map(({ dur = 0 }) => dur)),
    cpu: longest(tasks.map(({ tdur = 0 }) => tdur)),
  };
}

async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

async function fill(page: Page, photos: number): Promise<void> {
  for (let from = 0; from < photos; from += BATCH) {
    await page.evaluate(addPhotos, { from, to: Math.min(photos, from + BATCH) });
  }
}

/** Runs in the page: adds photos of cats and dogs alternately, each with a different thumbnail. */
async function addPhotos({ from, to }: { from: number; to: number }): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('purrceptron');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(new Error('The library does not open'));
  });
  const rows = [];
  for (let i = from; i < to; i++) {
    const canvas = new OffscreenCanvas(256, 256);
    const context = canvas.getContext('2d')!;
    const sky = context.createLinearGradient(0, 0, 256, 256);
    sky.addColorStop(0, `hsl(${(i * 47) % 360} 70% 60%)`);
    sky.addColorStop(1, `hsl(${(i * 89) % 360} 60% 30%)`);
    context.fillStyle = sky;
    context.fillRect(0, 0, 256, 256);
    for (let k = 0; k < 24; k++) {
      context.fillStyle = `hsl(${(i * 13 + k * 61) % 360} 80% 50% / 0.5)`;
      context.fillRect((i * 31 + k * 53) % 256, (i * 17 + k * 97) % 256, 40, 40);
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
    rows.push({ bytes: await blob.arrayBuffer(), id: crypto.randomUUID(), i });
  }
  const transaction = database.transaction(['photos', 'thumbnails'], 'readwrite');
  for (const { bytes, id, i } of rows) {
    transaction.objectStore('photos').add({
      id,
      classId: i % 2 === 0 ? 'cat' : 'dog',
      sha256: i.toString(16).padStart(64, '0'),
      split: i % 10 < 7 ? 'train' : i % 10 < 9 ? 'validation' : 'test',
      source: 'file',
      createdAt: 1_700_000_000_000 + 1000 * i,
      size: 512,
      bytes: 60_000,
      hashBands: Array.from({ length: 8 }, (_, band) => 256 * band + ((i * 37 + band * 11) % 256)),
    });
    transaction.objectStore('thumbnails').add({ photoId: id, bytes, type: 'image/jpeg' });
  }
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(new Error('The photos could not be written'));
  });
  database.close();
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
