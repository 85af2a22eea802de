import { crc32, deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { zipBytes, type ZipFile } from '../../fixtures/zip-bytes.ts';
import { expect, test } from '../harness-test.ts';

const GENERAL_ENCRYPTED = 0x0001;

test('a zip of good and hostile files: each is taken with its label or refused by name', async ({
  page,
}) => {
  const [a, b, c, d] = await drawJpegs(page, 4);
  const zeros = Buffer.alloc(24_000_000);
  const bomb = { bytes: deflateRawSync(zeros), stored: true, method: 8, crc: crc32(zeros) };
  const archive = zipBytes([
    { name: 'cat/', bytes: Buffer.alloc(0), stored: true },
    { name: 'cat/good.jpg', bytes: a! },
    { name: 'dog/good.jpg', bytes: b!, stored: true },
    { name: '__proto__/good.jpg', bytes: c! },
    { name: 'cat/good.jpg', bytes: d! },
    { name: 'cat/crc.jpg', bytes: d!, crc: 12 },
    { name: 'cat/says-less.jpg', bytes: d!, size: 100 },
    { name: 'cat/says-more.jpg', bytes: d!, size: 100_000 },
    { name: 'cat/bomb.jpg', ...bomb, size: zeros.length },
    // It says that it is small, and would unpack to 24 MB all the same.
    { name: 'cat/hidden-bomb.jpg', ...bomb, size: 1_000_000 },
    { name: '../up.jpg', bytes: d! },
    { name: 'cat/..\\..\\up.jpg', bytes: d! },
    { name: '/../root.jpg', bytes: d! },
    { name: 'C:\\a\\..\\..\\root.jpg', bytes: d! },
    { name: 'cat/nul\0.jpg', bytes: d! },
    { name: 'cat/locked.jpg', bytes: d!, flags: GENERAL_ENCRYPTED },
    { name: 'cat/notes.txt', bytes: Buffer.from('hello') },
    // Not worth a word.
    { name: '__MACOSX/cat/._good.jpg', bytes: d! },
    { name: 'cat/.DS_Store', bytes: d! },
  ]);
  const found = await find(page, [{ name: 'pets.zip', bytes: archive }]);
  expect(found.labels.filter(([name]) => name.endsWith('good.jpg'))).toEqual([
    ['cat/good.jpg', 'cat'],
    ['dog/good.jpg', 'dog'],
    ['__proto__/good.jpg', '__proto__'],
  ]);
  const report = await page.evaluate(() => harness.importInput('cat'));
  expect(report).toMatchObject({ added: 3, passedOver: 1 });
  expect(new Map(report.refused.map(({ name, reason }) => [name, reason]))).toEqual(
    new Map([
      ['cat/good.jpg', expect.stringContaining('same name')],
      ['cat/crc.jpg', expect.stringContaining('not what was packed')],
      ['cat/says-less.jpg', expect.stringContaining('not what the archive says')],
      ['cat/says-more.jpg', expect.any(String)],
      ['cat/bomb.jpg', expect.stringContaining('hundred times')],
      ['cat/hidden-bomb.jpg', expect.any(String)],
      ['../up.jpg', expect.stringContaining('out of the archive')],
      ['cat/../../up.jpg', expect.stringContaining('out of the archive')],
      ['../root.jpg', expect.stringContaining('out of the archive')],
      ['a/../../root.jpg', expect.stringContaining('out of the archive')],
      ['cat/nul\0.jpg', expect.stringContaining('out of the archive')],
      ['cat/locked.jpg', expect.stringContaining('password')],
    ]),
  );
  expect(await storedPhotos(page)).toBe(3);
  // As one picture counts that was found before: the very same bytes are here already.
  const again = await page.evaluate(() => harness.importInput('dog'));
  expect(again).toMatchObject({ added: 0, duplicates: 3 });
});

test('a file that says it is small unpacks no further than it says', async ({ page }) => {
  const bytes = Buffer.alloc(24_000_000);
  const archive = zipBytes([{ name: 'bomb.jpg', bytes, size: 2_000_000 }]);
  await choose(page, [{ name: 'bomb.zip', bytes: archive }]);
  const report = await page.evaluate(() => harness.importInput('cat'));
  expect(report.refused).toEqual([
    { name: 'bomb.jpg', reason: 'Its size is not what the archive says.' },
  ]);
});

test('archives that are none, or have too much in them, change nothing', async ({ page }) => {
  const [jpeg] = await drawJpegs(page, 1);
  const good = zipBytes([{ name: 'cat/a.jpg', bytes: jpeg! }]);
  const many = Array.from({ length: 100_001 }, (_, i) => ({
    name: `${i}.jpg`,
    bytes: jpeg!.subarray(0, 4),
    stored: true,
  }));
  const poses = Buffer.from('{"type":"pose"}');
  await choose(page, [
    { name: 'many.zip', bytes: zipBytes(many) },
    { name: 'cut.zip', bytes: good.subarray(0, good.length - 30) },
    { name: 'no-zip.zip', bytes: Buffer.from('PK\x03\x04 and then nothing') },
    { name: 'poses.tm', bytes: zipBytes([{ name: 'manifest.json', bytes: poses }]) },
    { name: 'empty.zip', bytes: zipBytes([]) },
  ]);
  const report = await page.evaluate(() => harness.importInput('cat'));
  expect(Object.fromEntries(report.refused.map(({ name, reason }) => [name, reason]))).toEqual({
    'many.zip': 'More than 100,000 files are in it.',
    'cut.zip': 'The archive is damaged, or none that can be read.',
    'no-zip.zip': 'The archive is damaged, or none that can be read.',
    'poses.tm': expect.stringContaining('poses'),
  });
  expect(report.added).toBe(0);
  expect(await storedPhotos(page)).toBe(0);
});

test('a Teachable Machine project brings its classes, and 25,000 files are listed', async ({
  page,
}) => {
  const [a, b, c] = await drawJpegs(page, 3);
  const manifest = '{"type":"image","version":"2.4.10","appdata":{"trainEpochs":50}}';
  const project = zipBytes([
    { name: 'Class 1-!-0.jpg', bytes: a! },
    { name: 'My -!- dog-!-0.jpg', bytes: b! },
    { name: 'My -!- dog-!-1.jpg', bytes: c! },
    { name: 'manifest.json', bytes: Buffer.from(manifest) },
  ]);
  const found = await find(page, [{ name: 'project.tm', bytes: project }]);
  expect(found.labels).toEqual([
    ['Class 1-!-0.jpg', 'Class 1'],
    ['My -!- dog-!-0.jpg', 'My -!- dog'],
    ['My -!- dog-!-1.jpg', 'My -!- dog'],
  ]);
  expect(found.refused).toEqual([]);

  const large = Array.from({ length: 25_000 }, (_, i) => ({
    name: `set/${i % 2 ? 'cat' : 'dog'}/${i}.jpg`,
    bytes: a!.subarray(0, 100),
    stored: true,
  }));
  const many = await find(page, [{ name: 'large.zip', bytes: zipBytes(large) }]);
  expect(many.labels).toHaveLength(25_000);
});

async function drawJpegs(page: Page, count: number): Promise<Buffer[]> {
  const drawn = await page.evaluate(async (count) => {
    const jpegs: number[][] = [];
    for (let seed = 1; seed <= count; seed++) {
      const canvas = new OffscreenCanvas(240, 180);
      harness.drawPet(canvas, 'cat', seed);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
      jpegs.push([...new Uint8Array(await blob.arrayBuffer())]);
    }
    return jpegs;
  }, count);
  return drawn.map((bytes) => Buffer.from(bytes));
}

async function choose(page: Page, files: readonly ZipFile[]): Promise<void> {
  await page
    .locator('input')
    .setInputFiles(
      files.map(({ name, bytes }) => ({ name, mimeType: 'image/png', buffer: Buffer.from(bytes) })),
    );
}

async function find(page: Page, files: readonly ZipFile[]) {
  await choose(page, files);
  return page.evaluate(async () => {
    const { pictures, refused } = await harness.findPictures(
      document.querySelector('input')!.files!,
    );
    return { labels: pictures.map(({ name, label }) => [name, label] as const), refused };
  });
}

function storedPhotos(page: Page): Promise<number> {
  return page.evaluate(async () => (await harness.photos.listPhotos()).length);
}
