import type { Page } from '@playwright/test';
import { harnessIsThere } from '../../harness/open-harness.ts';
import { addDrawnPets, expect, seeds, test } from '../harness-test.ts';

const list = (page: Page) => page.evaluate(() => harness.classes.listClasses());
const names = async (page: Page) => (await list(page)).map(({ name }) => name);
const counts = (page: Page) =>
  page.evaluate(async () => Object.fromEntries(await harness.photos.countPhotos()));
const add = (page: Page, name: string) =>
  page.evaluate((name) => harness.classes.addClass(name), name);
const remove = (page: Page, id: string) =>
  page.evaluate((id) => harness.classes.removeClass(id), id);

test('a new library has cats and dogs; more get the first free colour', async ({ page }) => {
  expect(await list(page)).toEqual([
    { id: 'cat', name: 'Cat', order: 0, palette: 0, followsLanguage: true },
    { id: 'dog', name: 'Dog', order: 1, palette: 1, followsLanguage: true },
  ]);
  const fox = await add(page, '  Fox ');
  expect(fox).toMatchObject({ name: 'Fox', order: 2, palette: 2 });
  await remove(page, 'cat');
  expect(await add(page, 'Owl')).toMatchObject({ order: 3, palette: 0 });
  expect(await names(page)).toEqual(['Dog', 'Fox', 'Owl']);
});

test('the first change of an empty library finds its cats and dogs', async ({ page }) => {
  await page.evaluate(() => harness.classes.renameClass('cat', 'Tiger'));
  expect(await names(page)).toEqual(['Tiger', 'Dog']);
});

