import { expect, test } from '../harness-test.ts';

/** Eight cats whose pictures differ much, in scenes of a second. */
const PETS = [1, 2, 4, 8, 10, 16, 19, 25];

for (const [format, codec] of [
  ['mp4', 'avc'],
  ['mov', 'avc'],
  ['webm', 'vp9'],
  ['webm', 'vp8'],
] as const) {
  test(`a film gives photos that differ, as one group: ${format} with ${codec}`, async ({
    page,
  }) => {
    const { report, photos, progress } = await page.evaluate(
      async ({ format, codec, pets }) => {
        const film = await harness.drawFilm({ format, codec, pets });
        // The bytes decide, not the name.
        const files = [new File([film], 'clip')];
        const progress: { total: number; done: number }[] = [];
        const report = await harness.importFiles(files, 'cat', {
          onProgress: ({ total, done }) => progress.push({ total, done }),
        });
        return { report, photos: await harness.photos.listPhotos(), progress };
      },
      { format, codec, pets: PETS },
    );
    expect(report.refused).toEqual([]);
    expect(report.added).toBe(PETS.length);
    expect(report.total).toBe(PETS.length);
    expect(new Set(photos.map(({ split }) => split)).size).toBe(1);
    // All but the first name the group of the first.
    expect(new Set(photos.map(({ burstId, sha256 }) => burstId ?? sha256)).size).toBe(1);
    expect(photos.every(({ size }) => size === 240)).toBe(true);
    expect(progress).toContainEqual({ total: 20, done: 3 });
  });
}

test('a film that was held upright gives upright photos', async ({ page }) => {
  const differences = await page.evaluate(async () => {
    const pixelsOf = async (rotation: 0 | 90 | 180 | 270) => {
      const film = await harness.drawFilm({ format: 'mp4', codec: 'avc', pets: [3], rotation });
      const before = new Set((await harness.photos.listPhotos()).map(({ id }) => id));
      await harness.importFiles([film], 'cat', { framesPerFilm: 1 });
      const added = (await harness.photos.listPhotos()).find(({ id }) => !before.has(id))!;
      const image = await harness.photos.getImage(added.id);
      const bitmap = await createImageBitmap(new Blob([image!.bytes]));
      const context = new OffscreenCanvas(48, 48).getContext('2d')!;
      // Turned back.
      context.translate(24, 24);
      context.rotate((-rotation * Math.PI) / 180);
      context.drawImage(bitmap, -24, -24, 48, 48);
      return context.getImageData(0, 0, 48, 48).data;
    };
    const stored = await pixelsOf(0);
    const meanDifference = (other: Uint8ClampedArray) =>
      other.reduce((sum, value, i) => sum + Math.abs(value - stored[i]!), 0) / other.length;
    return [
      meanDifference(await pixelsOf(90)),
      meanDifference(await pixelsOf(180)),
      meanDifference(await pixelsOf(270)),
    ];
  });
  for (const difference of differences) expect(difference).toBeLessThan(6);
});

test('as many photos as the person chose, spread over the film', async ({ page }) => {
  const added = await page.evaluate(async (pets) => {
    const film = await harness.drawFilm({ format: 'webm', codec: 'vp8', pets });
    const { added } = await harness.importFiles([film], 'cat', { framesPerFilm: 4 });
    return added;
  }, PETS);
  expect(added).toBe(4);
});

test('a film that is here already is not read again; one that was stopped is taken up', async ({
  page,
}) => {
  const { stopped, again, third, more } = await page.evaluate(async (pets) => {
    const film = await harness.drawFilm({ format: 'webm', codec: 'vp8', pets });
    const file = () => new File([film], 'walk.webm', { lastModified: 1 });
    const stop = new AbortController();
    const stopped = await harness.importFiles([file()], 'cat', {
      signal: stop.signal,
      onProgress: ({ added }) => added === 2 && stop.abort(),
    });
    const again = await harness.importFiles([file()], 'cat');
    const third = await harness.importFiles([file()], 'cat');
    // Another number of photos is another wish.
    const more = await harness.importFiles([file()], 'cat', { framesPerFilm: 50 });
    return { stopped, again, third, more };
  }, PETS);
  expect(stopped.added).toBe(2);
  expect(again).toMatchObject({ added: PETS.length - 2, duplicates: 2 });
  expect(third).toMatchObject({ total: 1, added: 0, duplicates: 1 });
  expect(more.duplicates).toBeGreaterThan(1);
});

