import type { Locator, Page } from '@playwright/test';
import type { PhotoView } from '../../src/pages/photos/view/photo-view.ts';
import { action, dialog, hash, tiles, undo } from './photo-elements.ts';
import { expect, speak, test, visit } from './phone-test.ts';

async function expectSelected(page: Page, count: number): Promise<void> {
  await expect(page.locator('[data-selection] [role="status"]')).toHaveText(`${count} selected`);
}

/** Records with tiny thumbnails straight into the library, which importing would take minutes for. */
async function addRecords(page: Page, count: number): Promise<void> {
  await page.evaluate(async (count) => {
    const canvas = new OffscreenCanvas(16, 16);
    canvas.getContext('2d')!.fillRect(0, 0, 8, 8);
    const bytes = await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer();
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('purrceptron');
      opening.onsuccess = () => resolve(opening.result);
    });
    const transaction = database.transaction(['photos', 'thumbnails'], 'readwrite');
    for (let i = 0; i < count; i++) {
      const id = crypto.randomUUID();
      transaction.objectStore('photos').add({
        ...{ id, classId: 'cat', sha256: id, split: 'train', source: 'file' },
        ...{ createdAt: i + 1, size: 16, bytes: bytes.byteLength },
      });
      transaction.objectStore('thumbnails').add({ photoId: id, bytes, type: 'image/jpeg' });
    }
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, count);
}

test('a photo has an address: back closes it, a reload opens it again, an unknown one is said', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/photos`);
  const id = await tiles(page).nth(2).getAttribute('data-photo');
  await tiles(page).nth(2).click();
  await expect(dialog(page)).toBeVisible();
  expect(await hash(page)).toBe(`#/photos/${id}`);
  await expect(dialog(page).getByText('3 of 48')).toBeVisible();

  await page.goBack();
  await expect(dialog(page)).toBeHidden();
  expect(await hash(page)).toBe('#/photos');
  await expect(tiles(page).nth(2)).toBeFocused();

  await page.goForward();
  await expect(dialog(page)).toBeVisible();
  await page.reload();
  await expect(dialog(page).locator('img').first()).toBeVisible();
  expect(await hash(page)).toBe(`#/photos/${id}`);

  // Closed and opened again, before the browser says that it was closed.
  await page.locator('pp-photo-view').evaluate(async (view, photoId) => {
    const own = view as unknown as PhotoView;
    const closed = new Promise((resolve) => {
      view.shadowRoot!.querySelector('dialog')!.addEventListener('close', resolve);
    });
    own.hide();
    own.show(photoId, [photoId]);
    await closed;
  }, id!);
  await expect(dialog(page).locator('img').first()).toBeVisible();
  expect(await hash(page)).toBe(`#/photos/${id}`);
  await page.reload();

  // The next photo takes the place of this one in the history.
  await page.getByRole('button', { name: 'Next photo' }).click();
  const next = await hash(page);
  expect(next).not.toBe(`#/photos/${id}`);
  await page.getByText('Its augmented variants').click();
  await expect(dialog(page).locator('canvas')).toHaveCount(9);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect.poll(() => hash(page)).toBe('#/photos');

  await page.evaluate(() => (location.hash = '#/photos/nowhere'));
  await expect(page.locator('[data-photo-gone]')).toBeVisible();
  await page.getByRole('button', { name: 'All photos' }).click();
  await expect(dialog(page)).toBeHidden();
});

test('where text runs from right to left, the next photo is on the left for keys and fingers', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/settings`);
  await speak(page, 'ar');
  await visit(page, 'photos');
  await expect(tiles(page).nth(2)).toBeVisible();
  const ids = await tiles(page).evaluateAll((all: HTMLElement[]) =>
    all.slice(0, 3).map(({ dataset }) => dataset['photo']),
  );
  await tiles(page).nth(1).click();
  await expect(dialog(page)).toBeVisible();
  const shown = async (place: number) =>
    expect.poll(() => hash(page)).toBe(`#/photos/${ids[place]}`);

  await page.keyboard.press('ArrowLeft');
  await shown(2);
  await page.keyboard.press('ArrowRight');
  await shown(1);
  // The button for the next photo is on the left too.
  const [next, picture] = await Promise.all([
    page.locator('pp-photo-view .next').boundingBox(),
    page.locator('pp-photo-view .picture').boundingBox(),
  ]);
  expect(next!.x).toBeLessThan(picture!.x + picture!.width / 2);

  const swipe = (by: number) =>
    page.locator('pp-photo-view .picture').evaluate((element, by) => {
      for (const [type, clientX] of [
        ['pointerdown', 200],
        ['pointerup', 200 + by],
      ] as const) {
        element.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', clientX }));
      }
    }, by);
  await swipe(100);
  await shown(2);
  await swipe(-100);
  await shown(1);
});

