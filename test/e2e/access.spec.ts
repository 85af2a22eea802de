import { drawnPets, writeCameraFile } from '../fixtures/camera-file.ts';
import { expectAccessible, expectLargeTargets, expectNoSidewaysScroll } from './accessible.ts';
import { everyEmptyPage, everyState } from './every-state.ts';
import { importPets } from './import-pets.ts';
import { expect, speak, test, visit } from './phone-test.ts';
import { expectTranslated, openBracketed } from './translated.ts';

test('before there is anything: nothing to find for axe, and all of it is translated', async ({
  serve,
  openPhone,
}) => {
  const { url } = await serve();
  const page = await openPhone({ camera: 'none' });
  await openBracketed(page, url);
  await everyEmptyPage(page, async (state) => {
    await expectTranslated(page, state);
    await expectAccessible(page, state);
  });
});

test('with photos and a model: nothing to find for axe, large targets, and all of it is translated', async ({
  serve,
  openPhone,
}, info) => {
  const cameraFile = info.outputPath('cats.mjpeg');
  await writeCameraFile(cameraFile, drawnPets('cat', [31, 32, 33]));
  const { url } = await serve();
  const page = await openPhone({ cameraFile });
  await openBracketed(page, url);
  await everyState(page, async (state) => {
    await expectTranslated(page, state);
    await expectLargeTargets(page, state);
    await expectAccessible(page, state);
  });
});

test('nothing to find for axe when the camera is refused', async ({ serve, openPhone }) => {
  const { url } = await serve();
  const page = await openPhone({ camera: 'denied' });
  await page.goto(url);
  await expect(page.locator('pp-camera-gate section')).toHaveAttribute('data-state', 'failed');
  await expectAccessible(page, 'Capture, refused');
});

const PLACES = [
  'capture',
  'photos',
  'photos/examine',
  'train',
  'models',
  'live',
  'settings',
] as const;

test('every page can be read with text of twice the size, and from right to left', async ({
  serve,
  openPhone,
}, info) => {
  const cameraFile = info.outputPath('cats.mjpeg');
  await writeCameraFile(cameraFile, drawnPets('cat', [31, 32, 33]));
  const { url } = await serve();
  const page = await openPhone({ cameraFile });
  await page.goto(url);
  await importPets(page, 8);
  await visit(page, 'train');
  await page.locator('[data-action="train"]').click({ timeout: 60_000 });
  await page.locator('[data-result]').waitFor({ timeout: 60_000 });
  for (const [language, fontSize] of [
    ['en', '200%'],
    ['ar', '100%'],
  ] as const) {
    await speak(page, language);
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), fontSize);
    for (const place of PLACES) {
      await page.evaluate((hash) => (location.hash = hash), `#/${place}`);
      await page.waitForTimeout(700);
      const reading = `${language}-${place.replace('/', '-')}`;
      await page.screenshot({ path: info.outputPath(`${reading}.png`) });
      await expectNoSidewaysScroll(page, reading);
    }
  }
});