test('without WebCodecs, the video element gives the same photos', async ({ page }) => {
  const report = await page.evaluate(async (pets) => {
    const film = await harness.drawFilm({ format: 'webm', codec: 'vp8', pets });
    Reflect.deleteProperty(globalThis, 'VideoDecoder');
    return harness.importFiles([film], 'cat');
  }, PETS);
  expect(report).toMatchObject({ added: PETS.length, refused: [] });
});

test('a damaged film is refused by name; one that is cut off gives what is there', async ({
  page,
}) => {
  const { damaged, cut } = await page.evaluate(async (pets) => {
    const film = await harness.drawFilm({ format: 'webm', codec: 'vp8', pets });
    const noise = crypto.getRandomValues(new Uint8Array(5000));
    const files = [
      new File([film.slice(0, 60), noise], 'noise.webm'),
      new File(['\0\0\0\x18ftypisom\0\0\0\0isommp42', noise], 'noise.mp4'),
    ];
    return {
      damaged: await harness.importFiles(files, 'cat'),
      cut: await harness.importFiles([new File([film.slice(0, film.size / 2)], 'a.webm')], 'cat'),
    };
  }, PETS);
  expect(damaged).toMatchObject({ added: 0, total: 2 });
  expect(damaged.refused.map(({ name }) => name).sort()).toEqual(['noise.mp4', 'noise.webm']);
  for (const { reason } of damaged.refused) expect(reason).toMatch(/film/);
  expect(cut.refused).toEqual([]);
  expect(cut.added).toBeGreaterThanOrEqual(2);
});

test('a film that is damaged in the middle gives what comes before, and all is counted', async ({
  page,
}) => {
  const { report, last } = await page.evaluate(async (pets) => {
    const film = await harness.drawFilm({ format: 'webm', codec: 'vp8', pets });
    const SECOND = 1e6;
    globalThis.VideoDecoder = class extends VideoDecoder {
      override decode(chunk: EncodedVideoChunk) {
        if (chunk.timestamp > 3 * SECOND) throw new DOMException('Damaged', 'EncodingError');
        super.decode(chunk);
      }
    };
    let last = { total: 0, done: 0 };
    const onProgress = (progress: typeof last) => (last = progress);
    const report = await harness.importFiles([film], 'cat', { onProgress });
    return { report, last };
  }, PETS);
  expect(report.added).toBeGreaterThan(0);
  expect(report.added).toBeLessThan(PETS.length);
  expect(report).toMatchObject({ total: report.added, refused: [], notTried: 0 });
  expect(last).toMatchObject({ total: report.total, done: report.total });
});

test('an MP4 of which the end was cut off, with what says where its pictures are, is damaged', async ({
  page,
}) => {
  const { refused } = await page.evaluate(async (pets) => {
    const film = await harness.drawFilm({ format: 'mp4', codec: 'avc', pets });
    // Cameras write the box that says where the pictures are at the end.
    const boxes: Blob[] = [];
    for (let at = 0; at < film.size;) {
      const head = new DataView(await film.slice(at, at + 8).arrayBuffer());
      const size = head.getUint32(0);
      const isIndex = head.getUint32(4) === 0x6d6f6f76; // moov
      if (!isIndex) boxes.push(film.slice(at, at + size));
      at += size;
    }
    return harness.importFiles([new File(boxes, 'cut.mp4')], 'cat');
  }, PETS);
  expect(refused).toEqual([{ name: 'cut.mp4', reason: 'The film is damaged.' }]);
});

test('an import is stopped in the middle of a film: what is stored stays', async ({ page }) => {
  const report = await page.evaluate(async (pets) => {
    const film = await harness.drawFilm({ format: 'webm', codec: 'vp8', pets });
    const stop = new AbortController();
    return harness.importFiles([film], 'cat', {
      signal: stop.signal,
      onProgress: ({ added }) => added === 2 && stop.abort(),
    });
  }, PETS);
  expect(report).toMatchObject({ added: 2, notTried: 18 });
});
