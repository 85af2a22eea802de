import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { importPets } from './import-pets.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, shutter, test, visit } from './phone-test.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15';

const advice = (page: Page) => page.locator('pp-banner[data-advice]');
const section = (page: Page) => page.locator('pp-install-section');

interface Device {
  readonly userAgent: string;
  /** As `navigator.standalone`; undefined where the browser does not have it. */
  readonly standalone?: boolean;
  readonly touches?: number;
}

/** Every page of the phone takes this device for its own. */
async function pretend(context: BrowserContext, device: Device): Promise<void> {
  await context.addInitScript(({ userAgent, standalone, touches = 5 }) => {
    Object.defineProperty(navigator, 'userAgent', { value: userAgent });
    Object.defineProperty(navigator, 'maxTouchPoints', { value: touches });
    if (standalone !== undefined) {
      Object.defineProperty(navigator, 'standalone', { value: standalone });
    }
    // Safari has no such event.
    addEventListener('beforeinstallprompt', (event) => {
      event.stopImmediatePropagation();
    });
  }, device);
}

test('an iPhone’s tab: advised before the first photo, moved after it, and the app there restores first', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const tab = await openPhone();
  await pretend(tab.context(), { userAgent: IPHONE, standalone: false });
  await tab.goto(appUrl);
  await expect(advice(tab)).toHaveAttribute('data-advice', 'before-first-photo');
  await expect(advice(tab)).toContainText('before the first photo');
  await expect(advice(tab)).toContainText('seven days');
  await advice(tab).getByRole('button', { name: 'Show how' }).click();
  await expect(section(tab).getByRole('heading')).toBeFocused();
  await expect(section(tab)).toContainText('they do not share photos');
  await expect(section(tab).getByRole('listitem')).toHaveText([/Share/, /Add to Home/, /Add/]);
  await expect(section(tab).locator('li > svg')).toHaveCount(3);
  // Seen once is enough.
  await tab.reload();
  await expect(section(tab)).toBeVisible();
  // The banner is loaded before the engine.
  await expectOfflineReady(tab);
  await expect(advice(tab)).toBeHidden();

  await importPets(tab, 6);
  await visit(tab, 'train');
  await tab.locator('[data-action="train"]').first().click({ timeout: 60_000 });
  await expect(advice(tab)).toHaveAttribute('data-advice', 'move', { timeout: 60_000 });
  await expect(advice(tab)).toContainText('seven days');
  await advice(tab).getByRole('button', { name: 'Show how' }).click();
  const steps = section(tab).getByRole('listitem');
  await expect(steps).toHaveText([/Back up/, /Share/, /Add to Home/, /Add/, /Restore a backup/]);
  await steps.first().getByRole('button', { name: 'Back up' }).click();
  const saving = tab.waitForEvent('download');
  await tab.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const file = join(folder, 'backup.zip');
  await (await saving).saveAs(file);

  // The home screen's app has a storage of its own.
  const app = await openPhone();
  await pretend(app.context(), { userAgent: IPHONE, standalone: true });
  await app.goto(appUrl);
  await expect(advice(app)).toHaveAttribute('data-advice', 'restore');
  const choosing = app.waitForEvent('filechooser');
  await advice(app).getByRole('button', { name: 'Restore a backup' }).click();
  await (await choosing).setFiles(file);
  const sheet = app.getByRole('dialog');
  await expect(sheet).toContainText('12 photos and 1 model, from');
  await sheet.getByRole('button', { name: 'Restore' }).click();
  await sheet.getByRole('button', { name: 'Done' }).click();
  await expect(advice(app)).toBeHidden();
  await expect(section(app)).toContainText('Purrceptron is installed.');
  await expect(section(app).getByRole('button')).toHaveCount(0);
  await visit(app, 'photos');
  await expect(app.locator('[data-photo]')).toHaveCount(12);
});

test('the home screen’s app of an iPhone without photos offers the restore on Photos too', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await pretend(page.context(), { userAgent: IPHONE, standalone: true });
  await page.goto(`${appUrl}#/photos`);
  const choosing = page.waitForEvent('filechooser');
  await page.locator('pp-photos-page [data-action="restore-first"]').click();
  expect((await choosing).isMultiple()).toBe(false);
  await advice(page).getByRole('button', { name: 'Later' }).click();
  await page.reload();
  await expect(page.locator('[data-action="restore-first"]')).toBeVisible();
  await visit(page, 'capture');
  await expect(shutter(page, 'cat')).toBeVisible();
  await expectOfflineReady(page);
  await expect(advice(page)).toBeHidden();
});

for (const [name, device, clears, way] of [
  ['Safari on an iPhone', { userAgent: IPHONE, standalone: false }, true, /Share/],
  ['an iPad, which calls itself a Mac', { userAgent: MAC, standalone: false }, true, /Share/],
  ['Safari on a Mac', { userAgent: MAC, touches: 0 }, true, /Add to Dock/],
  [
    'Safari on a Mac with `standalone`',
    { userAgent: MAC, standalone: false, touches: 0 },
    true,
    /Add to Dock/,
  ],
  ['an app on the home screen', { userAgent: IPHONE, standalone: true }, false, /is installed/],
  [
    'Android',
    { userAgent: 'Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36' },
    false,
    /browser’s menu/,
  ],
  [
    'Chrome on a Mac',
    { userAgent: MAC.replace('Version/17.5', 'Chrome/126.0'), touches: 0 },
    false,
    /browser’s menu/,
  ],
] as const) {
  test(`the rule of seven days is said where it applies: ${name}`, async ({
    appUrl,
    openPhone,
  }) => {
    const page = await openPhone();
    await pretend(page.context(), device);
    await page.goto(`${appUrl}#/settings`);
    await expect(section(page)).toContainText(way);
    await expect(page.locator('pp-storage-section')).toContainText('Protected');
    const said = page.locator('[data-seven-days]');
    await expect(said).toHaveCount(clears ? 2 : 0);
  });
}
