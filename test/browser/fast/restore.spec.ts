import type { Page } from '@playwright/test';
import fc from 'fast-check';
import { anyLibrary, digest, tinyJpeg, type AnyLibrary } from '../../fixtures/any-library.ts';
import type { PlainLibrary } from '../../harness/backup.ts';
import { addDrawnPets, expect, seeds, test } from '../harness-test.ts';
import { wipe } from '../wipe.ts';

const LIBRARIES = 8;

function plain({ records, bytes }: AnyLibrary): PlainLibrary {
  const { classes, photos, models } = records;
  const entries = Array.from(bytes, ([path, part]) => [path, [...part]] as const);
  return { classes, photos, models, bytes: Object.fromEntries(entries) };
}

const photo = (id: string, classId: string, seed: number) => {
  const image = tinyJpeg(64, seed);
  const record = {
    id,
    classId,
    sha256: digest(image),
    split: 'train',
    source: 'file',
    createdAt: 1_700_000_000_000 + seed,
    size: 64,
    bytes: image.byteLength,
  } as const;
  const bytes = { [`photos/${id}.jpg`]: [...image], [`thumbnails/${id}.jpg`]: [...image] };
  return { record, bytes };
};

const classNames = (page: Page) =>
  page.evaluate(async () => (await harness.classes.listClasses()).map(({ name }) => name));

test('whatever library the app has comes back from its backup, byte for byte', async ({ page }) => {
  for (const library of fc.sample(anyLibrary, { numRuns: LIBRARIES, seed: 2 })) {
    await wipe(page);
    const before = await page.evaluate(async (rows) => {
      await harness.backup.putRows(rows);
      await harness.backup.write();
      return harness.backup.digest();
    }, plain(library));
    await wipe(page);
    const after = await page.evaluate(async () => {
      await harness.backup.restore();
      return harness.backup.digest();
    });
    expect(after).toEqual(before);
  }
});

test('two classes of one name stay two', async ({ page }) => {
  const [one, two] = [photo('one', 'cat', 1), photo('two', 'other', 2)];
  await page.evaluate(
    async (rows) => {
      await harness.backup.putRows(rows);
      await harness.backup.write();
    },
    {
      classes: [
        { id: 'cat', name: 'Luna', order: 0, palette: 0 },
        { id: 'dog', name: 'Dog', order: 1, palette: 1 },
        { id: 'other', name: 'LUNA', order: 2, palette: 2 },
      ],
      photos: [one.record, two.record],
      models: [],
      bytes: { ...one.bytes, ...two.bytes },
    },
  );
  await wipe(page);
  for (const added of [2, 0]) {
    const { report, classes } = await page.evaluate(async () => ({
      report: await harness.backup.restore(),
      classes: await harness.classes.listClasses(),
    }));
    expect(report.photosAdded).toBe(added);
    expect(classes.map(({ name }) => name)).toEqual(['Luna', 'Dog', 'LUNA 2']);
    const counts = await page.evaluate(async () => [...(await harness.photos.countPhotos())]);
    expect(new Map(counts)).toEqual(
      new Map(classes.slice(0, 3).flatMap(({ id }, i) => (i === 1 ? [] : [[id, 1]]))),
    );
  }
});

test('eight classes of one name in different case stay eight, and can be backed up again', async ({
  page,
}) => {
  const name = `${'x'.repeat(37)} yy`;
  const classes = Array.from({ length: 8 }, (_, i) => ({
    id: ['cat', 'dog'][i] ?? `class-${i}`,
    name: name.slice(0, i) + name.slice(i).toUpperCase(),
    order: i,
    palette: i,
  }));
  const photos = classes.map(({ id }, i) => photo(`photo-${i}`, id, i));
  await page.evaluate(
    async (rows) => {
      await harness.backup.putRows(rows);
      await harness.backup.write();
    },
    {
      classes,
      photos: photos.map(({ record }) => record),
      models: [],
      bytes: Object.assign({}, ...photos.map(({ bytes }) => bytes)) as PlainLibrary['bytes'],
    },
  );
  // The second round restores what the first one has named.
  for (let round = 0; round < 2; round++) {
    await wipe(page);
    const counts = await page.evaluate(async () => {
      await harness.backup.restore();
      const { photos } = await harness.backup.write();
      return [photos, ...(await harness.photos.countPhotos()).values()];
    });
    expect(counts).toEqual([8, ...Array<number>(8).fill(1)]);
    expect(new Set((await classNames(page)).map((each) => each.toLowerCase())).size).toBe(8);
  }
});

test('class names that were typed before a restore survive it', async ({ page }) => {
  await addDrawnPets(page, 'cat', seeds(1, 2));
  await page.evaluate(() => harness.backup.write());
  await wipe(page);
  await page.evaluate(async () => {
    await harness.classes.addClass('Luna');
    await harness.classes.renameClass('dog', 'Rex');
    await harness.backup.restore();
  });
  // The Cat of the first start was untouched, so that of the backup takes its place.
  expect((await classNames(page)).sort()).toEqual(['Cat', 'Dog', 'Luna', 'Rex']);
  const labels = await page.evaluate(async () => {
    const classes = await harness.classes.listClasses();
    return (await harness.photos.listPhotos()).map(
      ({ classId }) => classes.find(({ id }) => id === classId)?.name,
    );
  });
  expect(labels).toEqual(['Cat', 'Cat']);
});

