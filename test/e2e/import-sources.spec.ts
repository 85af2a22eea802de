import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { drawnPets, renderJpegs } from '../fixtures/camera-file.ts';
import { zipBytes } from '../fixtures/zip-bytes.ts';
import { drop } from './drop.ts';
import { choose } from './choose-files.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, test } from './phone-test.ts';

const sheet = (page: Page) => page.locator('[data-import-state]');
const tiles = (page: Page, classId: string) => page.locator(`[data-filter="${classId}"]`);
const picture = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer });

test('a zip with two folders: one is the class of its name, the other a new one', async ({
  appUrl,
  openPhone,
}) => {
  const [a, b, c] = await renderJpegs(drawnPets('cat', [1, 2, 3]), 320, 240);
  const zip = zipBytes([
    { name: 'pets/cat/1.jpg', bytes: a! },
    { name: 'pets/cat/2.jpg', bytes: b! },
    { name: 'pets/fox/1.jpg', bytes: c! },
    { name: 'pets/fox/notes.txt', bytes: Buffer.from('hello') },
    { name: '../up.jpg', bytes: c! },
  ]);
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await choose(page, 'choose-archive', [
    { name: 'pets.zip', mimeType: 'application/zip', buffer: zip },
  ]);
  await expect(sheet(page)).toHaveAttribute('data-import-state', 'match');
  await expect(page.locator('[data-group="cat"] select')).toHaveValue('class:cat');
  await expect(page.locator('[data-group="fox"] select')).toHaveValue('new');
  await page.locator('[data-action="import-groups"]').click();
  await expect(sheet(page)).toHaveAttribute('data-import-state', 'done');
  await expect(sheet(page).locator('h2')).toHaveText('3 photos added');
  await expect(page.locator('[data-refused]')).toHaveText([/up\.jpg/]);
  await expect(sheet(page)).toContainText('1 file that is no picture was passed over.');
  await expect(tiles(page, 'cat')).toContainText('2');
  await expect(page.locator('[data-filter]', { hasText: 'fox' })).toContainText('1');

  // Undo takes the class back as well.
  await sheet(page).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('No photos yet')).toBeVisible();
  await page.locator('[data-action="import"]').click();
  await expect(sheet(page).locator('[data-class]')).toHaveCount(2);
});

test('a Teachable Machine project: one class goes to another, one is left out', async ({
  appUrl,
  openPhone,
}) => {
  const [a, b] = await renderJpegs(drawnPets('dog', [1, 2]), 224, 224);
  const project = zipBytes([
    { name: 'Class 1-!-0.jpg', bytes: a! },
    { name: 'Class 2-!-0.jpg', bytes: b! },
    { name: 'manifest.json', bytes: Buffer.from('{"type":"image","version":"2.4.10"}') },
  ]);
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await choose(page, 'choose-archive', [
    { name: 'project.tm', mimeType: 'application/octet-stream', buffer: project },
  ]);
  await page.locator('[data-group="Class 1"] select').selectOption('Dog');
  await page.locator('[data-group="Class 2"] select').selectOption('Leave out');
  await page.locator('[data-action="import-groups"]').click();
  await expect(page.getByText('1 photo added as Dog.')).toBeVisible();
  await expect(tiles(page, 'dog')).toContainText('1');
});

test('a folder is chosen: its own folders are the labels', async ({
  folder,
  appUrl,
  openPhone,
}) => {
  const jpegs = await renderJpegs(drawnPets('cat', [1, 2, 3]), 240, 240);
  const root = join(folder, 'pets');
  for (const [index, name] of ['Cat', 'Cat', 'dog'].entries()) {
    await mkdir(join(root, name), { recursive: true });
    await writeFile(join(root, name, `${index}.jpg`), jpegs[index]!);
  }
  await writeFile(join(root, '.DS_Store'), 'hidden');
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await choose(page, 'choose-folder', root);
  await page.locator('[data-action="import-groups"]').click();
  await expect(page.getByText('3 photos added as Cat and Dog.')).toBeVisible();
  await expect(tiles(page, 'cat')).toContainText('2');
  await expect(tiles(page, 'dog')).toContainText('1');
});

