import type { PhotoRecord } from '../../../src/records/photo.ts';
import { stableSplit } from '../../../src/photos/stable-split.ts';
import { harnessIsThere } from '../../harness/open-harness.ts';
import { addDrawnPets, expect, seeds, test } from '../harness-test.ts';

test('a photo is stored whole: record, bytes, thumbnail, label', async ({ page }) => {
  const [id] = await addDrawnPets(page, 'cat', [1]);
  await page.reload();
  await harnessIsThere(page);
  const stored = await page.evaluate(async (id) => {
    const [record] = await harness.photos.listPhotos();
    const image = await harness.photos.getImage(id);
    const thumbnail = await harness.photos.getThumbnail(id);
    const bitmap = await createImageBitmap(new Blob([image!.bytes]));
    return {
      record,
      bytes: image!.bytes.byteLength,
      width: bitmap.width,
      height: bitmap.height,
      thumbnailBytes: thumbnail!.bytes.byteLength,
    };
  }, id!);
  expect(stored.record).toMatchObject({ id, classId: 'cat', source: 'file', size: 320 });
  expect(stored.record!.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(stored.bytes).toBe(stored.record!.bytes);
  expect([stored.width, stored.height]).toEqual([320, 320]);
  expect(stored.thumbnailBytes).toBeGreaterThan(500);
});

test('the very same picture is stored once', async ({ page }) => {
  const first = await addDrawnPets(page, 'cat', [1]);
  const again = await addDrawnPets(page, 'cat', [1]);
  expect(again).toEqual(first);
  expect(await page.evaluate(() => harness.photos.listPhotos())).toHaveLength(1);
});

test('a correction in Live teaches, whatever split its hash says', async ({ page }) => {
  const photos = await page.evaluate(
    async (seeds) => {
      const canvas = new OffscreenCanvas(320, 320);
      for (const seed of seeds) {
        harness.drawPet(canvas, 'cat', seed);
        const images = await harness.encode.encodePhoto(canvas);
        await harness.photos.addPhoto({ classId: 'cat', ...images, source: 'live' });
      }
      return harness.photos.listPhotos();
    },
    seeds(1, 20),
  );
  const byHash = new Set(photos.map(({ sha256 }) => stableSplit(sha256)));
  expect([...byHash].sort()).toEqual(['test', 'train', 'validation']);
  expect(photos.filter(({ split }) => split === 'train')).toHaveLength(20);
  // A photo from elsewhere that looks like no other goes where its hash says, as soon as its class
  // has photos in each split.
  await addDrawnPets(page, 'dog', seeds(1, 30));
  const all = await page.evaluate(() => harness.photos.listPhotos('dog'));
  const dogs = all.toReversed().filter(({ burstId }) => burstId === undefined);
  const splits = ['train', 'validation', 'test'] as const;
  const settled = Math.max(...splits.map((each) => dogs.findIndex(({ split }) => split === each)));
  const later = dogs.slice(settled + 1);
  expect(later.length).toBeGreaterThan(5);
  expect(later.map(({ split }) => split)).toEqual(later.map(({ sha256 }) => stableSplit(sha256)));
});

test('one burst of each class teaches; the second tests, and the third validates', async ({
  page,
}) => {
  const splits = await page.evaluate(async () => {
    const burst = async (classId: 'cat' | 'dog', seed: number) => {
      const photos: PhotoRecord[] = [];
      for (let shift = 0; shift < 4; shift++) {
        const drawn = new OffscreenCanvas(340, 340);
        harness.drawPet(drawn, classId, seed);
        const crop = { x: 10 + shift, y: 10, side: 320 };
        const encoded = await harness.encode.encodePhoto(drawn, crop);
        const [burstOf] = photos;
        const shot = { classId, ...encoded, source: 'camera' as const };
        photos.push(
          (await harness.photos.addPhoto({ ...shot, ...(burstOf && { burstOf }) })).photo,
        );
      }
      return [...new Set(photos.map(({ split }) => split))];
    };
    const splits = [];
    for (const seed of [1, 100, 200])
      splits.push(await burst('cat', seed), await burst('dog', seed));
    return splits;
  });
  expect(splits.slice(0, 2)).toEqual([['train'], ['train']]);
  expect(splits.slice(2, 4)).toEqual([['test'], ['test']]);
  expect(splits.slice(4, 6)).toEqual([['validation'], ['validation']]);
});

test('photos of one session are one group in whatever order they come', async ({ page }) => {
  const photos = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 320);
    /** Stores a photo that looks like no other. @param minute when it was taken */
    const store = async (minute: number, seed: number) => {
      const context = canvas.getContext('2d')!;
      for (let block = 0; block < 64; block++) {
        context.fillStyle = `hsl(0 0% ${(seed * 7919 + block * block * 104_729 * seed) % 101}%)`;
        context.fillRect(40 * (block % 8), 40 * Math.floor(block / 8), 40, 40);
      }
      const images = await harness.encode.encodePhoto(canvas);
      const takenAt = Date.UTC(2026, 4, 3, 12, minute);
      return harness.photos.addPhoto({ classId: 'cat', ...images, source: 'file', takenAt });
    };
    // Each of the first is more than five minutes from the others, so they are in all splits.
    const minutes = [0, 60, 120, 180, 8, 16, 24, 32];
    for (const [index, minute] of minutes.entries()) await store(minute, 1 + index);
    const before = await harness.photos.listPhotos();
    for (const [index, minute] of [4, 20, 28, 12].entries()) await store(minute, 40 + index);
    return { before, after: await harness.photos.listPhotos() };
  });
  const groups = (all: readonly PhotoRecord[]) =>
    new Set(all.map(({ burstId, sha256 }) => burstId ?? sha256));
  const inSession = (all: readonly PhotoRecord[]) =>
    all.filter(({ takenAt }) => takenAt! < Date.UTC(2026, 4, 3, 12, 40));
  expect(groups(photos.before).size).toBe(8);
  expect(new Set(inSession(photos.before).map(({ split }) => split)).size).toBeGreaterThan(1);
  expect(inSession(photos.after)).toHaveLength(9);
  expect(groups(inSession(photos.after)).size).toBe(1);
  expect(new Set(inSession(photos.after).map(({ split }) => split))).toEqual(new Set(['train']));
  // The others stay where they were.
  const others = (all: readonly PhotoRecord[]) =>
    all.filter((photo) => !inSession(all).includes(photo)).map(({ id, split }) => [id, split]);
  expect(others(photos.after)).toEqual(others(photos.before));
});

