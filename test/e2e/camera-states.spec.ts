import type { Page } from '@playwright/test';
import { expectFailed, expectLive, gate, openButton } from './camera-gate.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, takePhoto, test, visit } from './phone-test.ts';
import { cameraLog, watchCamera } from './watched-camera.ts';

/** The way out that needs no camera. */
async function choosePhotosInstead(page: Page): Promise<void> {
  await gate(page).getByRole('link', { name: 'Choose photos instead' }).click();
  await expect(page.locator('dialog[data-import-state="choose"]')).toBeVisible();
}

test('the first visit explains, and asks the browser on a tap only', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ camera: 'ask' });
  await watchCamera(page);
  await page.goto(appUrl);
  await expect(gate(page)).toHaveAttribute('data-state', 'idle');
  await expect(gate(page).getByRole('heading')).toContainText('needs the camera to take photos');
  await expect(gate(page)).toContainText('Nothing is sent anywhere.');
  await visit(page, 'live');
  await visit(page, 'capture');
  // By now the app has done all that it does by itself.
  await expectOfflineReady(page);
  expect(await cameraLog(page)).toMatchObject({ asked: 0 });

  await page.context().grantPermissions(['camera']);
  await openButton(page).click();
  await expectLive(page);
  expect(await cameraLog(page)).toMatchObject({ asked: 1, live: 1 });

  await page.reload();
  await expectLive(page);
  expect(await cameraLog(page)).toMatchObject({ asked: 1 });
});

test('a refusal is said with the way back, which works', async ({ appUrl, openPhone }) => {
  const page = await openPhone({ camera: 'ask' });
  await page.goto(appUrl);
  await openButton(page).click();
  await expectFailed(page, 'The camera is not allowed');
  await expect(gate(page)).toContainText('settings for this site');
  await page.context().grantPermissions(['camera']);
  await openButton(page).click();
  await expectLive(page);
  await takePhoto(page);
});

test('refused for good: the words are there without a tap, and files still come in', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ camera: 'denied' });
  await page.goto(appUrl);
  await expectFailed(page, 'The camera is not allowed');
  await choosePhotosInstead(page);
});

test('without a camera, photos are chosen instead', async ({ appUrl, openPhone }) => {
  const page = await openPhone({ camera: 'none' });
  await page.goto(appUrl);
  await expectFailed(page, 'No camera was found');
  await choosePhotosInstead(page);
});

for (const { refusals, title } of [
  // A busy camera is asked twice: a phone may be slow to let go of the one before.
  {
    refusals: ['NotReadableError', 'NotReadableError'],
    title: 'Another app is using the camera',
  },
  { refusals: ['AbortError'], title: 'The camera stopped while it was starting' },
]) {
  test(`${refusals[0]}: said, and trying again opens the camera`, async ({ appUrl, openPhone }) => {
    const page = await openPhone();
    await watchCamera(page, { refusals });
    await page.goto(appUrl);
    await expectFailed(page, title);
    await openButton(page).click();
    await expectLive(page);
    expect(await cameraLog(page)).toMatchObject({ asked: refusals.length + 1, live: 1 });
  });
}

test('a camera that is busy for a moment opens without a word', async ({ appUrl, openPhone }) => {
  const page = await openPhone();
  await watchCamera(page, { refusals: ['NotReadableError'] });
  await page.goto(appUrl);
  await expectLive(page);
  expect(await cameraLog(page)).toMatchObject({ asked: 2, live: 1, mostAtOnce: 1 });
});

test('a camera that cannot do what is asked opens with less', async ({ appUrl, openPhone }) => {
  const page = await openPhone();
  await watchCamera(page, { refusals: ['OverconstrainedError'] });
  await page.goto(appUrl);
  await expectLive(page);
  expect(await cameraLog(page)).toMatchObject({ asked: 2, mostAtOnce: 1 });
});

test('a camera works where the browser refuses the list of cameras', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await watchCamera(page, { unlisted: true });
  await page.goto(appUrl);
  await expectLive(page);
  await takePhoto(page);
  // A camera is plugged in or out; then the other side is asked for.
  await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')));
  await page.locator('[data-action="flip"]').click();
  await expect.poll(async () => (await cameraLog(page)).asked).toBe(2);
  await expectLive(page);
  expect(await cameraLog(page)).toMatchObject({ live: 1 });
});

test.describe('an old page', () => {
  test.use({ expectedErrors: /Failed to load resource|ERR_FAILED/ });

  test('a camera works where the part that tells its lenses apart does not come', async ({
    appUrl,
    openPhone,
  }) => {
    const page = await openPhone({ cameras: 2 });
    const refused = page.waitForEvent('requestfailed', (request) =>
      /\/lenses-/.test(request.url()),
    );
    await page.route(/\/lenses-/, (route) => route.abort());
    await page.goto(appUrl);
    await refused;
    await expectLive(page);
    await takePhoto(page);
  });
});
