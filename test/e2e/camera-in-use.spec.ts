import { drawnPets, writeCameraFile } from '../fixtures/camera-file.ts';
import { expectFailed, expectLive, gate, openButton } from './camera-gate.ts';
import { countOf, expect, shutter, takePhoto, test, visit } from './phone-test.ts';
import { cameraLog, holdCamera, setHidden, watchCamera } from './watched-camera.ts';

/** From one camera page to the next the app keeps its stream for less than this, in ms. */
const LET_GO = 2_000;
/** What the camera takes to open in tests that count its requests, in ms. */
const DELAY = 300;

test('assistive technology takes a photo after a burst that ended without a click', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(appUrl);
  await expectLive(page);
  const events = await page
    .locator('pp-shutter')
    .first()
    .evaluateHandle((element) => {
      const events: string[] = [];
      for (const type of ['shoot', 'burst-start', 'burst-end']) {
        element.addEventListener(type, () => events.push(type));
      }
      return events;
    });
  const seen = () => events.evaluate((all) => all.splice(0));
  const button = shutter(page, 'cat');
  const hold = async () =>
    expect.poll(() => events.evaluate((all) => all.at(-1))).toBe('burst-start');

  // The finger leaves the button while it holds.
  await button.hover();
  await page.mouse.down();
  await hold();
  await page.mouse.move(1, 1);
  await page.mouse.up();
  expect(await seen()).toEqual(['burst-start', 'burst-end']);
  await button.dispatchEvent('click');
  expect(await seen()).toEqual(['shoot']);

  // Enter clicks when it goes down, Space when it goes up.
  await button.focus();
  await page.keyboard.down('Enter');
  await hold();
  await page.keyboard.up('Enter');
  expect(await seen()).toEqual(['shoot', 'burst-start', 'burst-end']);
  await button.dispatchEvent('click');
  expect(await seen()).toEqual(['shoot']);
  await page.keyboard.down('Space');
  await hold();
  await page.keyboard.up('Space');
  expect(await seen()).toEqual(['burst-start', 'burst-end']);

  // A hold that ends with a click takes no photo by it.
  await button.hover();
  await page.mouse.down();
  await hold();
  await page.mouse.up();
  expect(await seen()).toEqual(['burst-start', 'burst-end']);
});

test('a question that nobody answers is said, and the answer still counts', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.clock.install();
  // Longer than any test lasts: it answers when the clock is put forward.
  await watchCamera(page, { delay: 600_000 });
  await page.goto(appUrl);
  await expect(gate(page)).toHaveAttribute('data-state', /asking|failed/);
  await page.clock.fastForward(9_000);
  await expectFailed(page, 'The camera takes long to start');
  await expect(gate(page)).toContainText('by itself');
  await page.clock.fastForward(600_000);
  await expectLive(page);
  expect(await cameraLog(page)).toMatchObject({ asked: 1, live: 1 });
});

test('a black picture is said; the photos come when it is lit', async ({
  appUrl,
  openPhone,
}, info) => {
  const cameraFile = info.outputPath('covered.mjpeg');
  const [covered, lit] = [drawnPets('cat', [1], 'brightness(0)'), drawnPets('cat', [1])];
  await writeCameraFile(cameraFile, [...covered, ...lit], { hold: 4_000, width: 480, height: 640 });
  const page = await openPhone({ cameraFile });
  await page.goto(appUrl);
  await expect(gate(page).getByRole('heading')).toHaveText('The picture is black', {
    timeout: 60_000,
  });
  await expect(openButton(page)).toHaveText(/Try again/);
  await expectLive(page);
});

test('a tap before the first frame of the camera takes that frame', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.addInitScript(() => {
    const shown = new Promise<void>((resolve) => Object.assign(globalThis, { show: resolve }));
    const srcObject = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject')!;
    Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
      ...srcObject,
      set(this: HTMLMediaElement, stream: MediaStream | null) {
        void shown.then(() => srcObject.set!.call(this, stream));
      },
    });
  });
  await page.goto(appUrl);
  await expect(shutter(page, 'cat')).toBeEnabled();
  await shutter(page, 'cat').dispatchEvent('click');
  expect(await countOf(page, 'cat')).toBe(0);
  await page.evaluate(() => (globalThis as unknown as { show: () => void }).show());
  await expect.poll(() => countOf(page, 'cat')).toBe(1);
});

