import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { drawnPets, renderJpegs } from '../fixtures/camera-file.ts';
import { zipBytes } from '../fixtures/zip-bytes.ts';
import { choose } from './choose-files.ts';
import { expect, test } from './phone-test.ts';

/** Photos of each class. */
const EACH = 20;
/** Number of photos that are decoded before the import is paused. */
const FIRST = 10;

const photos = (page: Page) => page.locator('[data-filter]', { hasText: 'All' });

for (const way of ['folder', 'archive'] as const) {
  test(`an import of a data set is paused, closed with its page, and taken up again: ${way}`, async ({
    folder,
    appUrl,
    openPhone,
  }) => {
    const source = await writeSet(folder, way);
    const page = await openPhone();
    const decoded = await countDecoded(page);
    await page.goto(`${appUrl}#/photos`);
    await startImport(page, way, source);
    const sheet = page.locator('[data-import-state]');
    await expect.poll(decoded).toBeGreaterThanOrEqual(FIRST);
    await page.locator('[data-action="pause-import"]').click();
    await expect(sheet.locator('[data-speed]')).toHaveText('Paused');

    await page.reload();
    // What was stored before is here, and no photo half.
    await expect(photos(page)).toContainText(/\d/);
    const kept = await countOf(page);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(2 * EACH);

    await startImport(page, way, source);
    await expect(sheet).toHaveAttribute('data-import-state', 'done');
    await expect(sheet.locator('h2')).toHaveText(`${2 * EACH - kept} photos added`);
    await expect(sheet).toContainText(`${kept} were here already and keep their labels.`);
    // Only what is new was decoded.
    expect(await decoded()).toBe(2 * EACH - kept);
    await sheet.getByRole('button', { name: 'Done' }).click();
    await expect(photos(page)).toContainText(String(2 * EACH));
    for (const id of ['cat', 'dog']) {
      await expect(page.locator(`[data-filter="${id}"]`)).toContainText(String(EACH));
    }
  });
}

async function startImport(page: Page, way: 'folder' | 'archive', source: string): Promise<void> {
  await choose(page, `choose-${way}`, source);
  // The first photo of each class was decoded to be shown.
  await expect(page.locator('[data-group] img')).toHaveCount(2);
  await page.evaluate(() => {
    (globalThis as unknown as Counted).counter.decoded = 0;
  });
  await page.locator('[data-action="import-groups"]').click();
}

/** Cats and dogs in a folder each; the path of the folder, or of the zip of it. */
async function writeSet(folder: string, way: 'folder' | 'archive'): Promise<string> {
  const seeds = Array.from({ length: EACH }, (_, i) => i + 1);
  const files = (
    await Promise.all(
      (['cat', 'dog'] as const).map(async (kind) => {
        const jpegs = await renderJpegs(drawnPets(kind, seeds), 240, 240);
        return jpegs.map((bytes, i) => ({ name: `set/${kind}/${i}.jpg`, bytes }));
      }),
    )
  ).flat();
  if (way === 'archive') {
    await writeFile(join(folder, 'set.zip'), zipBytes(files));
    return join(folder, 'set.zip');
  }
  for (const kind of ['cat', 'dog']) await mkdir(join(folder, 'set', kind), { recursive: true });
  for (const { name, bytes } of files) await writeFile(join(folder, name), bytes);
  return join(folder, 'set');
}

async function countOf(page: Page): Promise<number> {
  return Number(/\d+/.exec((await photos(page).textContent()) ?? '')?.[0] ?? 0);
}

interface Counted {
  readonly counter: { decoded: number };
}

/**
 * Counts the files that this page's workers are sent to decode. In the first page of the test, each
 * is sent only when the one before has been stored, so that the import is met in the middle.
 */
async function countDecoded(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript((most) => {
    const counter = { decoded: 0 };
    Object.assign(globalThis, { counter });
    const isFirst = sessionStorage.getItem('first') === null;
    sessionStorage.setItem('first', 'no');
    const send = Reflect.get(Worker.prototype, 'postMessage');
    Worker.prototype.postMessage = function (this: Worker, ...call: unknown[]) {
      const { file } = (call[0] ?? {}) as { readonly file?: unknown };
      if (file instanceof Blob && ++counter.decoded > most && isFirst) return;
      Reflect.apply(send, this, call);
    };
  }, FIRST);
  return () => page.evaluate(() => (globalThis as unknown as Counted).counter.decoded);
}
