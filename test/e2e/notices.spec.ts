import type { Page } from '@playwright/test';
import { expect, test, visit } from './phone-test.ts';

const READY = 'Ready for airplane mode';
const notice = (page: Page) => page.locator('pp-app pp-notice-bar .notice');

/** Shows a notice as a page does. */
async function notify(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => {
    const action = { label: 'Undo', run: () => undefined };
    window.dispatchEvent(new CustomEvent('pp-notice', { detail: { text, action } }));
  }, text);
  await expect(notice(page)).toContainText(text);
}

/** Opens the app on a clock that stands still, also after a reload: time passes in runFor alone. */
async function openOnStillClock(page: Page, url: string): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.goto(url);
}

/** Until the notice is there; the app needs a little time to begin with what it does when idle. */
async function expectReady(page: Page): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(100);
    await expect(notice(page)).toContainText(READY, { timeout: 1_000 });
  }).toPass();
}

test('the first “Ready for airplane mode” is not lost to other notices, nor to a reload', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await openOnStillClock(page, `${appUrl}#/settings`);
  await expectReady(page);
  await notify(page, 'One');
  await page.reload();
  await expectReady(page);
  await notify(page, 'Two');
  await page.clock.runFor(6_100);
  await expect(notice(page)).toContainText(READY);
  await page.clock.runFor(6_100);
  await expect(notice(page)).toHaveCount(0);
  await page.clock.resume();
  await page.reload();
  await expect(page.locator('pp-app')).toHaveAttribute('data-airplane', 'ready');
  await expect(notice(page)).toHaveCount(0);
});

test('a notice stays while the keyboard is on it, whatever the mouse does', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await openOnStillClock(page, `${appUrl}#/settings`);
  await expect(page.locator('pp-settings-page h1')).toBeVisible();
  await notify(page, 'Photo deleted.');
  await page.getByRole('button', { name: 'Undo' }).focus();
  await notice(page).hover();
  await page.mouse.move(10, 10);
  await page.clock.runFor(60_000);
  await expect(notice(page)).toContainText('Photo deleted.');
  await page.locator('pp-tab-bar a').first().focus();
  await page.clock.runFor(6_100);
  await expect(notice(page)).not.toContainText('Photo deleted.');
});

test('a notice waits under a modal dialog until it can be seen', async ({ appUrl, openPhone }) => {
  const page = await openPhone();
  await openOnStillClock(page, `${appUrl}#/photos`);
  await visit(page, 'photos');
  await page.locator('[data-action="import"]').first().click();
  await expect(page.locator('[data-import-state="choose"]')).toBeVisible();
  await notify(page, 'Photo deleted.');
  await page.clock.runFor(60_000);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-import-state]')).toBeHidden();
  await expect(notice(page)).toContainText('Photo deleted.');
});
