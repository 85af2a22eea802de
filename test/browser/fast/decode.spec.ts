import type { Page } from '@playwright/test';
import { jpegSegments } from '../../../src/photos/import/headers/jpeg-segments.ts';
import { AV1_CODING, heifBytes } from '../../fixtures/heif-bytes.ts';
import { exifBytes, type ExifFacts } from '../../fixtures/exif-bytes.ts';
import { concatenated, jpegBytes, segment } from '../../fixtures/jpeg-bytes.ts';
import { expect, test } from '../harness-test.ts';
import { PeakMemory } from '../peak-memory.ts';

/** Imports files as cats. */
async function importFiles(page: Page, files: Readonly<Record<string, Uint8Array>>) {
  const payloads = Object.entries(files).map(([name, bytes]) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  }));
  await page.locator('input').setInputFiles(payloads);
  return page.evaluate(() => harness.importInput('cat'));
}

/** What the stored photos show: their side in pixels, and the gray of four places. */
function looksOfPhotos(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const looks: string[] = [];
    for (const { id } of await harness.photos.listPhotos()) {
      const image = await harness.photos.getImage(id);
      const bitmap = await createImageBitmap(new Blob([image!.bytes]));
      const side = bitmap.width;
      const context = new OffscreenCanvas(side, side).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const grayAt = (x: number, y: number) => {
        const [level] = context.getImageData(Math.floor(x * side), Math.floor(y * side), 1, 1).data;
        return Math.round(level! / 10) * 10;
      };
      const [left, right] = [grayAt(0.1, 0.4), grayAt(0.9, 0.4)];
      const [top, bottom] = [grayAt(0.4, 0.05), grayAt(0.4, 0.95)];
      looks.push(`${side}: left ${left}, right ${right}, top ${top}, bottom ${bottom}`);
    }
    return looks;
  });
}

/** The JPEG with EXIF data. */
function withExif(jpeg: Uint8Array, facts: ExifFacts): Uint8Array {
  const app1 = segment(0xe1, [...Buffer.from('Exif\0\0'), ...exifBytes(facts)]);
  return concatenated([jpeg.subarray(0, 2), app1, jpeg.subarray(2)]);
}

/** Of each row, the left half is dark and the right half light. */
const halves = (width: number, height: number) => jpegBytes(width, height, () => [20, 220]);

test.describe('in a browser of its own', () => {
  test.use({ ownChromium: true });

  test('photos of 48 and 200 megapixels and a panorama take the memory of small ones', async ({
    page,
  }) => {
    await importFiles(page, { 'small.jpg': jpegBytes(1600, 1200, () => [90, 150]) });
    const memory = await PeakMemory.of(page);
    const before = await memory.megabytes();
    const { added, refused } = await importFiles(page, {
      '48.jpg': halves(8064, 6048),
      '200.jpg': withExif(halves(16_320, 12_240), { orientation: 6 }),
      'panorama.jpg': jpegBytes(12_500, 2400, () => [0, 0, 0, 60, 200, 0, 0, 0]),
    });
    expect(refused).toEqual([]);
    expect(added).toBe(3);
    // Whole, the 200 megapixels alone would take 800 MB.
    expect((await memory.megabytes()) - before).toBeLessThan(300);
    expect((await looksOfPhotos(page)).sort()).toEqual([
      '512: left 20, right 20, top 20, bottom 220',
      '512: left 20, right 220, top 20, bottom 20',
      '512: left 60, right 200, top 60, bottom 60',
      '512: left 90, right 150, top 90, bottom 90',
    ]);
  });
});

test.describe('in another browser of its own', () => {
  test.use({ ownChromium: true });

  test('memory does not grow with the number of large photos', async ({ page }) => {
    const photos = (from: number, count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => {
          const jpeg = jpegBytes(4032, 3024, () => [20 + from + i, 220]);
          return [`${from + i}.jpg`, withExif(jpeg, { orientation: 1 + (i % 8) })];
        }),
      );
    await importFiles(page, photos(0, 4));
    const memory = await PeakMemory.of(page);
    const before = await memory.megabytes();
    const { added } = await importFiles(page, photos(10, 60));
    expect(added).toBe(60);
    // Decoded at the size that is needed, each takes 7 MB: all of them 400 MB beside what waits to be freed.
    expect((await memory.megabytes()) - before).toBeLessThan(480);
  });
});

