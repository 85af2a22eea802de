import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { answer, faultyFile, type FaultyFile } from '../../fixtures/base-file-server.ts';
import { harnessIsThere, HARNESS_FOLDER } from '../../harness/open-harness.ts';
import { expect, test as base } from '../harness-test.ts';

const WEIGHTS = 'bases/openimages/weights.bin';

/** `file` is the weights of the default base, as the server gives them. */
const test = base.extend<{ file: FaultyFile }>({
  file: async ({ served }, use) => {
    const file = faultyFile(await readFile(join(HARNESS_FOLDER, WEIGHTS)));
    served.intercept = (request, response) => {
      if (request.url !== `/${WEIGHTS}`) return false;
      answer(file, request, response);
      return true;
    };
    await use(file);
    served.intercept = undefined;
  },
});

/** Of 60 % of the file, some has not reached the page yet when the browser drops a broken connection. */
const LEAST_KEPT = 1_000_000;

const load = (page: Page) => page.evaluate(() => harness.loadBase());

/** Bytes that are kept of files which are not whole. */
const keptBytes = (page: Page) =>
  page.evaluate(async () => {
    const cache = await caches.open('purrceptron-bases-arriving');
    const parts = (await cache.keys()).map(async (key) => (await cache.match(key))!.arrayBuffer());
    return (await Promise.all(parts)).reduce((sum, { byteLength }) => sum + byteLength, 0);
  });

/** The first byte that a request asked for. */
const startOf = (range: string | undefined) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);

const sixtyPercent = ({ bytes }: FaultyFile) => Math.floor(bytes.length * 0.6);

test('a connection that breaks at 60 % is made anew, and brings only the rest', async ({
  page,
  file,
}) => {
  file.cutAfter = sixtyPercent(file);
  const { stored } = await load(page);
  expect(stored).toBe(true);
  expect(file.ranges).toHaveLength(2);
  const start = startOf(file.ranges[1]);
  expect(start).toBeGreaterThan(LEAST_KEPT);
  expect(file.sent[1]).toBe(file.bytes.length - start);
  expect(await keptBytes(page)).toBe(0);

  expect(await load(page)).toMatchObject({ stored: true });
  expect(file.ranges).toHaveLength(2);
});

test('with the server gone after 60 %, the next try goes on there, and says so', async ({
  page,
  file,
}) => {
  const size = file.bytes.length;
  file.cutAfter = sixtyPercent(file);
  file.afterCut = { failWith: 503 };
  await expect(load(page)).rejects.toThrow('connect and try again');
  expect(await keptBytes(page)).toBeGreaterThan(LEAST_KEPT);

  await page.reload();
  await harnessIsThere(page);
  file.failWith = undefined;
  const before = file.ranges.length;
  const { loaded } = await load(page);
  const start = startOf(file.ranges[before]);
  expect(start).toBeGreaterThan(LEAST_KEPT);
  expect(file.sent.slice(before)).toEqual([size - start]);
  const model = loaded.at(-1)! - size;
  // From where it stood, not from nothing; then up to the whole.
  expect(loaded.find((bytes) => bytes > model)).toBe(model + start);
  expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
});

test('a page that is closed in the middle of a download loses half a megabyte at most', async ({
  page,
  file,
}) => {
  file.cutAfter = sixtyPercent(file);
  file.stalls = true;
  const closed = load(page).catch(() => 'closed');
  const almost = sixtyPercent(file) - 512 * 1024;
  await expect.poll(() => keptBytes(page)).toBeGreaterThan(almost);
  await page.reload();
  expect(await closed).toBe('closed');
  await harnessIsThere(page);
  await load(page);
  expect(startOf(file.ranges[1])).toBeGreaterThan(almost);
  expect(file.sent[1]).toBe(file.bytes.length - startOf(file.ranges[1]));
});

test('a server that knows no ranges sends the file anew', async ({ page, file }) => {
  file.etag = undefined;
  file.cutAfter = sixtyPercent(file);
  expect(await load(page)).toMatchObject({ stored: true });
  expect(startOf(file.ranges[1])).toBeGreaterThan(0);
  expect(file.sent[1]).toBe(file.bytes.length);
});

test('a file that changed meanwhile begins anew, with its ETag or without', async ({
  page,
  file,
}) => {
  const { bytes } = file;
  file.bytes = bytes.map((byte) => byte ^ 1);
  file.cutAfter = sixtyPercent(file);
  file.afterCut = { bytes, etag: '"second"' };
  expect(await load(page)).toMatchObject({ stored: true });
  expect(file.sent.slice(1)).toEqual([bytes.length]);

  await page.evaluate(() => caches.delete('purrceptron-bases'));
  file.sent.length = file.ranges.length = 0;
  file.etag = undefined;
  file.givesRangesUnseen = true;
  file.bytes = bytes.map((byte) => byte ^ 1);
  file.cutAfter = sixtyPercent(file);
  file.afterCut = { bytes };
  expect(await load(page)).toMatchObject({ stored: true });
  // The rest does not fit the beginning: the SHA-256 says so, and all of it is fetched.
  expect(file.sent.slice(1)).toEqual([bytes.length - startOf(file.ranges[1]), bytes.length]);
});

test('bytes that are not the file’s are refused, and none of them are kept', async ({
  page,
  file,
}) => {
  const { bytes } = file;
  file.bytes = bytes.map((byte) => byte ^ 1);
  await expect(load(page)).rejects.toThrow('arrived damaged');
  expect(await keptBytes(page)).toBe(0);
  file.bytes = bytes;
  expect(await load(page)).toMatchObject({ stored: true });
});

test('an answer of another length, as a captive portal’s, costs nothing that had arrived', async ({
  page,
  file,
}) => {
  const { bytes } = file;
  file.cutAfter = sixtyPercent(file);
  file.afterCut = { bytes: new TextEncoder().encode('Welcome to the hotel'), etag: undefined };
  await expect(load(page)).rejects.toThrow('connect and try again');
  file.bytes = bytes;
  file.etag = '"first"';
  await load(page);
  expect(startOf(file.ranges.at(-1))).toBeGreaterThan(LEAST_KEPT);
});

test('a file that is damaged in the cache is fetched anew', async ({ page, file }) => {
  await load(page);
  await page.evaluate(async () => {
    const cache = await caches.open('purrceptron-bases');
    for (const key of await cache.keys()) {
      const bytes = new Uint8Array(await (await cache.match(key))!.arrayBuffer());
      bytes[bytes.length >> 1]! ^= 1;
      await cache.put(key, new Response(bytes));
    }
  });
  expect(await load(page)).toMatchObject({ stored: true });
  expect(file.sent).toHaveLength(2);
  await load(page);
  expect(file.sent).toHaveLength(2);
});

test('a base is stored even if an older version of it cannot be deleted', async ({
  page,
  file,
}) => {
  const stored = await page.evaluate(async (weights) => {
    const older = new URL(`${weights}?sha256=older`, document.baseURI).href;
    const cache = await caches.open('purrceptron-bases');
    await cache.put(older, new Response('older'));
    const prototype = Object.getOwnPropertyDescriptors(Cache.prototype);
    Cache.prototype.delete = function (request, options) {
      return request instanceof Request && request.url === older
        ? Promise.reject(new Error('The disk does not answer'))
        : prototype.delete.value!.call(this, request, options);
    };
    return (await harness.loadBase()).stored;
  }, WEIGHTS);
  expect(stored).toBe(true);
  const { ranges } = file;
  expect(await load(page)).toMatchObject({ stored: true });
  expect(file.ranges).toEqual(ranges);
});
