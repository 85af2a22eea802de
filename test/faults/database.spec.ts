import type { Page } from '@playwright/test';
import { takePhoto } from '../e2e/phone-test.ts';
import { expect, longForm, test } from './fault-test.ts';
import { count } from './figures.ts';

// A fault may make the app write to the console.
test.use({ expectedErrors: /^Console: / });

/** What Capture says in the place of its shutters when the library does not open. */
const problem = (page: Page) => page.locator('pp-capture-page p.problem');
const tryAgain = (page: Page) => problem(page).getByRole('button', { name: 'Try again' });

/** Opens the database beside the app, as the first or a later version of it in another tab would. */
async function openBeside(page: Page, version: number): Promise<void> {
  await page.evaluate(async (version) => {
    const opening = indexedDB.open('purrceptron', version);
    opening.onupgradeneeded = ({ oldVersion }) => {
      const { result: database } = opening;
      if (oldVersion > 0) return;
      const photos = database.createObjectStore('photos', { keyPath: 'id' });
      photos.createIndex('byClass', ['classId', 'createdAt']);
      photos.createIndex('byCreated', 'createdAt');
      photos.createIndex('bySha256', 'sha256');
      for (const store of ['images', 'thumbnails']) {
        database.createObjectStore(store, { keyPath: 'photoId' });
      }
      for (const store of ['classes', 'models'])
        database.createObjectStore(store, { keyPath: 'id' });
      database.createObjectStore('deletedPhotos', { keyPath: 'photo.id' });
      const features = database.createObjectStore('features', {
        keyPath: ['space', 'photoId', 'variant'],
      });
      features.createIndex('byPhoto', 'photoId');
      database.createObjectStore('modelWeights', { keyPath: 'modelId' });
      database.createObjectStore('settings');
    };
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error!);
    });
    Object.assign(globalThis, { letGo: () => database.close() });
  }, version);
  count('faults injected');
}

test('an old tab holds the database: said, and it opens once that tab is closed', async ({
  appUrl,
  openPhone,
}) => {
  const old = await openPhone();
  await old.goto(`${appUrl}manifest.webmanifest`);
  await openBeside(old, 1);
  const page = await old.context().newPage();
  await page.goto(appUrl);
  await expect(problem(page)).toContainText('open in another tab with an older version');
  await old.close();
  await tryAgain(page).click();
  await takePhoto(page);
});

test('a newer version has been here: said, and nothing of it is touched', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(`${appUrl}manifest.webmanifest`);
  await openBeside(page, 4000);
  await page.evaluate(() => (globalThis as unknown as { letGo: () => void }).letGo());
  await page.goto(appUrl);
  await expect(problem(page)).toContainText('A newer version of the app has been here');
  const databases = await page.evaluate(() => indexedDB.databases());
  // The app has others beside it: see storage/open-windows.ts.
  expect(databases.filter(({ name }) => name === 'purrceptron')).toEqual([
    { name: 'purrceptron', version: 4000 },
  ]);
});

test('a newer version opens the database while this one is open: this one gives way', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(appUrl);
  await takePhoto(page);
  const newer = await page.context().newPage();
  await newer.goto(`${appUrl}manifest.webmanifest`);
  await openBeside(newer, 4000);
  await page.locator('button[data-class="cat"]').dispatchEvent('click');
  await expect(page.locator('pp-notice-bar')).toContainText('A newer version of the app');
  const photos = await newer.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('purrceptron');
      opening.onsuccess = () => resolve(opening.result);
    });
    const counting = database.transaction('photos').objectStore('photos').count();
    return new Promise((resolve) => (counting.onsuccess = () => resolve(counting.result)));
  });
  expect(photos).toBe(1);
});

