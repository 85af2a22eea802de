import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { backupOf, blackPng, HUGE_GIF } from '../fixtures/hostile-files.ts';
import { classifier, keras2, modelFiles } from '../fixtures/keras-topology.ts';
import { zipBytes } from '../fixtures/zip-bytes.ts';
import { addDrawnPets, expect, seeds, test } from './harness-test.ts';
import { PeakMemory } from './peak-memory.ts';
import { storeHash } from './store-hash.ts';

/** Every way into the library, and what must not come in by it; "bomb" is what would take memory. */

type Files = Readonly<Record<string, Uint8Array>>;
type Door = 'photos' | 'base' | 'backup';

interface Hostile {
  readonly door: Door;
  readonly what: string;
  readonly files: () => Files | Promise<Files>;
}

const text = (words: string) => Buffer.from(words);
const zip = (name: string, bytes: Uint8Array, lie = {}) => zipBytes([{ name, bytes, ...lie }]);
const zeros = (megabytes: number) => Buffer.alloc(megabytes * 1e6);
/** No picture, in any bytes that a name or a checksum could make one of. */
const NONE = text('no picture');

const weightsFile = 'group1-shard1of1.bin';
async function model(edit: (bytes: Buffer) => Buffer): Promise<Files> {
  const files = Object.fromEntries(await modelFiles(keras2(classifier(32))));
  return { ...files, [weightsFile]: edit(Buffer.from(files[weightsFile]!)) };
}
const notNumbers = (bytes: Buffer) => Buffer.alloc(bytes.length, 0xff);

const BOMBS: readonly Hostile[] = [
  { door: 'photos', what: 'a PNG', files: () => ({ 'bomb.png': blackPng(16_000, 16_000) }) },
  { door: 'photos', what: 'a GIF', files: () => ({ 'bomb.gif': HUGE_GIF }) },
  { door: 'photos', what: 'a zip', files: () => ({ 'bomb.zip': zip('cat/bomb.jpg', zeros(200)) }) },
  {
    door: 'photos',
    what: 'a zip that says it is small',
    files: () => ({ 'bomb.zip': zip('cat/bomb.jpg', zeros(200), { size: 1_500_000 }) }),
  },
  {
    door: 'photos',
    what: 'the manifest of a project',
    files: () => ({ 'deep.tm': zip('manifest.json', text('['.repeat(900_000)), { stored: true }) }),
  },
  { door: 'base', what: 'JSON', files: () => ({ 'model.json': text('['.repeat(7_900_000)) }) },
  {
    door: 'backup',
    what: 'a table of brackets within brackets',
    files: () => ({ 'deep.zip': backupOf('['.repeat(20_000_000)) }),
  },
  {
    door: 'backup',
    what: 'a table of brackets beside brackets',
    files: () => ({ 'wide.zip': backupOf(`[${'[],'.repeat(2_000_000)}0]`) }),
  },
  {
    door: 'backup',
    what: 'a list without end',
    files: () => {
      const more = Array.from({ length: 60_000 }, (_, i) => ({ name: `${i}`, bytes: text('') }));
      return { 'long.zip': backupOf('{}', more) };
    },
  },
];

const REFUSED: readonly Hostile[] = [
  ...Object.entries({
    'cut.png': blackPng(64, 64).subarray(0, 50),
    'empty.jpg': text(''),
    'text.jpg': text('hello'),
    'heavy.jpg': zeros(25.1),
    'crc.zip': zip('a.jpg', NONE, { crc: 1 }),
    'more.zip': zip('a.jpg', NONE, { size: 999 }),
    'up.zip': zip('../../x.jpg', NONE),
    'drive.zip': zip('C:\\x.jpg', NONE),
    'nul.zip': zip('a\0.jpg', NONE),
    'prototype.zip': zip('__proto__', NONE),
    'twice.zip': zipBytes([1, 2].map(() => ({ name: 'a.jpg', bytes: NONE }))),
    'many.zip': zipBytes(Array.from({ length: 5_001 }, (_, i) => ({ name: `${i}`, bytes: NONE }))),
    'no.zip': text('PK\x03\x04 and then nothing'),
    'poses.tm': zip('manifest.json', text('{"type":"pose"}')),
  }).map(([name, bytes]) => ({
    door: 'photos' as const,
    what: name,
    files: () => ({ [name]: bytes }),
  })),
  { door: 'base', what: 'NaN', files: () => model(notNumbers) },
  { door: 'base', what: 'more bytes', files: () => model((all) => Buffer.concat([all, NONE])) },
  { door: 'base', what: 'fewer bytes', files: () => model((bytes) => bytes.subarray(4)) },
  { door: 'base', what: 'a prototype', files: () => ({ 'model.json': text('{"__proto__":{}}') }) },
  { door: 'backup', what: 'no zip', files: () => ({ 'x.zip': NONE }) },
  { door: 'backup', what: 'another zip', files: () => ({ 'x.zip': zip('a.jpg', NONE) }) },
  { door: 'backup', what: 'a newer one', files: () => ({ 'x.zip': backupOf('{"version":2}') }) },
  { door: 'backup', what: 'an empty one', files: () => ({ 'x.zip': backupOf('{}') }) },
];

