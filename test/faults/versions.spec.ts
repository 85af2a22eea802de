import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectOfflineReady } from '../e2e/launch-phone.ts';
import { importPets } from '../e2e/import-pets.ts';
import { countOf, shutter, takePhoto, visit } from '../e2e/phone-test.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../long-form.ts';
import { expect, longForm, rounds, test } from './fault-test.ts';
import { count } from './figures.ts';
import { publishRenamed } from './publish-renamed.ts';
import { expectNothingLost } from './stored-library.ts';

const banner = (page: Page) => page.locator('pp-banner');

/** Runs in the page. */
async function versions(): Promise<{ isWaiting: boolean; controller: string | undefined }> {
  const registration = await navigator.serviceWorker.getRegistration();
  const { controller } = navigator.serviceWorker;
  return { isWaiting: Boolean(registration?.waiting), controller: controller?.state };
}

// A fault may make the app write to the console.
test.use({ expectedErrors: /^Console: / });

test('an old tab asks for a file that a new version has removed: one reload brings the new one', async ({
  appFolder,
  folder,
  serve,
  openPhone,
}) => {
  const dir = join(folder, 'dist');
  await cp(appFolder, dir, { recursive: true });
  const server = await serve({ dir });
  const old = await openPhone();
  // Pages are fetched ahead when the browser is idle: here they are not there yet.
  await old.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await old.goto(server.url);
  await takePhoto(old);
  // Banners come when the browser is idle too, or else with the next change of the address.
  await old.evaluate(() => (location.hash = '#/capture'));
  const isCurrent = { isWaiting: false, controller: 'activated' };
  await expect.poll(() => old.evaluate(versions)).toEqual(isCurrent);

  await publishRenamed(dir);
  const other = await old.context().newPage();
  await other.goto(server.url);
  await banner(other).getByRole('button', { name: 'Reload' }).click();
  await expect(banner(old)).toContainText('A new version is ready.');
  // It says so as soon as that version waits; the old files are gone once that one is active.
  await expect.poll(() => old.evaluate(versions)).toEqual(isCurrent);
  // The browser's own cache has the file still, for as long as it likes.
  const session = await old.context().newCDPSession(old);
  await session.send('Network.clearBrowserCache');
  await old.evaluate(() => (location.hash = '#/train'));
  count('faults injected');
  const outlet = old.locator('pp-page-outlet');
  await expect(outlet).toContainText('Train did not open');
  await outlet.getByRole('button', { name: 'Reload' }).click();
  await expect(old.locator('pp-train-page')).toBeVisible();
  await expectNothingLost(old, new Map());
});

test('the kill switch takes off a service worker, keeps all photos, and a good version comes back', async ({
  appFolder,
  folder,
  serve,
  openPhone,
}) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  const dir = join(folder, 'dist');
  await cp(appFolder, dir, { recursive: true });
  const server = await serve({ dir });
  const page = await openPhone();
  await page.goto(server.url);
  await takePhoto(page);
  await expectOfflineReady(page);
  const before = await expectNothingLost(page, new Map());
  const good = await readFile(join(dir, 'sw.js'));

  await cp(join(dir, 'kill-switch.js'), join(dir, 'sw.js'));
  count('faults injected');
  await page.reload();
  await expect
    .poll(
      () =>
        page
          .evaluate(async () => ({
            workers: (await navigator.serviceWorker.getRegistrations()).length,
            controlled: navigator.serviceWorker.controller !== null,
            precaches: (await caches.keys()).filter((name) => name.startsWith('workbox-')).length,
            bases: await caches.has('purrceptron-bases'),
          }))
          // It reloads the page when it is done, perhaps just now.
          .catch(() => undefined),
      { intervals: [200] },
    )
    .toEqual({ workers: 0, controlled: false, precaches: 0, bases: true });
  // It reloads what it took off once, and then lets it be: a photo is taken in the page that is here.
  await expect(shutter(page, 'cat')).toBeEnabled();
  let loads = 0;
  page.on('load', () => loads++);
  await takePhoto(page);
  expect(loads).toBe(0);

  await writeFile(join(dir, 'sw.js'), good);
  await page.reload();
  await expectOfflineReady(page);
  await server.close();
  await page.reload();
  await expect(shutter(page, 'cat')).toBeEnabled();
  const after = await expectNothingLost(page, new Map());
  expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
});

test('two tabs store photos at once: each that was counted is there, and both count all', async ({
  appUrl,
  openPhone,
}) => {
  const one = await openPhone();
  await one.goto(appUrl);
  await takePhoto(one);
  const other = await one.context().newPage();
  await other.goto(appUrl);
  const tabs = [one, other];
  for (const tab of tabs) {
    await expect(shutter(tab, 'cat')).toBeEnabled();
    await shutter(tab, 'cat').hover();
    await tab.mouse.down();
  }
  count('faults injected');
  for (const tab of tabs) {
    await expect
      .poll(() => countOf(tab, 'cat'), { timeout: 60_000 })
      .toBeGreaterThan(rounds(8, 80));
  }
  for (const tab of tabs) await tab.mouse.up();
  await expect
    .poll(async () => (await countOf(one, 'cat')) - (await countOf(other, 'cat')))
    .toBe(0);
  await expect
    .poll(
      async () => (await expectNothingLost(one, new Map())).length - (await countOf(one, 'cat')),
    )
    .toBe(0);
});

longForm(() => {
  test('the page is frozen in a training, and the phone switched off: the training goes on', async ({
    serve,
    phone,
  }) => {
    const server = await serve();
    const page = await phone.open(`${server.url}#/photos`);
    await importPets(page, 14);
    await visit(page, 'train');
    const action = (on: Page, name: string) => on.locator(`[data-action="${name}"]`);
    await expect(action(page, 'train')).toBeEnabled({ timeout: 60_000 });
    await action(page, 'options').click();
    await page.locator('[data-preset="tutorial"]').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await action(page, 'train').click();
    await expect(page.locator('pp-running-card h2')).toHaveText(/^Fine-tuning: epoch 1[2-9]/, {
      timeout: 150_000,
    });
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    count('faults injected');
    await phone.kill();

    const again = await phone.open(`${server.url}#/train`);
    await expect(again.locator('[data-unfinished]')).toContainText('and your photos stay', {
      timeout: 60_000,
    });
    count('kills survived');
    await action(again, 'resume').click();
    await expect(again.locator('pp-train-page')).toHaveAttribute('data-train-state', 'done', {
      timeout: 150_000,
    });
    await expectNothingLost(again, new Map());
  });
});
