import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from '@playwright/test';
import { download } from '../../scripts/bases/imagenet/download.ts';
import { serveFile, type FileServer } from '../fixtures/base-file-server.ts';

const LENGTH = 300_000;
const bytes = Uint8Array.from({ length: LENGTH }, (_, i) => (i * 31 + (i >> 8)) % 256);
const QUICK = { pauseMs: 10, attempts: 2 };

let server: FileServer;
test.beforeEach(async () => {
  server = await serveFile(bytes, 'weights.h5');
});
test.afterEach(() => server.close());

async function expectWhole(file: string, expected: Uint8Array = bytes): Promise<void> {
  expect(Buffer.compare(await readFile(file), expected)).toBe(0);
  expect(await readdir(dirname(file))).toEqual(['weights.h5']);
}

test('a file arrives whole, with its progress', async ({}, testInfo) => {
  const file = testInfo.outputPath('made', 'weights.h5');
  const seen: number[] = [];
  await download(server.url, file, {
    onProgress: (loaded, total) => {
      expect(total).toBe(LENGTH);
      seen.push(loaded);
    },
  });
  await expectWhole(file);
  expect(seen.at(-1)).toBe(LENGTH);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test('a lost connection goes on where it was cut off', async ({}, testInfo) => {
  const file = testInfo.outputPath('weights.h5');
  server.cutAfter = 100_000;
  await download(server.url, file, QUICK);
  await expectWhole(file);
  expect(server.ranges).toEqual([undefined, 'bytes=100000-']);
});

test('a connection on which nothing comes is taken for lost', async ({}, testInfo) => {
  const file = testInfo.outputPath('weights.h5');
  server.stalls = true;
  server.cutAfter = 100_000;
  await download(server.url, file, { ...QUICK, stallMs: 2_000 });
  await expectWhole(file);
  expect(server.ranges).toEqual([undefined, 'bytes=100000-']);
});

test('a stopped download goes on when it is started again', async ({}, testInfo) => {
  const file = testInfo.outputPath('weights.h5');
  server.cutAfter = 200_000;
  await expect(download(server.url, file, { ...QUICK, attempts: 0 })).rejects.toMatchObject({
    kind: 'download',
    message: 'weights.h5 could not be downloaded. Run it again: it goes on where it stopped.',
  });
  expect(await readFile(`${file}.part`)).toHaveLength(200_000);
  await download(server.url, file, QUICK);
  await expectWhole(file);
  expect(server.ranges.at(-1)).toBe('bytes=200000-');
});

test('a file that changed meanwhile starts anew', async ({}, testInfo) => {
  const file = testInfo.outputPath('weights.h5');
  server.cutAfter = 200_000;
  await expect(download(server.url, file, { ...QUICK, attempts: 0 })).rejects.toThrow();
  server.bytes = bytes.map((byte) => 255 - byte);
  server.etag = '"second"';
  await download(server.url, file, QUICK);
  await expectWhole(file, server.bytes);
});

test('a server that says nothing to tell versions apart is asked for the whole', async ({}, testInfo) => {
  const file = testInfo.outputPath('weights.h5');
  server.etag = undefined;
  server.cutAfter = 200_000;
  await download(server.url, file, QUICK);
  await expectWhole(file);
  expect(server.ranges).toEqual([undefined, undefined]);
});

test('a part left by someone else is not trusted', async ({}, testInfo) => {
  const file = testInfo.outputPath('weights.h5');
  await writeFile(`${file}.part`, 'something else');
  await download(server.url, file, QUICK);
  await expectWhole(file);
});

test('a missing file and a server that fails are told apart', async ({}, testInfo) => {
  const file = testInfo.outputPath('weights.h5');
  server.failWith = 404;
  await expect(download(server.url, file, QUICK)).rejects.toThrow('nothing to download');
  expect(server.ranges).toHaveLength(1);
  server.failWith = 503;
  await expect(download(server.url, file, QUICK)).rejects.toMatchObject({
    kind: 'download',
    detail: 'Error: the server answers with status 503',
  });
});
