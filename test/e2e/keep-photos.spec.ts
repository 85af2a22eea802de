import { expect, takePhoto, test, visit } from './phone-test.ts';

test('the browser is asked once to keep the photos, when there are some and not before', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.addInitScript(() => {
    StorageManager.prototype.persisted = () => Promise.resolve(false);
    StorageManager.prototype.persist = () => {
      localStorage.setItem('asked', `${Number(localStorage.getItem('asked')) + 1}`);
      return Promise.resolve(false);
    };
  });
  await page.goto(appUrl);
  const asked = () => page.evaluate(() => Number(localStorage.getItem('asked')));
  for (let photos = 1; photos <= 4; photos++) await takePhoto(page);
  expect(await asked()).toBe(0);
  await takePhoto(page);
  await expect.poll(asked).toBe(1);
  await page.reload();
  await takePhoto(page);
  // What follows from the first photo comes before the second is stored.
  await takePhoto(page);
  expect(await asked()).toBe(1);
  await visit(page, 'settings');
  await expect(page.locator('[data-keep-asked]')).toContainText('did not agree');
});