test('pictures as cameras and browsers write them are stored upright, on a light ground', async ({
  page,
}) => {
  const jpeg = halves(320, 320);
  const drawn = await page.evaluate(async () => {
    const draw = async (type: string, alpha: boolean, paint: readonly (readonly number[])[]) => {
      const canvas = new OffscreenCanvas(320, 320);
      const context = canvas.getContext('2d', { alpha })!;
      for (const [gray, x, y, width, height] of paint) {
        context.fillStyle = `rgb(${gray} ${gray} ${gray})`;
        context.fillRect(x!, y!, width!, height!);
      }
      return Array.from(new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer()));
    };
    return {
      cutOut: await draw('image/png', true, [[0, 100, 50, 120, 220]]),
      webp: await draw('image/webp', false, [
        [40, 0, 0, 160, 320],
        [200, 160, 0, 160, 320],
      ]),
    };
  });
  const { refused, incomplete } = await importFiles(page, {
    'marker.jpg': concatenated([jpeg.subarray(0, 2), segment(0x20, [1]), jpeg.subarray(2)]),
    'stray.jpg': concatenated([
      jpeg.subarray(0, 2),
      Uint8Array.of(0, 0, 0x11),
      jpegBytes(320, 320, () => [60, 160]).subarray(2),
    ]),
    'header.jpg': jpeg.subarray(0, 100),
    'no-end.gif': withExif(jpeg, { orientation: 6 }).subarray(0, -2),
    'cut.jpg': partOf(
      jpegBytes(320, 320, () => [30, 210]),
      0.7,
    ),
    'cut-early.jpg': partOf(jpeg, 0.3),
    'turned.webp': turnedWebp(Uint8Array.from(drawn.webp), 320),
    'cut-out.png': Uint8Array.from(drawn.cutOut),
    'picture.bmp': bmpBytes(320, (x) => (x < 160 ? 50 : 180)),
    'scan.jpg': new TextEncoder().encode('II*\0\x08\0\0\0\0\0'),
  });
  expect(new Map(refused.map(({ name, reason }) => [name, reason]))).toEqual(
    new Map<string, unknown>([
      ['cut-early.jpg', expect.stringContaining('more than half')],
      ['header.jpg', 'The picture is damaged.'],
      ['scan.jpg', expect.stringContaining('TIFF')],
    ]),
  );
  expect(incomplete).toEqual(['cut.jpg']);
  expect((await looksOfPhotos(page)).sort()).toEqual([
    '320: left 20, right 20, top 20, bottom 220',
    '320: left 20, right 220, top 20, bottom 20',
    '320: left 230, right 230, top 230, bottom 230',
    '320: left 30, right 210, top 30, bottom 130',
    '320: left 40, right 40, top 40, bottom 200',
    '320: left 50, right 180, top 50, bottom 50',
    '320: left 60, right 160, top 60, bottom 60',
  ]);
});

test('a photo is stored upright from each orientation', async ({ page }) => {
  // The quarters of an upright picture, left to right and top to bottom, as each orientation stores them.
  const quarters = ['abcd', 'badc', 'dcba', 'cdab', 'acbd', 'bdac', 'dbca', 'cadb'];
  const gray = { a: 16, b: 86, c: 156, d: 226 } as Record<string, number>;
  for (const [index, stored] of quarters.entries()) {
    const [width, height] = index < 4 ? [480, 320] : [320, 480];
    const levels = stored.split('').map((quarter) => gray[quarter]! + index);
    const jpeg = jpegBytes(width, height, (row) =>
      row < height / 16 ? levels.slice(0, 2) : levels.slice(2),
    );
    const named = { [`${index}.jpg`]: withExif(jpeg, { orientation: index + 1 }) };
    expect(await importFiles(page, named)).toMatchObject({ added: 1 });
  }
  const looks = await looksOfPhotos(page);
  expect(looks).toHaveLength(8);
  expect(new Set(looks).size).toBe(1);
});