test('photos that look almost the same are in one split; so is a burst', async ({ page }) => {
  const records = await page.evaluate(async () => {
    const shoot = async (seed: number, shift: number, burstOf?: PhotoRecord) => {
      const drawn = new OffscreenCanvas(340, 340);
      harness.drawPet(drawn, 'cat', seed);
      const crop = { x: 10 + shift, y: 10, side: 320 };
      const encoded = await harness.encode.encodePhoto(drawn, crop);
      const photo = { classId: 'cat', ...encoded, source: 'camera' as const };
      return (await harness.photos.addPhoto({ ...photo, ...(burstOf && { burstOf }) })).photo;
    };
    const still = [];
    for (let seed = 1; seed <= 8; seed++) {
      still.push([await shoot(seed, 0), await shoot(seed, 4)]);
    }
    const first = await shoot(20, 0);
    return { still, burst: [first, await shoot(21, 0, first), await shoot(22, 0, first)] };
  });
  for (const [one, other] of records.still) {
    expect(other!.sha256).not.toBe(one!.sha256);
    expect(other!.burstId).toBe(one!.burstId ?? one!.sha256);
    expect(other!.split).toBe(one!.split);
  }
  const [first, ...rest] = records.burst;
  for (const photo of rest) {
    expect(photo).toMatchObject({ burstId: first!.burstId ?? first!.sha256, split: first!.split });
  }
});