test('a class that is removed while a restore runs: its photos are not stored, and it is said', async ({
  page,
}) => {
  await addDrawnPets(page, 'dog', [1]);
  await page.evaluate(async () => {
    const { id } = await harness.classes.addClass('Owl');
    const [dog] = await harness.photos.listPhotos();
    await harness.photos.relabelPhotos([dog!.id], id);
    await harness.backup.write();
  });
  await wipe(page);
  const after = await page.evaluate(async () => {
    const owl = await harness.classes.addClass('Owl');
    const { problem, photosAdded } = await harness.backup.restoreWhileRemoving(owl.id);
    return { kind: problem?.kind, photosAdded, stored: (await harness.photos.listPhotos()).length };
  });
  expect(after).toEqual({ kind: 'gone', photosAdded: 0, stored: 0 });
  // A second restore brings the class back with its photo.
  const again = await page.evaluate(() => harness.backup.restore());
  expect(again).toMatchObject({ photosAdded: 1 });
  expect(again.problem).toBeUndefined();
  expect(await classNames(page)).toContain('Owl');
});

test('Undo brings back the photos of a removed class, also if a backup has brought back the class', async ({
  page,
}) => {
  await addDrawnPets(page, 'dog', [1]);
  const after = await page.evaluate(async () => {
    const { id } = await harness.classes.addClass('Owl');
    const [dog] = await harness.photos.listPhotos();
    await harness.photos.relabelPhotos([dog!.id], id);
    await harness.backup.write();
    return id;
  });
  const [second] = await addDrawnPets(page, 'dog', [2]);
  const counts = await page.evaluate(
    async ({ owl, second }) => {
      await harness.photos.relabelPhotos([second!], owl);
      const removed = await harness.classes.removeClass(owl);
      await harness.backup.restore();
      const counts = [(await harness.photos.listPhotos(owl)).length];
      for (let undo = 0; undo < 2; undo++) {
        await harness.classes.restoreClass(removed);
        counts.push((await harness.photos.listPhotos(owl)).length);
      }
      return counts;
    },
    { owl: after, second },
  );
  expect(counts).toEqual([1, 2, 2]);
});

test('a picture that comes again after it was deleted is there once, also after Undo', async ({
  page,
}) => {
  const [old, other] = await addDrawnPets(page, 'cat', [1, 2]);
  const [again] = await page.evaluate(
    async ([old]) => {
      await harness.photos.deletePhotos([old!]);
      const canvas = new OffscreenCanvas(320, 320);
      harness.drawPet(canvas, 'cat', 1);
      const images = await harness.encode.encodePhoto(canvas);
      const { photo } = await harness.photos.addPhoto({
        classId: 'dog',
        ...images,
        source: 'file',
      });
      return [photo.id];
    },
    [old],
  );
  const undo = (ids: readonly string[]) =>
    page.evaluate(async (ids) => {
      await harness.photos.restorePhotos(ids);
      return (await harness.photos.listPhotos()).map(({ id }) => id);
    }, ids);
  expect(await undo([old!])).toEqual([again, other]);

  // A backup brings a photo under another id, at the time at which it was taken.
  await page.evaluate(async (id) => {
    await harness.backup.write();
    await harness.photos.deletePhotos([id]);
    await harness.backup.restore();
  }, other!);
  const ids = await undo([other!]);
  expect(ids).toHaveLength(2);
  expect(ids).not.toContain(other);
  // Once it is deleted too, the first one can come back, at once and once more.
  await page.evaluate((ids) => harness.photos.deletePhotos(ids), ids);
  for (let times = 0; times < 2; times++) expect(await undo([other!])).toEqual([other]);
});

test('a photo from the future dates no other photo there', async ({ page }) => {
  const future = photo('future', 'cat', 1);
  const createdAt = Date.UTC(2099, 0, 1);
  await page.evaluate((rows) => harness.backup.putRows(rows), {
    classes: [
      { id: 'cat', name: 'Cat', order: 0, palette: 0 },
      { id: 'dog', name: 'Dog', order: 1, palette: 1 },
    ],
    photos: [{ ...future.record, createdAt }],
    models: [],
    bytes: future.bytes,
  });
  await addDrawnPets(page, 'dog', seeds(1, 3));
  const times = await page.evaluate(async () => {
    const photos = await harness.photos.listPhotos();
    return photos.map((one) => one.createdAt);
  });
  expect(times[0]).toBe(createdAt);
  expect(times.slice(1).every((time) => time < createdAt)).toBe(true);
  expect(new Set(times).size).toBe(4);
});

test('where the disk is known to be full, a write that fails without a reason says so', async ({
  page,
}) => {
  const kinds = await page.evaluate(async () => {
    const fail = () =>
      harness.database
        .write(['settings'], () => Promise.reject(new DOMException('', 'AbortError')))
        .then(
          () => 'written',
          (thrown: unknown) => (thrown as { kind: string }).kind,
        );
    const before = await fail();
    harness.storageFull.reportFull('disk');
    const full = await fail();
    harness.storageFull.reportFree();
    return [before, full, await fail()];
  });
  expect(kinds).toEqual(['storage', 'disk', 'storage']);
});
