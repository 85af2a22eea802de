import type { Page } from '@playwright/test';
import { drawnPets, writeCameraFile } from '../fixtures/camera-file.ts';
import { countOf, expect, shutter, takeOne, takePhoto, test, visit } from './phone-test.ts';
import { cameraLog, watchCamera } from './watched-camera.ts';

const PHONE = {
  torch: true,
  zoom: { min: 1, max: 8, step: 0.5 },
  focusMode: ['manual', 'single-shot', 'continuous'],
};

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);
const hint = (page: Page) => page.getByRole('status').locator('[data-hint]');

/** Constraints that the camera is given at some time. */
async function expectApplied(page: Page, constraints: object): Promise<void> {
  await expect.poll(async () => (await cameraLog(page)).applied).toContainEqual(constraints);
}

/** Two fingers on the viewfinder that go from one distance to another. */
async function pinch(page: Page, from: number, to: number): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', distance?: number) =>
    client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: distance
        ? [195 - distance / 2, 195 + distance / 2].map((x) => ({ x, y: 320 }))
        : [],
    });
  await touch('touchStart', from);
  for (let i = 1; i <= 5; i++) await touch('touchMove', from + ((to - from) * i) / 5);
  await touch('touchEnd');
}

test('lamp, zoom and focus of a phone’s camera, on both camera pages', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await watchCamera(page, { capabilities: PHONE });
  await page.goto(appUrl);
  await expect(shutter(page, 'cat')).toBeEnabled();
  await action(page, 'torch').click();
  await expect(action(page, 'torch')).toHaveAttribute('aria-pressed', 'true');
  await expectApplied(page, { torch: true });

  // With the keyboard alone.
  await action(page, 'zoom').focus();
  await page.keyboard.press('Enter');
  const slider = page.getByRole('slider', { name: 'Zoom' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expectApplied(page, { torch: true, zoom: 2 });
  await expect(slider).toHaveAttribute('aria-valuetext', '2×');
  await expect(page.getByRole('button', { name: '2×', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.keyboard.press('Escape');
  await expect(slider).toBeHidden();
  await expect(action(page, 'zoom')).toBeFocused();

  await pinch(page, 80, 160);
  await expect(action(page, 'zoom')).toHaveText('4×');

  const square = await page.locator('pp-viewfinder .square').boundingBox();
  await page.touchscreen.tap(square!.x + square!.width / 2, square!.y + square!.height / 2);
  await expectApplied(page, {
    torch: true,
    zoom: expect.closeTo(4),
    focusMode: 'single-shot',
    pointsOfInterest: [{ x: expect.closeTo(0.5, 2), y: expect.closeTo(0.5, 2) }],
  });
  // It focuses by itself again.
  await expectApplied(page, {
    torch: true,
    zoom: expect.closeTo(4),
    focusMode: 'continuous',
  });

  await visit(page, 'live');
  await expect(action(page, 'torch')).toHaveAttribute('aria-pressed', 'true');
  await expect(action(page, 'zoom')).toHaveText('4×');
});

test('what the camera has not is not offered', async ({ appUrl, openPhone }) => {
  const page = await openPhone();
  await page.goto(appUrl);
  await takePhoto(page);
  for (const name of ['torch', 'zoom', 'lens', 'focus'])
    await expect(action(page, name)).toHaveCount(0);
});

test('one of several lenses is chosen, for good, and never two are open', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ cameras: 3 });
  await watchCamera(page);
  await page.goto(appUrl);
  await expect(shutter(page, 'cat')).toBeEnabled();
  const liveCamera = () =>
    page
      .locator('video')
      .evaluate(
        (video: HTMLVideoElement) => (video.srcObject as MediaStream).getVideoTracks()[0]!.label,
      );
  expect(await liveCamera()).toBe('fake_device_0');
  await action(page, 'lens').click();
  const choices = page.getByRole('dialog', { name: 'Lens' });
  await expect(choices.getByRole('listitem')).toHaveText([
    'fake_device_0',
    'fake_device_1',
    'fake_device_2',
  ]);
  await choices.getByRole('button', { name: 'fake_device_2' }).click();
  await expect(choices).toBeHidden();
  await expect(action(page, 'lens')).toHaveText('fake_device_2');
  expect(await liveCamera()).toBe('fake_device_2');
  expect(await cameraLog(page)).toMatchObject({ asked: 2, mostAtOnce: 1, mostLive: 1 });
  // Another tab has its own session.
  const later = await page.context().newPage();
  await page.close();
  await later.goto(appUrl);
  await expect(action(later, 'lens')).toHaveText('fake_device_2');
  await takePhoto(later);
});

test('a burst without holding, and with the keyboard', async ({ appUrl, openPhone }) => {
  const page = await openPhone();
  await page.goto(appUrl);
  await takePhoto(page);
  await action(page, 'lock').click();
  await expect(action(page, 'lock')).toHaveAttribute('aria-pressed', 'true');
  await shutter(page, 'dog').click();
  await expect(shutter(page, 'dog')).toHaveAccessibleName(/^Stop the burst: Dog/);
  await expect(page.locator('[data-burst]')).toHaveText(/[3-9] photos · \d+\.\d a second/);
  await shutter(page, 'dog').click();
  await expect(page.getByText(/photos saved in Dog/)).toBeVisible();
  expect(await countOf(page, 'dog')).toBeGreaterThanOrEqual(3);
  // The photo that was being stored when the burst ended may come after the first Undo.
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(async () => {
    if ((await countOf(page, 'dog')) > 0) await undo.click({ timeout: 20_000 });
    await expect.poll(() => countOf(page, 'dog'), { timeout: 20_000 }).toBe(0);
  }).toPass();
  await action(page, 'lock').click();
  // A burst that goes on would store more dogs before this cat.
  await takePhoto(page);
  expect(await countOf(page, 'dog')).toBe(0);

  // Nothing has the focus: keys are the shutters'.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (const key of ['2', 'Space']) {
    await takeOne(page, {
      count: () => countOf(page, 'dog'),
      take: () => page.keyboard.press(key),
    });
  }
  const dogs = await countOf(page, 'dog');
  await page.keyboard.down('Space');
  await expect.poll(() => countOf(page, 'dog')).toBeGreaterThan(dogs + 2);
  await page.keyboard.up('Space');
  await expect(page.locator('[data-burst]')).toBeHidden();
  // On a shutter that has the focus, Space is that shutter's.
  const before = await countOf(page, 'cat');
  await shutter(page, 'cat').focus();
  await page.keyboard.down('Space');
  await expect.poll(() => countOf(page, 'cat')).toBeGreaterThan(before + 1);
  await page.keyboard.up('Space');
  await expect(page.locator('[data-burst]')).toBeHidden();
});

