import { ZipReader, Uint8ArrayReader } from '@zip.js/zip.js';
import type { Page } from '@playwright/test';
import { LONG_FORM } from '../../long-form.ts';
import { addDrawnPets, addSmallLibrary, expect, seeds, test } from '../harness-test.ts';
import { PeakMemory } from '../peak-memory.ts';
import type { ExportFormat } from '../../../src/photos/export/export-library.ts';

/** Exports the whole library. @returns the archive */
async function exportAll(page: Page, format: ExportFormat): Promise<Buffer> {
  const base64 = await page.evaluate(async (format) => {
    const ids = (await harness.photos.listPhotos()).map(({ id }) => id);
    const photoExportRun = await harness.photoExportRun();
    await photoExportRun.write(format, new Set(ids));
    const { state } = photoExportRun;
    if (state.kind !== 'written') throw new Error(JSON.stringify(state));
    return harness.base64Of(state.file);
  }, format);
  return Buffer.from(base64, 'base64');
}

/** The entries of an archive by path. */
async function entriesOf(archive: Buffer): Promise<Map<string, Uint8Array>> {
  const zip = new ZipReader(new Uint8ArrayReader(archive));
  const entries = new Map<string, Uint8Array>();
  for (const entry of await zip.getEntries()) {
    const isFile = !entry.directory;
    entries.set(
      entry.filename,
      isFile ? new Uint8Array(await entry.arrayBuffer()) : new Uint8Array(),
    );
  }
  return entries;
}

/** Names of the temporary files of exports, and of what the browser has not finished. */
const leftFiles = (page: Page) =>
  page.evaluate(async () => {
    const names: string[] = [];
    const folder = await navigator.storage.getDirectory();
    for await (const name of folder.keys()) if (name.startsWith('export')) names.push(name);
    return names;
  });

test('an exported data set holds every stored photo byte for byte, under its label and split', async ({
  page,
}) => {
  await addSmallLibrary(page);
  const entries = await entriesOf(await exportAll(page, 'data-set'));
  const paths = [...entries.keys()].filter((path) => path.endsWith('.jpg'));
  const count = (folder: string) => paths.filter((path) => path.startsWith(folder)).length;
  expect(['train/Cat/', 'validation/Cat/', 'test/Cat/'].map(count)).toEqual([8, 3, 4]);
  expect(['train/Dog/', 'validation/Dog/', 'test/Dog/'].map(count)).toEqual([8, 3, 4]);
  const stored = await page.evaluate(async () => {
    const photos = await harness.photos.listPhotos();
    const images = await Promise.all(photos.map(({ id }) => harness.photos.getImage(id)));
    return images.map((image) => [...new Uint8Array(image!.bytes)].join());
  });
  expect(paths.map((path) => entries.get(path)!.join()).sort()).toEqual(stored.sort());
  const table = new TextDecoder().decode(entries.get('labels.csv'));
  expect(table.split('\r\n')).toHaveLength(1 + paths.length + 1);
});

test('an exported project of Teachable Machine is imported again, in pictures of 224 pixels', async ({
  page,
}) => {
  await addSmallLibrary(page);
  const project = await exportAll(page, 'teachable-machine');
  const entries = await entriesOf(project);
  expect(entries.size).toBe(30 + 1);
  await page
    .locator('input')
    .setInputFiles({ name: 'project.tm', mimeType: 'application/zip', buffer: project });
  const labels = await page.evaluate(async () => {
    const input = document.querySelector('input')!;
    const { pictures } = await harness.findPictures(input.files!);
    return pictures.map(({ label }) => label);
  });
  expect(['Cat', 'Dog'].map((name) => labels.filter((one) => one === name).length)).toEqual([
    15, 15,
  ]);
  const { added, refused } = await page.evaluate(() => harness.importInput('cat'));
  expect({ added, refused }).toEqual({ added: 30, refused: [] });
  const sizes = await page.evaluate(
    async (jpeg) => {
      const { width, height } = await createImageBitmap(new Blob([new Uint8Array(jpeg)]));
      return [width, height];
    },
    [...entries.get('Cat-!-0.jpg')!],
  );
  expect(sizes).toEqual([224, 224]);
});

