import { expect, shutter, takePhoto, test, visit } from './phone-test.ts';

// The engine cannot keep what it computed either, and says so where developers look.
test.use({ expectedErrors: /storage for the app is full/ });

test('a full storage is said until there is room again, and nothing stored is lost', async ({
  serve,
  openPhone,
}) => {
  const { url } = await serve();
  const page = await openPhone();
  await page.goto(url);
  await takePhoto(page);
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(url);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  const banner = page.locator('pp-banner[data-full]');
  await expect(banner).toBeHidden();
  await expect(async () => {
    await shutter(page, 'cat').click();
    await expect(banner).toBeVisible({ timeout: 2_000 });
  }).toPass();
  // Still full: asking again does not hide that.
  await banner.getByRole('button', { name: 'Try again' }).click();
  await page.waitForTimeout(500);
  await expect(banner).toBeVisible();
  await visit(page, 'photos');
  await expect(page.locator('pp-photo-grid [data-photo]').first()).toBeVisible();

  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await banner.getByRole('button', { name: 'Try again' }).click();
  await expect(banner).toBeHidden();
  await visit(page, 'capture');
  await takePhoto(page);
});

test('the browser is asked once to keep the photos, when there are some and not before', async ({
  serve,
  openPhone,
}) => {
  const { url } = await serve();
  const page = await openPhone();
  await page.addInitScript(() => {
    StorageManager.prototype.persisted = () => Promise.resolve(false);
    StorageManager.prototype.persist = () => {
      localStorage.setItem('asked', `${Number(localStorage.getItem('asked')) + 1}`);
      return Promise.resolve(false);
    };
  });
  await page.goto(url);
  const asked = () => page.evaluate(() => Number(localStorage.getItem('asked')));
  for (let photos = 1; photos <= 4; photos++) {
    await takePhoto(page);
    // The very same picture is not stored twice.
    await page.waitForTimeout(200);
  }
  expect(await asked()).toBe(0);
  await takePhoto(page);
  await expect.poll(asked).toBe(1);
  await page.reload();
  await takePhoto(page);
  await page.waitForTimeout(500);
  expect(await asked()).toBe(1);
  await visit(page, 'settings');
  await expect(page.locator('[data-keep-asked]')).toContainText('did not agree');
});