test('folders are dropped on any page: their names are the labels; a link is refused', async ({
  folder,
  appUrl,
  openPhone,
}) => {
  const jpegs = await renderJpegs(drawnPets('dog', [1, 2, 3]), 240, 240);
  const places = ['dog/one.jpg', 'dog/deeper/two.jpg', 'ferret/three.jpg'];
  for (const [index, place] of places.entries()) {
    await mkdir(join(folder, place, '..'), { recursive: true });
    await writeFile(join(folder, place), jpegs[index]!);
  }
  const page = await openPhone();
  await page.goto(`${appUrl}#/train`);
  await expect(page.locator('pp-train-page')).toBeVisible();
  const link = { mimeType: 'text/uri-list', data: 'https://example.org/cat.jpg' };
  await drop(page, { items: [link] });
  await expect(page.getByText('A link cannot be fetched')).toBeVisible();
  await expect(page).toHaveURL(`${appUrl}#/train`);

  await drop(page, { files: [join(folder, 'dog'), join(folder, 'ferret')] });
  await expect(page).toHaveURL(`${appUrl}#/photos`);
  await expect(page.locator('[data-group="dog"]')).toContainText('2 photos');
  await page.locator('[data-action="import-groups"]').click();
  await expect(page.getByText('3 photos added as Dog and ferret.')).toBeVisible();
});

test('photos are shared from another app, offline too: they wait until their label is said', async ({
  serve,
  openPhone,
}) => {
  const [a, b, c] = await renderJpegs(drawnPets('dog', [1, 2, 3]), 240, 240);
  const server = await serve();
  const page = await openPhone();
  await page.goto(server.url);
  await expectOfflineReady(page);
  await server.close();

  await share(page, server.url, [picture('a.jpg', a!), picture('ä b.jpg', b!)]);
  await expect(page).toHaveURL(`${server.url}#/photos?shared`);
  await expect(sheet(page).locator('h2')).toHaveText('What do these 2 photos show?');
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-shared="2"]')).toBeVisible();

  // A share that arrives empty says so, and is not taken for what waits.
  await share(page, server.url, []);
  await expect(page.getByText('Nothing arrived with this share.')).toBeVisible();
  await expect(sheet(page)).toBeHidden();
  await expect(page.locator('[data-shared="2"]')).toBeVisible();

  // A second share adds up, and closing everything loses nothing.
  await share(page, server.url, [picture('c.jpg', c!), picture('notes.txt', Buffer.from('hello'))]);
  await expect(sheet(page).locator('h2')).toHaveText('What do these 3 photos show?');
  await page.reload();
  await expect(sheet(page).locator('h2')).toHaveText('What do these 3 photos show?');
  await page.keyboard.press('Escape');
  await page.locator('[data-action="label-shared"]').click();
  await sheet(page).locator('[data-class="dog"]').click();
  await expect(
    page.getByText('3 photos added as Dog. 1 file that is no picture was passed over.'),
  ).toBeVisible();
  await expect(page.locator('[data-shared]')).toHaveCount(0);
  await expect(tiles(page, 'dog')).toContainText('3');
  await page.reload();
  await expect(tiles(page, 'dog')).toContainText('3');
  await expect(page.locator('[data-shared]')).toHaveCount(0);
  await expect(sheet(page)).toBeHidden();

  // So is a form that is none.
  await share(page, server.url, [picture('a.jpg', a!)], 'text/plain');
  await expect(page.getByText('Nothing arrived with this share.')).toBeVisible();
  await expect(sheet(page)).toBeHidden();

  await share(page, server.url, [picture('a.jpg', a!)]);
  await expect(sheet(page).locator('h2')).toHaveText('What does this photo show?');
  await page.keyboard.press('Escape');
  await page.locator('[data-action="discard-shared"]').click();
  await expect(page.locator('[data-shared]')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('[data-shared="1"]')).toBeVisible();
});

