import { addDrawnPets, expect, seeds, test } from '../harness-test.ts';

test('the list in memory is the library, after every kind of change', async ({ page }) => {
  const ids = await addDrawnPets(page, 'cat', seeds(1, 5));
  const steps = await page.evaluate(async (ids) => {
    const { photos, classes, photoList } = harness;
    const outcomes: { what: string; same: boolean; kept: number }[] = [];
    let before = await photoList.photoList.read();
    const changes: [string, () => Promise<unknown>][] = [
      ['nothing', () => Promise.resolve()],
      ['relabel', () => photos.relabelPhotos(ids.slice(0, 2), 'dog')],
      ['delete', () => photos.deletePhotos(ids.slice(2, 4))],
      ['restore', () => photos.restorePhotos(ids.slice(2, 3))],
      ['add a class', () => classes.addClass('Fox')],
      ['remove a class', () => classes.removeClass('dog')],
    ];
    for (const [what, change] of changes) {
      await change();
      const now = await photoList.photoList.read();
      const stored = await photos.listPhotos();
      const kept = now.filter((photo) => before.includes(photo)).length;
      outcomes.push({ what, same: JSON.stringify(now) === JSON.stringify(stored), kept });
      before = now;
    }
    return outcomes;
  }, ids);
  expect(steps).toEqual([
    { what: 'nothing', same: true, kept: 5 },
    { what: 'relabel', same: true, kept: 3 },
    { what: 'delete', same: true, kept: 3 },
    { what: 'restore', same: true, kept: 3 },
    { what: 'add a class', same: true, kept: 4 },
    { what: 'remove a class', same: true, kept: 2 },
  ]);
});

test('a photo that joins two groups: the list has the group and the split that all have from then on', async ({
  page,
}) => {
  const lists = await page.evaluate(async () => {
    const { photos, photoList } = harness;
    const MINUTE = 60_000;
    const shoot = async (minute: number) => {
      const canvas = new OffscreenCanvas(320, 320);
      harness.drawPet(canvas, 'cat', minute + 1);
      const images = await harness.encode.encodePhoto(canvas);
      await photos.addPhoto({
        ...{ classId: 'cat', ...images, source: 'file' },
        takenAt: 1e12 + minute * MINUTE,
      });
      return { listed: await photoList.photoList.read(), stored: await photos.listPhotos() };
    };
    // Four minutes belong to one session, eight do not.
    return [await shoot(0), await shoot(8), await shoot(4)];
  });
  for (const { listed, stored } of lists) expect(listed).toEqual(stored);
  const [, apart, joined] = lists.map(({ stored }) => stored.map(({ split }) => split));
  expect(new Set(apart).size).toBe(2);
  expect(joined).toEqual(['train', 'train', 'train']);
});

test('a thousand photos are moved in one transaction, and moved back each to its own label', async ({
  page,
}) => {
  const outcome = await page.evaluate(async () => {
    const { photos, database, classes } = harness;
    await classes.listClasses();
    const ids = Array.from({ length: 1000 }, () => crypto.randomUUID());
    await database.write(['photos'], async (transaction) => {
      for (const [i, id] of ids.entries()) {
        await transaction.objectStore('photos').put({
          id,
          classId: i % 2 ? 'cat' : 'dog',
          sha256: id,
          split: 'train',
          source: 'file',
          createdAt: i + 1,
          size: 1,
          bytes: 1,
        });
      }
    });
    const counts = async () => Object.fromEntries(await photos.countPhotos());
    const before = new Map((await photos.listPhotos()).map(({ id, classId }) => [id, classId]));
    const begun: string[] = [];
    const begin = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction')!;
    Object.defineProperty(IDBDatabase.prototype, 'transaction', {
      ...begin,
      value(this: IDBDatabase, ...args: unknown[]): unknown {
        begun.push(String(args[1]));
        return Reflect.apply(begin.value as () => unknown, this, args);
      },
    });
    await photos.relabelPhotos(ids, 'dog');
    Object.defineProperty(IDBDatabase.prototype, 'transaction', begin);
    const moved = await counts();
    await photos.labelPhotos(before);
    const isBack = (await photos.listPhotos()).every(
      ({ id, classId }) => before.get(id) === classId,
    );
    const refused = await photos
      .labelPhotos(
        new Map([
          [ids[0]!, 'dog'],
          [ids[1]!, 'owl'],
        ]),
      )
      .then(
        () => 'done',
        (thrown: unknown) => (thrown as { kind: string }).kind,
      );
    return { begun, moved, isBack, refused, after: await counts() };
  });
  expect(outcome).toEqual({
    begun: ['readwrite'],
    moved: { dog: 1000 },
    isBack: true,
    refused: 'gone',
    after: { cat: 500, dog: 500 },
  });
});
