import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchPhone } from './launch-phone.ts';
import { expect, test, visit } from './phone-test.ts';
import { watchApp } from './watch-app.ts';

/** Other names of this machine: a page there has no secure context by http. */
const PLAIN_HOSTS = [
  ['a name of the web', 'plain.test', /https:\/\/plain\.test:\d+\/$/],
  [
    'a name of a home network',
    'plain',
    /http:\/\/localhost:\d+\/ on the computer that serves it\.$/,
  ],
] as const;

/** What stores photos, asks for the camera, installs, or tries once more. */
const OFFERS =
  /Take photos|Import|Use the camera|Choose photos|Back up|Restore|Install|Try again|Add a|Photo$/;

/** The words of browsers and of missing APIs, which no page may show. */
const RAW = /Error:|is not defined|undefined|good connection|Something went wrong/;

/** All pages show the sentence about the whole app, and none says anything raw. */
async function expectSaid(page: Page, kind: string, sentence: string): Promise<void> {
  for (const place of ['capture', 'live', 'train', 'photos', 'settings']) {
    await visit(page, place);
    const banner = page.locator('pp-banner');
    await expect(banner).toHaveCount(1);
    await expect(banner).toHaveAttribute('data-withheld', kind);
    await expect(banner).toContainText(sentence);
    await expect(page.locator(`pp-${place}-page`)).not.toContainText(RAW);
  }
  await expect(page.locator('pp-airplane-section')).toContainText(sentence);
}

test('site data is blocked: every page says so, and how to allow it', async ({
  appUrl,
  folder,
}) => {
  const settings = join(folder, 'Default');
  await mkdir(settings);
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(settings, 'Preferences'), JSON.stringify(blocked));
  // Only the whole Chromium has such a setting.
  const context = await launchPhone(folder, { cameras: 1 });
  const complaints = await watchApp(context);
  const page = await context.newPage();
  await page.goto(appUrl);
  await expectSaid(page, 'site-data', 'blocks site data for this address');
  await visit(page, 'live');
  await expect(page.locator('pp-live-page [role="alert"]')).toContainText('blocks site data');
  expect(complaints).toEqual([]);
  await context.close();
});

for (const [kind, host, address] of PLAIN_HOSTS) {
  test(`an address by plain http, ${kind}: every page says which one works, and offers nothing that cannot`, async ({
    appUrl,
    folder,
  }) => {
    const args = [`--host-resolver-rules=MAP ${host} 127.0.0.1`];
    const context = await launchPhone(folder, {}, args);
    const complaints = await watchApp(context);
    const page = await context.newPage();
    await page.goto(appUrl.replace('localhost', host));
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await expect(page.locator('pp-camera-gate')).toContainText('needs a secure address');
    await expectSaid(page, 'insecure', 'Open the app at its https:// address');
    await expect(page.locator('pp-banner p')).toHaveText(address);
    for (const place of ['capture', 'live', 'train', 'photos', 'models', 'settings']) {
      await visit(page, place);
      const element = page.locator(`pp-${place}-page`);
      for (const role of ['button', 'link'] as const) {
        const offers = element.getByRole(role, { name: OFFERS, disabled: false });
        await expect(offers, `${role}s of ${place}`).toHaveCount(0);
      }
    }
    // Chromium itself names the header that it ignores at such an address.
    const expected = new RegExp(`//${host}|Cross-Origin-Opener-Policy header has been ignored`);
    expect(complaints.filter((text) => !expected.test(text))).toEqual([]);
    await context.close();
  });
}