test('a burst of a picture that stands still ends by itself, and says why', async ({
  appUrl,
  openPhone,
}, info) => {
  const cameraFile = info.outputPath('still.mjpeg');
  await writeCameraFile(cameraFile, drawnPets('cat', [5]));
  const page = await openPhone({ cameraFile });
  await page.goto(appUrl);
  await action(page, 'lock').click();
  await shutter(page, 'cat').click();
  await expect(page.getByText('This very picture is saved already.')).toBeVisible();
  await expect(page.locator('[data-burst]')).toBeHidden();
  await expect(shutter(page, 'cat')).toHaveAccessibleName('Take photo: Cat, 1 photo');
});

test('a hint near the square, while there is something to correct', async ({
  appUrl,
  openPhone,
}, info) => {
  const cameraFile = info.outputPath('dusk.mjpeg');
  const [dark, blurred] = ['brightness(0.25)', 'blur(14px)'];
  const pets = [
    ...drawnPets('cat', [1], dark),
    ...drawnPets('dog', [2], blurred),
    ...drawnPets('cat', [3]),
  ];
  await writeCameraFile(cameraFile, pets, { hold: 3_000, width: 480, height: 640 });
  const page = await openPhone({ cameraFile });
  await page.goto(appUrl);
  await expect(hint(page)).toHaveText('Too dark: find more light', { timeout: 60_000 });
  await expect(hint(page)).toHaveText('Blurred: hold still', { timeout: 60_000 });
  await expect(hint(page)).toBeHidden({ timeout: 60_000 });
});

test('what is stored is what the square marks', async ({ appUrl, openPhone }, info) => {
  const cameraFile = info.outputPath('wide.mjpeg');
  // Wide, so that the square leaves much out.
  await writeCameraFile(cameraFile, drawnPets('cat', [5]), { hold: 300, width: 1280, height: 720 });
  const page = await openPhone({ cameraFile });
  await page.goto(appUrl);
  await takePhoto(page);
  const thumbnail = shutter(page, 'cat').locator('img');
  await expect(thumbnail).toBeVisible();
  const difference = await page.evaluate(
    ([video, square, image]) => {
      const size = 32;
      const canvas = new OffscreenCanvas(2 * size, size);
      const context = canvas.getContext('2d')!;
      const [marked, shown] = [square.getBoundingClientRect(), video.getBoundingClientRect()];
      // By where things are on the screen, whatever the code says.
      const scale = (video as HTMLVideoElement).videoWidth / shown.width;
      const [x, y] = [(marked.x - shown.x) * scale, (marked.y - shown.y) * scale];
      const source = video as HTMLVideoElement;
      context.drawImage(
        source,
        x,
        y,
        marked.width * scale,
        marked.height * scale,
        0,
        0,
        size,
        size,
      );
      context.drawImage(image as HTMLImageElement, size, 0, size, size);
      const { data } = context.getImageData(0, 0, 2 * size, size);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) {
        const column = (i / 4) % (2 * size);
        if (column < size) sum += Math.abs(data[i]! - data[i + 4 * size]!);
      }
      return sum / size ** 2;
    },
    await Promise.all([
      page.locator('video').elementHandle(),
      page.locator('pp-viewfinder .square').elementHandle(),
      thumbnail.elementHandle(),
    ]),
  );
  expect(difference).toBeLessThan(6);
});