test('there are two classes at least and eight at most', async ({ page }) => {
  await expect(remove(page, 'cat')).rejects.toThrow('Two classes must stay');
  for (const name of ['C', 'D', 'E', 'F', 'G', 'H']) await add(page, name);
  await expect(add(page, 'I')).rejects.toThrow('8 classes at most');
  const palettes = (await list(page)).map(({ palette }) => palette);
  expect(palettes).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('no two classes have one name, and a name that is refused changes nothing', async ({
  page,
}) => {
  await expect(add(page, 'CAT')).rejects.toThrow('There is a class called Cat already.');
  await expect(add(page, ' ')).rejects.toThrow('Give the class a name.');
  const rename = (name: string) =>
    page.evaluate((name) => harness.classes.renameClass('cat', name), name);
  await expect(rename('dog')).rejects.toThrow('There is a class called Dog already.');
  expect(await names(page)).toEqual(['Cat', 'Dog']);
  // Its own name in another case is no other class's.
  await rename('CAT');
  expect(await names(page)).toEqual(['CAT', 'Dog']);
});

test('a class that is renamed keeps its id, its place, what it is and its photos', async ({
  page,
}) => {
  await addDrawnPets(page, 'cat', [1, 2]);
  await page.evaluate(() => harness.classes.renameClass('cat', 'Bella'));
  const bella = { id: 'cat', name: 'Bella', order: 0, palette: 0 };
  expect((await list(page))[0]).toEqual(bella);
  await page.evaluate(async () => {
    await harness.classes.setKnownClass('cat', 'cat');
    await harness.classes.renameClass('cat', 'Ella');
  });
  expect((await list(page))[0]).toEqual({ ...bella, name: 'Ella', known: 'cat' });
  expect(await counts(page)).toEqual({ cat: 2 });
});

test('photos go with their class, and come back with it', async ({ page }) => {
  await addDrawnPets(page, 'dog', [1]);
  await addDrawnPets(page, 'cat', seeds(1, 3));
  await add(page, 'Fox');
  const before = await page.evaluate(() => harness.photos.listPhotos());
  const classes = await list(page);

  const removed = await remove(page, 'cat');
  expect(removed.photoIds).toHaveLength(3);
  expect(await names(page)).toEqual(['Dog', 'Fox']);
  expect(await counts(page)).toEqual({ dog: 1 });

  await page.evaluate((removed) => harness.classes.restoreClass(removed), removed);
  expect(await list(page)).toEqual(classes);
  expect(await page.evaluate(() => harness.photos.listPhotos())).toEqual(before);
  // A second tap on Undo does no harm.
  await page.evaluate((removed) => harness.classes.restoreClass(removed), removed);
  expect(await list(page)).toEqual(classes);
});

test('a class comes back in another colour and place when its own are taken', async ({ page }) => {
  await add(page, 'Fox');
  const removed = await remove(page, (await list(page))[2]!.id);
  expect(await add(page, 'Owl')).toMatchObject({ order: 2, palette: 2 });
  await page.evaluate((removed) => harness.classes.restoreClass(removed), removed);
  expect((await list(page))[3]).toMatchObject({ name: 'Fox', order: 3, palette: 3 });

  const again = await remove(page, (await list(page))[3]!.id);
  await add(page, 'fox');
  const restoring = page.evaluate((again) => harness.classes.restoreClass(again), again);
  await expect(restoring).rejects.toThrow('There is a class called fox already.');
});

test('what was purged brings back neither class nor photos', async ({ page }) => {
  const ids = await addDrawnPets(page, 'cat', seeds(1, 2));
  await add(page, 'Fox');
  const removed = await remove(page, 'cat');
  await page.evaluate(() => harness.photos.purgeDeletedPhotos(Date.now() + 1));
  const restoring = page.evaluate((removed) => harness.classes.restoreClass(removed), removed);
  await expect(restoring).rejects.toThrow('too late to bring these photos back');
  expect(await names(page)).toEqual(['Dog', 'Fox']);
  expect(await page.evaluate((id) => harness.photos.getImage(id), ids[0]!)).toBeUndefined();
});

test('when a photo cannot be moved, the class stays and so does every photo', async ({ page }) => {
  await addDrawnPets(page, 'cat', seeds(1, 3));
  await add(page, 'Fox');
  const outcome = await page.evaluate(async () => {
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')!;
    let moved = 0;
    Object.defineProperty(IDBObjectStore.prototype, 'put', {
      ...put,
      value(this: IDBObjectStore, ...args: unknown[]): unknown {
        if (this.name === 'deletedPhotos' && ++moved === 2) {
          throw new DOMException('no room', 'QuotaExceededError');
        }
        return Reflect.apply(put.value as () => unknown, this, args);
      },
    });
    const kind = await harness.classes
      .removeClass('cat')
      .then(() => undefined)
      .catch((thrown: unknown) => (thrown as { kind: string }).kind);
    Object.defineProperty(IDBObjectStore.prototype, 'put', put);
    return kind;
  });
  expect(outcome).toBe('quota');
  expect(await names(page)).toEqual(['Cat', 'Dog', 'Fox']);
  expect(await counts(page)).toEqual({ cat: 3 });
});

test('no photo gets the label of a class that is not there', async ({ page }) => {
  const [cat] = await addDrawnPets(page, 'cat', [1]);
  const [dog] = await addDrawnPets(page, 'dog', [1]);
  await add(page, 'Fox');
  await page.evaluate((id) => harness.photos.deletePhotos([id]), cat!);
  await remove(page, 'cat');
  const gone = 'The class was removed meanwhile.';
  await expect(addDrawnPets(page, 'cat', [2])).rejects.toThrow(gone);
  const relabel = page.evaluate((id) => harness.photos.relabelPhotos([id], 'cat'), dog!);
  await expect(relabel).rejects.toThrow(gone);
  const restore = page.evaluate((id) => harness.photos.restorePhotos([id]), cat!);
  await expect(restore).rejects.toThrow(gone);
  expect(await counts(page)).toEqual({ dog: 1 });
});

test('a change is heard in another tab, and of photos only when photos go', async ({ page }) => {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await harnessIsThere(other);
  const heard = () =>
    other.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.splice(0));
  await addDrawnPets(page, 'cat', [1]);
  await other.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    for (const topic of ['classes', 'photos'] as const) {
      harness.changes.onChange(topic, () => heard.push(topic));
    }
  });
  const fox = await add(page, 'Fox');
  await expect.poll(heard).toEqual(['classes']);
  await remove(page, fox.id);
  await expect.poll(heard).toEqual(['classes']);
  await add(page, 'Owl');
  await expect.poll(heard).toEqual(['classes']);
  await remove(page, 'cat');
  await expect.poll(heard).toEqual(['classes', 'photos']);
});

test('two tabs that change the classes at once both get what they asked for', async ({ page }) => {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await harnessIsThere(other);
  await Promise.all([add(page, 'Fox'), add(other, 'Owl')]);
  const classes = await list(page);
  expect(classes.map(({ palette }) => palette)).toEqual([0, 1, 2, 3]);
  expect(classes.map(({ order }) => order)).toEqual([0, 1, 2, 3]);
});