test('many photos are chosen by finger, mouse and keyboard, and moved and deleted with one undo', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/photos`);
  const cats = page.locator('[data-filter="cat"]');

  // The newest ten are dogs. A long press, then a range.
  await tiles(page).first().click({ delay: 700 });
  await expectSelected(page, 1);
  await tiles(page)
    .nth(3)
    .click({ modifiers: ['Shift'] });
  await expectSelected(page, 4);
  await tiles(page).nth(2).click();
  await expectSelected(page, 3);
  await page.locator('[data-move="cat"]').click();
  await expect(cats).toContainText('27');
  await expect(page.locator('[data-selection]')).toBeHidden();
  await undo(page).click();
  await expect(cats).toContainText('24');

  // The button, everything that is shown, Escape.
  await action(page, 'select').click();
  await expectSelected(page, 0);
  await expect(action(page, 'delete-selected')).toBeDisabled();
  await cats.click();
  await action(page, 'select-all').click();
  await expectSelected(page, 24);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-selection]')).toBeHidden();

  // The keyboard alone.
  await page.locator('[data-filter="all"]').click();
  await tiles(page).first().focus();
  await page.keyboard.press('Control+Enter');
  await expectSelected(page, 1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expectSelected(page, 2);
  await page.keyboard.press('Shift+ArrowDown');
  await expectSelected(page, 5);
  await page.keyboard.press('Control+a');
  await expectSelected(page, 48);
  await action(page, 'delete-selected').click();
  await expect(page.getByRole('heading', { name: 'No photos yet' })).toBeVisible();
  await undo(page).click();
  await expect(page.locator('[data-filter="all"]')).toContainText('48');
});

test('of many photos only those in view are elements, and the focus goes anywhere', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.addInitScript(() => {
    const held = { urls: 0 };
    Object.assign(globalThis, { held });
    const create = URL.createObjectURL.bind(URL);
    const revoke = URL.revokeObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      held.urls++;
      return create(blob);
    };
    URL.revokeObjectURL = (url) => {
      held.urls--;
      revoke(url);
    };
  });
  await page.goto(`${appUrl}#/settings`);
  await expect(page.locator('pp-classes-section')).toContainText('Cat');
  await addRecords(page, 1500);
  await visit(page, 'photos');
  await expect(tiles(page).first().locator('img')).toBeVisible();
  const few = async () => expect(await tiles(page).count()).toBeLessThan(60);
  await few();
  const item = (tile: Locator) => tile.locator('xpath=..');
  await expect(item(tiles(page).first())).toHaveAttribute('aria-setsize', '1500');

  await tiles(page).first().focus();
  await page.keyboard.press('End');
  const focused = page.locator('pp-photo-grid [data-photo]:focus');
  await expect(item(focused)).toHaveAttribute('aria-posinset', '1500');
  await expect(focused).toBeInViewport();
  await expect(focused.locator('img')).toBeVisible();
  await few();

  // Scrolled away from, it keeps the focus, and the keys go on from there.
  const scroller = page.locator('pp-photo-gallery .scroller');
  await scroller.evaluate((element) => (element.scrollTop = 0));
  await expect(tiles(page).first().locator('img')).toBeVisible();
  await expect(item(focused)).toHaveAttribute('aria-posinset', '1500');
  await page.keyboard.press('ArrowLeft');
  await expect(item(focused)).toHaveAttribute('aria-posinset', '1499');
  await expect(focused).toBeInViewport();
  await page.keyboard.press('Home');
  await expect(item(focused)).toHaveAttribute('aria-posinset', '1');

  // As many object URLs as tiles, and none once the page is left.
  const held = () =>
    page.evaluate(() => (globalThis as unknown as { held: { urls: number } }).held.urls);
  expect(await held()).toBeLessThan(60);
  await visit(page, 'settings');
  await expect.poll(held).toBe(0);
});