test('HEIC is decoded tile by tile by the video decoder, and turned upright', async ({ page }) => {
  // AV1 in HEIF's container, because this Chromium has no HEVC: the same boxes and the same decoder.
  const tiles = await page.evaluate(async () => {
    const encoded: number[][] = [];
    const encoder = new VideoEncoder({
      output: (chunk) => {
        const bytes = new Uint8Array(chunk.byteLength);
        chunk.copyTo(bytes);
        encoded.push([...bytes]);
      },
      error: (thrown) => {
        throw thrown;
      },
    });
    encoder.configure({ codec: 'av01.0.04M.08', width: 256, height: 256 });
    for (const [timestamp, gray] of [20, 100, 160, 220].entries()) {
      const canvas = new OffscreenCanvas(256, 256);
      const context = canvas.getContext('2d')!;
      context.fillStyle = `rgb(${gray} ${gray} ${gray})`;
      context.fillRect(0, 0, 256, 256);
      const frame = new VideoFrame(canvas, { timestamp });
      encoder.encode(frame, { keyFrame: true });
      frame.close();
    }
    await encoder.flush();
    encoder.close();
    return encoded;
  });
  const size = { columns: 2, rows: 2, width: 480, height: 480, tile: 256 };
  const coded = {
    ...size,
    tiles: tiles.map((bytes) => Uint8Array.from(bytes)),
    coding: AV1_CODING,
  };
  const { added, refused } = await importFiles(page, {
    'upright.heic': heifBytes(coded),
    'turned.heic': heifBytes({ ...coded, rotation: 3 }),
    'damaged.heic': heifBytes({ ...coded, rows: 3 }),
  });
  expect(added).toBe(2);
  expect(refused.map(({ name }) => name)).toEqual(['damaged.heic']);
  expect((await looksOfPhotos(page)).sort()).toEqual([
    '480: left 160, right 20, top 160, bottom 220',
    '480: left 20, right 100, top 20, bottom 160',
  ]);
});

test('imported photos of one session are in one split, whatever they look like', async ({
  page,
}) => {
  const files: Record<string, Uint8Array> = {};
  for (const session of [1, 2, 3]) {
    for (const shot of [0, 1, 2, 3]) {
      const seed = 10 * session + shot;
      const picture = jpegBytes(320, 320, (row) =>
        Array.from({ length: 8 }, (_, i) => noise(100 * seed + 8 * Math.floor(row / 5) + i)),
      );
      const time = `2024:05:0${session} 10:0${(2 * shot) % 5}:0${shot}`;
      files[`${session}-${shot}.jpg`] = withExif(picture, { time });
    }
  }
  expect((await importFiles(page, files)).added).toBe(12);
  const photos = await page.evaluate(() => harness.photos.listPhotos());
  const sessions = [1, 2, 3].map((day) =>
    photos.filter(({ takenAt }) => new Date(takenAt!).getDate() === day),
  );
  for (const own of sessions) {
    expect(own).toHaveLength(4);
    expect(new Set(own.map(({ split }) => split)).size).toBe(1);
    expect(new Set(own.map(({ burstId, sha256 }) => burstId ?? sha256)).size).toBe(1);
  }
  expect(sessions.map(([photo]) => photo!.split).sort()).toEqual(['test', 'train', 'validation']);
});

/** The JPEG with this part of its picture data only. */
function partOf(jpeg: Uint8Array, part: number): Uint8Array {
  const scan = [...jpegSegments(jpeg)].at(-1)!;
  return jpeg.subarray(0, scan.end + Math.floor((jpeg.length - scan.end) * part));
}

/** A WebP as an extended one, whose EXIF data say that it is to be turned clockwise. */
function turnedWebp(bytes: Uint8Array, side: number): Uint8Array {
  const chunk = (type: string, content: Uint8Array) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32LE(content.length, 4);
    return concatenated([head, content, new Uint8Array(content.length % 2)]);
  };
  const whole = Buffer.from(bytes);
  const start = ['VP8 ', 'VP8L'].map((type) => whole.indexOf(type)).find((at) => at > 0)!;
  const picture = whole.subarray(start, start + 8 + whole.readUInt32LE(start + 4));
  const extended = Buffer.alloc(10);
  extended[0] = 8;
  extended.writeUIntLE(side - 1, 4, 3);
  extended.writeUIntLE(side - 1, 7, 3);
  const chunks = [
    chunk('VP8X', extended),
    concatenated([picture, new Uint8Array(picture.length % 2)]),
    chunk('EXIF', exifBytes({ orientation: 6 })),
  ];
  return chunk('RIFF', concatenated([Buffer.from('WEBP'), ...chunks]));
}

/** A BMP of 24 bits a pixel. */
function bmpBytes(side: number, levelAt: (x: number) => number): Uint8Array {
  const bytes = Buffer.alloc(54 + 3 * side * side);
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(side, 18);
  bytes.writeInt32LE(side, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let i = 0; i < side * side; i++) bytes.fill(levelAt(i % side), 54 + 3 * i, 57 + 3 * i);
  return bytes;
}

/** A gray level that looks random, the same for the same seed. */
function noise(seed: number): number {
  return Math.floor(256 * Math.abs(Math.sin(seed * 12.9898) * 43_758.5453)) % 256;
}
