import type { Page } from '@playwright/test';
import { importPets } from './import-pets.ts';
import { expect, test, visit } from './phone-test.ts';
import { precacheList } from '../fixtures/precache-list.ts';

const offer = (page: Page) => page.locator('pp-banner', { hasText: 'home screen' });
const section = (page: Page) => page.locator('pp-install-section');

/** Keeps Chromium's own event away, which comes when it likes; see `canBeInstalled`. */
async function keepBrowserQuiet(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.addEventListener('beforeinstallprompt', (event) => {
      if (event.isTrusted) event.stopImmediatePropagation();
    });
  });
}

/** The browser says that the app can be installed, as Chromium does when it thinks so. */
async function canBeInstalled(page: Page): Promise<void> {
  await page.evaluate(() => {
    const event = new Event('beforeinstallprompt', { cancelable: true });
    const asked = () => {
      document.documentElement.dataset['asked'] = 'true';
      return Promise.resolve();
    };
    const userChoice = Promise.resolve({ outcome: 'dismissed' });
    window.dispatchEvent(Object.assign(event, { prompt: asked, userChoice }));
    document.documentElement.dataset['prevented'] = String(event.defaultPrevented);
  });
}

/** @param models how many models there are then */
async function train(page: Page, models: number): Promise<void> {
  await visit(page, 'train');
  await page.locator('[data-action="train"]').first().click({ timeout: 60_000 });
  await expect(page.locator('[data-action="models"]')).toContainText(`(${models})`);
}

test('installing is offered once, after the first training, and always in Settings', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await keepBrowserQuiet(page);
  await page.goto(appUrl);
  await canBeInstalled(page);
  await expect(page.locator('html')).toHaveAttribute('data-prevented', 'true');
  await importPets(page, 6);
  await expect(offer(page)).toBeHidden();
  await train(page, 1);
  await expect(offer(page)).toBeVisible();
  await offer(page).getByRole('button', { name: 'Install' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-asked', 'true');
  await expect(offer(page)).toBeHidden();

  await page.reload();
  await canBeInstalled(page);
  await train(page, 2);
  await visit(page, 'settings');
  await expect(offer(page)).toBeHidden();
  await section(page).getByRole('button', { name: 'Install' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-asked', 'true');
});

test('iOS gets the steps of its own menu', async ({ appUrl, openPhone }) => {
  const page = await openPhone();
  await keepBrowserQuiet(page);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'standalone', { value: false });
  });
  await page.goto(`${appUrl}#/settings?install`);
  await expect(section(page).getByRole('heading')).toBeFocused();
  await expect(section(page).getByRole('listitem')).toHaveText([
    /Share/,
    /Add to Home Screen/,
    /Add/,
  ]);
  await expect(section(page)).toBeInViewport();
});

test('opened from the home screen, the app says that it is installed', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  // Headless Chromium has no home screen to be opened from.
  await page.addInitScript(() => {
    const matchMedia = window.matchMedia.bind(window);
    window.matchMedia = (query) =>
      matchMedia(query.includes('(display-mode: standalone)') ? 'all' : query);
  });
  await page.goto(appUrl);
  await visit(page, 'settings');
  await expect(section(page)).toContainText('Purrceptron is installed.');
});

test('what is shown before the app is installed is served, and not kept for offline', async ({
  appUrl,
}) => {
  const picture = await fetch(`${appUrl}screenshots/narrow-live.jpg`);
  expect(picture.headers.get('content-type')).toBe('image/jpeg');
  const kept = (await precacheList('dist')).map((file) => file.url);
  expect(kept).toContain('manifest.webmanifest');
  expect(kept.filter((file) => file.startsWith('screenshots/'))).toEqual([]);
});