test('the square of a wide photo is moved: what is stored are the pixels of that square', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  const [left, right] = [await stripes(page, 900, 300), await stripes(page, 360, 1080)];
  await choose(page, 'cat', [picture('wide.png', left), picture('tall.png', right)]);
  await page.getByRole('button', { name: 'Adjust' }).click();
  const dialog = page.locator('[data-adjusting]');
  const square = page.locator('[data-square]');
  await expect(dialog).toContainText('Photo 1 of 2');
  // By keys to the right end, which is blue.
  await square.focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.locator('[data-action="next-square"]').click();
  await expect(dialog).toContainText('Photo 2 of 2');
  // By dragging to the upper end, which is red, and smaller.
  const box = (await square.boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 20, box.y - 400, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('slider').fill('200');
  await page.locator('[data-action="next-square"]').click();
  await expect(dialog).toBeHidden();
  await expect(tiles(page, 'cat')).toContainText('2');
  expect(await storedColours(page)).toEqual([
    { size: 200, colour: 'red' },
    { size: 300, colour: 'blue' },
  ]);
});

/** What the system does with a share: it posts a form, from outside of the app. */
async function share(
  page: Page,
  url: string,
  files: ReturnType<typeof picture>[],
  encoding = 'multipart/form-data',
): Promise<void> {
  await page.goto('about:blank');
  await page.setContent(
    `<form action="${url}share-photos" method="post" enctype="${encoding}">
      <input type="file" name="photos" multiple /><button>Share</button>
    </form>`,
  );
  await page.locator('input').setInputFiles(files);
  await page.locator('button').click();
  await expect(page.locator('pp-photos-page')).toBeVisible();
}

/** A picture whose first third is red, whose last is blue, and that is green between them. */
async function stripes(page: Page, width: number, height: number): Promise<Buffer> {
  const png = await page.evaluate(
    async ({ width, height }) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d')!;
      for (const [third, colour] of ['#f00', '#0f0', '#00f'].entries()) {
        context.fillStyle = colour;
        const isWide = width > height;
        context.fillRect(
          isWide ? (third * width) / 3 : 0,
          isWide ? 0 : (third * height) / 3,
          isWide ? width / 3 : width,
          isWide ? height : height / 3,
        );
      }
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    },
    { width, height },
  );
  return Buffer.from(png);
}

/** Of each photo in the library its side and the colour that it is of from edge to edge. */
async function storedColours(page: Page): Promise<{ size: number; colour: string }[]> {
  return page.evaluate(async () => {
    const opened = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('purrceptron');
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(new Error('Not opened'));
      };
    });
    const transaction = opened.transaction(['photos', 'images']);
    const all = (store: string) =>
      new Promise<{ id?: string; photoId?: string; bytes: ArrayBuffer }[]>((resolve) => {
        const request = transaction.objectStore(store).getAll();
        request.onsuccess = () => {
          resolve(request.result as { bytes: ArrayBuffer }[]);
        };
      });
    const [photos, images] = await Promise.all([all('photos'), all('images')]);
    opened.close();
    const found: { size: number; colour: string }[] = [];
    for (const { id } of photos) {
      const { bytes } = images.find(({ photoId }) => photoId === id)!;
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const side = bitmap.width;
      const colours = new Set<string>();
      for (const [x, y] of [
        [4, 4],
        [side - 5, side - 5],
        [side / 2, side / 2],
      ]) {
        const [red, green, blue] = context.getImageData(x!, y!, 1, 1).data;
        colours.add(red! > 200 ? 'red' : green! > 200 ? 'green' : blue! > 200 ? 'blue' : 'none');
      }
      found.push({ size: side, colour: [...colours].join(' and ') });
    }
    return found.sort((a, b) => a.size - b.size);
  });
}