test('a camera that holds its picture back takes no photo of an old one', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.addInitScript(() => {
    Object.defineProperty(MediaStreamTrack.prototype, 'muted', {
      get: () => (globalThis as { heldBack?: boolean }).heldBack ?? false,
    });
  });
  await page.goto(appUrl);
  await expectLive(page);
  const holdBack = (heldBack: boolean) =>
    page.evaluate((heldBack) => void Object.assign(globalThis, { heldBack }), heldBack);
  await holdBack(true);
  await expect(gate(page).getByRole('heading')).toHaveText('No picture comes from the camera');
  await expect(shutter(page, 'cat')).toBeDisabled();
  await holdBack(false);
  await expectLive(page);
  await takePhoto(page);
});

test('the permission is taken back while live: said, and it opens again', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ camera: 'ask' });
  await page.context().grantPermissions(['camera']);
  await page.goto(appUrl);
  await expectLive(page);
  await page.context().clearPermissions();
  await expectFailed(page, 'The camera was switched off');
  await page.context().grantPermissions(['camera']);
  await openButton(page).click();
  await expectLive(page);
  await takePhoto(page);
});

test('the camera rests while the page is hidden, and is back when it is shown', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await watchCamera(page);
  await page.goto(appUrl);
  await expectLive(page);

  await setHidden(page, true);
  expect(await cameraLog(page)).toMatchObject({ live: 0 });
  await setHidden(page, false);
  await expectLive(page);
  await takePhoto(page);

  // Hidden before the camera has answered: it must not come on behind a dark screen.
  await holdCamera(page, true);
  await setHidden(page, true);
  await setHidden(page, false);
  await expect(gate(page)).toHaveAttribute('data-state', 'asking');
  await setHidden(page, true);
  await holdCamera(page, false);
  await expect.poll(() => cameraLog(page)).toMatchObject({ asked: 3, answered: 3, live: 0 });
  await expect(gate(page)).toHaveAttribute('data-state', 'idle');
  await setHidden(page, false);
  await expectLive(page);
  expect(await cameraLog(page)).toMatchObject({ mostAtOnce: 1, mostLive: 1 });
});

test('from page to page there is one request and one stream; away from them, none', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  // The clock stands still: time passes in runFor alone.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await watchCamera(page, { delay: DELAY });
  await page.goto(appUrl);
  const logged = async (name: 'asked' | 'answered' | 'live') => (await cameraLog(page))[name];
  // Before the first answer, and again with a stream at hand.
  for (const place of ['live', 'capture', 'live', 'capture']) await visit(page, place);
  await expect.poll(() => logged('asked')).toBe(1);
  expect(await logged('answered')).toBe(0);
  await page.clock.runFor(DELAY);
  await expectLive(page);
  for (const place of ['live', 'capture', 'live', 'capture']) await visit(page, place);
  await page.clock.runFor(LET_GO);
  await expectLive(page);
  expect(await cameraLog(page)).toMatchObject({ asked: 1, mostAtOnce: 1, live: 1, mostLive: 1 });

  await visit(page, 'photos');
  expect(await logged('live')).toBe(1);
  await page.clock.runFor(LET_GO);
  await expect.poll(() => logged('live')).toBe(0);
  // Gone again before the answer.
  await visit(page, 'capture');
  await expect.poll(() => logged('asked')).toBe(2);
  await visit(page, 'photos');
  expect(await logged('answered')).toBe(1);
  await page.clock.runFor(LET_GO);
  // Each request was answered; what it brought has ended.
  await expect.poll(() => logged('answered')).toBe(2);
  await expect.poll(() => logged('live')).toBe(0);
  expect(await cameraLog(page)).toMatchObject({ asked: 2, mostAtOnce: 1, mostLive: 1 });
});