test('an export waits while it is paused; one that is stopped leaves no file', async ({ page }) => {
  await addDrawnPets(page, 'cat', seeds(1, 6));
  const kinds = await page.evaluate(async () => {
    const photoExportRun = await harness.photoExportRun();
    const ids = new Set((await harness.photos.listPhotos()).map(({ id }) => id));
    const whenPaused = (): Promise<void> =>
      new Promise((resolve) => {
        photoExportRun.addEventListener('change', function seen() {
          if (photoExportRun.state.kind !== 'writing' || !photoExportRun.state.paused) return;
          photoExportRun.removeEventListener('change', seen);
          resolve();
        });
      });
    const stopped = photoExportRun.write('data-set', ids);
    photoExportRun.pause();
    await whenPaused();
    photoExportRun.cancel();
    await stopped;
    const afterStop = photoExportRun.state.kind;
    const continued = photoExportRun.write('data-set', ids);
    photoExportRun.pause();
    await whenPaused();
    const paused = photoExportRun.state;
    photoExportRun.resume();
    await continued;
    const { state } = photoExportRun;
    return [afterStop, paused, state.kind === 'written' ? state.report : state];
  });
  expect(kinds).toEqual([
    'idle',
    { kind: 'writing', progress: undefined, paused: true },
    { photos: 6, leftOut: 0 },
  ]);
  // Only the one that was written.
  expect(await leftFiles(page)).toHaveLength(1);
});

test('an export that was stopped leaves nothing behind', async ({ page }) => {
  await addDrawnPets(page, 'cat', seeds(1, 6));
  const kind = await page.evaluate(async () => {
    const photoExportRun = await harness.photoExportRun();
    const running = photoExportRun.write(
      'data-set',
      new Set((await harness.photos.listPhotos()).map(({ id }) => id)),
    );
    photoExportRun.addEventListener('change', () => {
      if (photoExportRun.state.kind === 'writing' && photoExportRun.state.progress)
        photoExportRun.cancel();
    });
    await running;
    return photoExportRun.state.kind;
  });
  expect(kind).toBe('idle');
  expect(await leftFiles(page)).toEqual([]);
});

test('photos that were deleted for good meanwhile are counted; none at all is a failure', async ({
  page,
}) => {
  await addDrawnPets(page, 'cat', seeds(1, 3));
  const states = await page.evaluate(async () => {
    const ids = (await harness.photos.listPhotos()).map(({ id }) => id);
    await harness.database.write(['images'], (transaction) =>
      transaction.objectStore('images').delete(ids[0]!),
    );
    const photoExportRun = await harness.photoExportRun();
    await photoExportRun.write('data-set', new Set(ids));
    const some = photoExportRun.state;
    await photoExportRun.write('data-set', new Set(['gone']));
    const none = photoExportRun.state;
    return [some.kind === 'written' && some.report, none.kind === 'failed' && none.problem.message];
  });
  expect(states).toEqual([{ photos: 2, leftOut: 1 }, 'There is no photo to export.']);
});

const MANY = LONG_FORM ? 5000 : 400;

test.describe(() => {
  test.use({ ownChromium: true });

  test(`${MANY} photos are exported in the memory of a few`, async ({ page }) => {
    test.setTimeout(120_000 + MANY * 60);
    // Rows of 100 kB each that look like no JPEG: a data set copies them as they are.
    await page.evaluate(async (count) => {
      for (let i = 0; i < count; i++) {
        const bytes = crypto.getRandomValues(new Uint8Array(65_536)).buffer;
        const id = `photo-${i}`;
        await harness.database.write(['photos', 'images'], async (transaction) => {
          await transaction.objectStore('photos').put({
            ...{ id, classId: 'cat', sha256: i.toString(16).padStart(64, '0'), split: 'train' },
            ...{ source: 'file', createdAt: i + 1, size: 512, bytes: bytes.byteLength },
          });
          await transaction.objectStore('images').put({ photoId: id, bytes, type: 'image/jpeg' });
        });
      }
    }, MANY);
    const peak = await PeakMemory.of(page);
    const before = await peak.megabytes();
    const size = await page.evaluate(async () => {
      const ids = (await harness.photos.listPhotos()).map(({ id }) => id);
      const photoExportRun = await harness.photoExportRun();
      await photoExportRun.write('data-set', new Set(ids));
      const { state } = photoExportRun;
      return state.kind === 'written' ? state.file.size / 1e6 : 0;
    });
    const grown = (await peak.megabytes()) - before;
    console.log(`Exported ${MANY} photos, ${size.toFixed(0)} MB; memory grew by ${grown} MB`);
    expect(size).toBeGreaterThan(MANY * 0.065);
    expect(grown).toBeLessThan(120);
  });
});