/** Puts the files through their door: the reasons why they were refused, or what came in. */
function tryDoor(page: Page, door: Door): Promise<readonly string[] | string> {
  return page.evaluate(async (door) => {
    if (door === 'photos') {
      const { added, refused } = await harness.importInput('cat');
      return added > 0 ? `${added} photos` : refused.map(({ reason }) => reason);
    }
    const work: Promise<unknown> =
      door === 'base'
        ? harness.addBase({ name: 'Mine', mode: 'tf' })
        : harness.backup.restoreInput();
    return work.then(
      () => 'taken',
      (thrown: unknown) => [(thrown as Error).message],
    );
  }, door);
}

async function expectRefused(page: Page, hostile: readonly Hostile[], folder: string) {
  const before = await storeHash(page);
  expect(before.rows).toBeGreaterThan(15);
  for (const { door, what, files } of hostile) {
    await test.step(`${door}: ${what}`, async () => {
      await mkdir(folder, { recursive: true });
      const paths: string[] = [];
      for (const [name, bytes] of Object.entries(await files())) {
        paths.push(join(folder, basename(name)));
        await writeFile(paths.at(-1)!, bytes);
      }
      await page.locator('input').setInputFiles(paths);
      const reasons = await tryDoor(page, door);
      expect(reasons).toEqual(expect.arrayContaining([expect.stringMatching(/^\S.*\.$/)]));
      expect(await storeHash(page)).toEqual(before);
    });
  }
}

test.beforeEach(async ({ page }, testInfo) => {
  // Photos, a model and a base of one's own: something to be lost.
  await addDrawnPets(page, 'cat', seeds(1, 4));
  await page.evaluate(() => harness.backup.addModel([]));
  const folder = testInfo.outputPath('good');
  await mkdir(folder);
  const paths: string[] = [];
  for (const [name, bytes] of Object.entries(await model((whole) => whole))) {
    paths.push(join(folder, name));
    await writeFile(paths.at(-1)!, bytes);
  }
  await page.locator('input').setInputFiles(paths);
  await page.evaluate(() => harness.addBase({ name: 'Good', mode: 'tf' }));
});

test('what is refused, by whatever way it comes, leaves every byte that is stored as it was', async ({
  page,
}, testInfo) => {
  await expectRefused(page, REFUSED, testInfo.outputPath('hostile'));
  const before = await storeHash(page);
  const names = ['', 'x'.repeat(41), 'Cat', '<img src=x onerror="alert(document.domain)">'];
  for (const name of [...names, 'a\0', 'a\u202eb', '\ud800']) {
    const kind = await page.evaluate(
      (name) =>
        harness.classes.addClass(name).then(
          () => 'added',
          (thrown: unknown) => (thrown as { kind: string }).kind,
        ),
      name,
    );
    expect(kind).toMatch(/^(name-\w+|taken)$/);
  }
  expect(await storeHash(page)).toEqual(before);
  // The hash sees what changes.
  await addDrawnPets(page, 'dog', [5]);
  expect((await storeHash(page)).sha256).not.toBe(before.sha256);
});

test('what is small and would grow is refused within 600 MB, and leaves all as it was', async ({
  page,
}, testInfo) => {
  test.skip(!existsSync('/proc/self/clear_refs'), 'memory is read from /proc, as Linux has it');
  test.setTimeout(120_000);
  const memory = await PeakMemory.of(page);
  await expectRefused(page, BOMBS, testInfo.outputPath('bombs'));
  const peak = await memory.megabytes();
  testInfo.annotations.push({ type: 'peak memory', description: `${peak} MB` });
  console.log(`Peak memory of the page with all bombs: ${peak} MB`);
  expect(peak).toBeLessThan(600);
});