test('when one part of a photo cannot be written, no part is', async ({ page }) => {
  await addDrawnPets(page, 'cat', [1]);
  const outcome = await page.evaluate(async () => {
    const add = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'add')!;
    Object.defineProperty(IDBObjectStore.prototype, 'add', {
      ...add,
      value(this: IDBObjectStore, ...args: unknown[]): unknown {
        if (this.name === 'thumbnails') throw new DOMException('no room', 'QuotaExceededError');
        return Reflect.apply(add.value as () => unknown, this, args);
      },
    });
    const canvas = new OffscreenCanvas(64, 64);
    harness.drawPet(canvas, 'dog', 2);
    const images = await harness.encode.encodePhoto(canvas);
    const problem = await harness.photos
      .addPhoto({ classId: 'dog', ...images, source: 'file' })
      .then(() => undefined)
      .catch((thrown: unknown) => (thrown as { kind: string }).kind);
    Object.defineProperty(IDBObjectStore.prototype, 'add', add);
    return { problem, photos: (await harness.photos.listPhotos()).length };
  });
  expect(outcome).toEqual({ problem: 'quota', photos: 1 });
});

test('relabel, delete, undo and purge', async ({ page }) => {
  const ids = await addDrawnPets(page, 'cat', seeds(1, 3));
  const counts = () =>
    page.evaluate(async () => Object.fromEntries(await harness.photos.countPhotos()));
  const before = await page.evaluate(() => harness.photos.listPhotos());

  await page.evaluate((ids) => harness.photos.relabelPhotos(ids.slice(0, 1), 'dog'), ids);
  expect(await counts()).toEqual({ cat: 2, dog: 1 });
  await page.evaluate((ids) => harness.photos.relabelPhotos(ids.slice(0, 1), 'cat'), ids);

  await page.evaluate((ids) => harness.photos.deletePhotos(ids), ids);
  expect(await counts()).toEqual({});
  await page.evaluate((ids) => harness.photos.restorePhotos(ids), ids);
  expect(await page.evaluate(() => harness.photos.listPhotos())).toEqual(before);

  await page.evaluate((ids) => harness.photos.deletePhotos(ids.slice(0, 1)), ids);
  await page.evaluate(() => harness.photos.purgeDeletedPhotos(Date.now() + 1));
  const restoring = page.evaluate((ids) => harness.photos.restorePhotos(ids.slice(0, 1)), ids);
  await expect(restoring).rejects.toThrow('too late to bring these photos back');
  expect(await counts()).toEqual({ cat: 2 });
  expect(await page.evaluate((id) => harness.photos.getImage(id), ids[0]!)).toBeUndefined();
});

test('a dead connection is opened again without a reload', async ({ page }) => {
  await addDrawnPets(page, 'cat', [1]);
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await addDrawnPets(page, 'dog', [1]);
  expect(await page.evaluate(() => harness.photos.listPhotos())).toHaveLength(1);
});

test('a change in one tab is heard in another', async ({ page }) => {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await harnessIsThere(other);
  await other.evaluate(() => {
    Object.assign(globalThis, { heard: 0 });
    harness.changes.onChange('photos', () => {
      (globalThis as unknown as { heard: number }).heard++;
    });
  });
  await addDrawnPets(page, 'cat', [1]);
  await expect
    .poll(() => other.evaluate(() => (globalThis as unknown as { heard: number }).heard))
    .toBe(1);
});

test('a library of version 1 is brought to this one, its models with it', async ({ page }) => {
  const models = await page.evaluate(async () => {
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('purrceptron', 1);
      opening.onupgradeneeded = () => {
        const { result: database, transaction } = opening;
        database
          .createObjectStore('models', { keyPath: 'id' })
          .createIndex('byCreated', 'createdAt');
        for (const name of ['classes', 'photos', 'features', 'settings']) {
          database.createObjectStore(name);
        }
        transaction!.objectStore('models').put({
          id: 'old',
          name: 'Model 1',
          createdAt: 1,
          hyperparameters: { preset: 'quick', epochs: 40 },
          test: { count: 60, correct: 58, loss: 0.1, confusion: [] },
        });
      };
      opening.onsuccess = () => {
        opening.result.close();
        resolve();
      };
      opening.onerror = () => {
        reject(new Error('no version 1'));
      };
    });
    return harness.models.listModels();
  });
  expect(models).toEqual([
    expect.objectContaining({
      id: 'old',
      hyperparameters: expect.objectContaining({ epochs: 40, centred: false, priorTemperature: 1 }),
      test: expect.objectContaining({ correct: 58, mistakes: [], reliability: [] }),
    }),
  ]);
  expect(await page.evaluate(() => harness.checkpoints.unfinishedTraining())).toBeUndefined();
});
