import { LONG_FORM } from '../../long-form.ts';
import { addDrawnPets, expect, seeds, test } from '../harness-test.ts';
import { wipe } from '../wipe.ts';

const PHOTOS = LONG_FORM ? 1000 : 50;

test(`${PHOTOS} photos and 5 models come back byte for byte on an empty phone`, async ({
  page,
}) => {
  test.setTimeout(120_000 + PHOTOS * 300);
  const before = await page.evaluate(async (count) => {
    await harness.backup.addNoise(count);
    const ids = (await harness.photos.listPhotos()).map(({ id }) => id);
    for (let i = 0; i < 5; i++) await harness.backup.addModel(ids);
    return harness.backup.digest();
  }, PHOTOS);
  expect(before.rows).toBe(2 + 3 * PHOTOS + 2 * 5);
  expect(await page.evaluate(() => harness.backup.write())).toMatchObject({
    photos: PHOTOS,
    models: 5,
    photosLeftOut: 0,
    photosWithoutClass: 0,
    namesLeftOut: [],
  });
  await wipe(page);
  const report = await page.evaluate(() => harness.backup.restore());
  expect(report).toEqual({
    photosAdded: PHOTOS,
    photosHereAlready: 0,
    modelsAdded: 5,
    modelsHereAlready: 0,
    photosWithoutClass: 0,
    basesAdded: 0,
    basesHereAlready: 0,
    basesRefused: [],
  });
  expect(await page.evaluate(() => harness.backup.digest())).toEqual(before);
});

test('on a phone with photos, what is there stays and the rest is added', async ({ page }) => {
  await addDrawnPets(page, 'cat', seeds(1, 4));
  await addDrawnPets(page, 'dog', seeds(1, 4));
  await page.evaluate(async () => {
    const { id } = await harness.classes.addClass('Owl');
    const [photo] = await harness.photos.listPhotos('cat');
    await harness.photos.relabelPhotos([photo!.id], id);
    await harness.backup.write();
  });
  await wipe(page);
  // Another phone: one of the photos under another label, one that is its own, other class names.
  const [known] = await addDrawnPets(page, 'dog', [1]);
  await addDrawnPets(page, 'cat', [99]);
  const after = await page.evaluate(async (known) => {
    await harness.classes.renameClass('cat', 'Fox');
    await harness.photos.relabelPhotos([known!], 'cat');
    const report = await harness.backup.restore();
    const classes = new Map(
      (await harness.classes.listClasses()).map(({ id, name }) => [id, name]),
    );
    const photos = await harness.photos.listPhotos();
    const labels = photos.map(({ classId }) => classes.get(classId)).sort();
    return {
      report,
      labels,
      classes: [...classes.values()],
      moments: new Set(photos.map(({ createdAt }) => createdAt)).size,
      again: await harness.backup.restore(),
    };
  }, known);
  expect(after.report).toMatchObject({ photosAdded: 7, photosHereAlready: 1 });
  // Cat came back as a class of its own: the "cat" of this phone is a fox.
  expect(after.classes.sort()).toEqual(['Cat', 'Dog', 'Fox', 'Owl']);
  expect(after.labels).toEqual([
    ...Array<string>(3).fill('Cat'),
    'Dog',
    'Dog',
    'Dog',
    'Fox',
    'Fox',
    'Owl',
  ]);
  expect(after.moments).toBe(9);
  expect(after.again).toMatchObject({ photosAdded: 0, photosHereAlready: 8 });
});

test('a damaged backup changes nothing, wherever the damage is', async ({ page }) => {
  await addDrawnPets(page, 'cat', seeds(1, 3));
  const { size, before } = await page.evaluate(async () => {
    await harness.backup.addModel([]);
    const { bytes } = await harness.backup.write();
    return { size: bytes, before: await harness.backup.digest() };
  });
  await addDrawnPets(page, 'dog', [5]);
  const now = await page.evaluate(() => harness.backup.digest());
  expect(now).not.toEqual(before);
  // A step that shares no factor with the size, so that every kind of byte is met: photos, weights,
  // tables, the zip's own.
  const places = Array.from({ length: 60 }, (_, i) => (i * 7919 * 13) % size);
  const outcomes = await page.evaluate(async (places) => {
    const outcomes: Record<string, number> = {};
    for (const flip of places) {
      const outcome = await harness.backup.restore({ flip }).then(
        ({ photosAdded, modelsAdded }) => `restored ${photosAdded + modelsAdded}`,
        (thrown: unknown) => (thrown as { kind: string }).kind,
      );
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    return outcomes;
  }, places);
  // What hits only a date of the zip passes, and finds nothing that is not here.
  const { 'damaged-backup': damaged = 0, 'not-a-backup': none = 0, ...others } = outcomes;
  expect(Object.keys(others)).toEqual(others['restored 0'] ? ['restored 0'] : []);
  expect(damaged + none).toBeGreaterThan(50);
  for (const cut of [0, 100, Math.floor(size / 2), size - 1]) {
    const kind = await page.evaluate(
      (cut) =>
        harness.backup.restore({ cut }).then(
          () => 'restored',
          (thrown: unknown) => (thrown as { kind: string }).kind,
        ),
      cut,
    );
    expect(['not-a-backup', 'damaged-backup']).toContain(kind);
  }
  expect(await page.evaluate(() => harness.backup.digest())).toEqual(now);
});

test('a backup is of one moment, whatever another window changes while it reads', async ({
  page,
}) => {
  await addDrawnPets(page, 'cat', [1]);
  await addDrawnPets(page, 'dog', [2]);
  const reports = await page.evaluate(async () => {
    const { id } = await harness.classes.addClass('Owl');
    const [photo] = await harness.photos.listPhotos('dog');
    await harness.photos.relabelPhotos([photo!.id], id);
    let isWriting = true;
    const changing = (async () => {
      while (isWriting) await harness.classes.restoreClass(await harness.classes.removeClass(id));
    })();
    const reports = [];
    for (let i = 0; i < 10; i++) reports.push(await harness.backup.write());
    isWriting = false;
    await changing;
    return reports;
  });
  for (const { photosWithoutClass, photosLeftOut } of reports) {
    expect({ photosWithoutClass, photosLeftOut }).toEqual({
      photosWithoutClass: 0,
      photosLeftOut: 0,
    });
  }
});