test('the database opens slowly: said, not given up, and it goes on when it is open', async ({
  appUrl,
  openPhone,
}) => {
  const slow = await openPhone();
  await slow.goto(`${appUrl}manifest.webmanifest`);
  // Another connection keeps the database from opening: its change of the version takes long.
  await slow.evaluate(() => {
    const opening = indexedDB.open('purrceptron', 1);
    let isHeld = true;
    opening.onupgradeneeded = () => {
      const store = opening.result.createObjectStore('held');
      const hold = () => {
        if (isHeld) store.count().onsuccess = hold;
        else opening.transaction!.abort();
      };
      hold();
    };
    Object.assign(globalThis, { letGo: () => (isHeld = false) });
  });
  count('faults injected');
  const page = await slow.context().newPage();
  await page.goto(`${appUrl}#/photos`);
  const banner = page.locator('pp-banner[data-slow]');
  await expect(banner).toContainText('takes long to open');
  await expect(page.locator('pp-photos-page')).toContainText('Opening your photos…');
  await slow.evaluate(() => (globalThis as unknown as { letGo: () => void }).letGo());
  await expect(page.getByText('No photos yet')).toBeVisible();
  await expect(banner).toHaveCount(0);
});

test('a new version of the database takes longer than a minute to make: it is waited for', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.clock.install();
  // The first version that this page makes is held open, as by a large library.
  await page.addInitScript(() => {
    const open = Reflect.get(IDBFactory.prototype, 'open');
    let isHeld = true;
    Object.assign(globalThis, { isUpgrading: false, letGo: () => (isHeld = false) });
    IDBFactory.prototype.open = function (this: IDBFactory, ...named) {
      const request = Reflect.apply(open, this, named);
      // The timer of the library's database runs from here; others open before it.
      if (named[0] !== 'purrceptron') return request;
      request.addEventListener('upgradeneeded', () => {
        Object.assign(globalThis, { isUpgrading: true });
        const store = request.result.createObjectStore('held');
        const hold = () => {
          if (isHeld) store.count().onsuccess = hold;
          else request.result.deleteObjectStore('held');
        };
        hold();
      });
      return request;
    };
  });
  count('faults injected');
  await page.goto(`${appUrl}#/photos`);
  await expect
    .poll(() =>
      page.evaluate(() => (globalThis as unknown as { isUpgrading: boolean }).isUpgrading),
    )
    .toBe(true);
  await page.clock.runFor(70_000);
  await expect(page.locator('pp-photos-page')).toContainText('Opening your photos…');
  await expect(page.locator('pp-photos-page pp-problem-card')).toHaveCount(0);
  await page.evaluate(() => (globalThis as unknown as { letGo: () => void }).letGo());
  await expect(page.getByText('No photos yet')).toBeVisible();
});

longForm(() => {
  test('the database stays silent: said after a minute, and it opens when it speaks again', async ({
    appUrl,
    openPhone,
  }) => {
    const page = await openPhone();
    // The worker's is its own; this is the page's, which a person sees.
    await page.addInitScript(() => {
      const described = Object.getOwnPropertyDescriptor(IDBFactory.prototype, 'open')!;
      Object.assign(globalThis, {
        speak: () => Object.defineProperty(IDBFactory.prototype, 'open', described),
      });
      IDBFactory.prototype.open = function (this: IDBFactory) {
        const open = described.value as IDBFactory['open'];
        const request = open.call(this, 'elsewhere');
        request.addEventListener = () => undefined;
        return request;
      };
    });
    count('faults injected');
    await page.goto(appUrl);
    await expect(problem(page)).toContainText('does not open', { timeout: 75_000 });
    await page.evaluate(() => (globalThis as unknown as { speak: () => void }).speak());
    await tryAgain(page).click();
    await takePhoto(page);
  });
});

test('the storage process dies, as Safari’s does: what was asked is done on a new connection', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(appUrl);
  await takePhoto(page);
  for (const method of ['transaction', 'add'] as const) {
    await page.evaluate((method) => {
      const prototype = method === 'add' ? IDBObjectStore.prototype : IDBDatabase.prototype;
      const described = Object.getOwnPropertyDescriptor(prototype, method)!;
      Object.defineProperty(prototype, method, {
        ...described,
        value() {
          Object.defineProperty(prototype, method, described);
          throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
        },
      });
    }, method);
    count('faults injected');
    await takePhoto(page);
    await expect(page.locator('pp-notice-bar')).not.toContainText('could not be');
  }
});
