import { join } from 'node:path';
import { drawnPets, writeCameraFile } from '../fixtures/camera-file.ts';
import { expectAccessible, expectLargeTargets } from './accessible.ts';
import { expect, test } from './phone-test.ts';

test('Live frames the animal on demand, and says so when there is none', async ({
  serve,
  openPhone,
  folder,
}) => {
  // The real base, which sees a cat in what is drawn here.
  const { url } = await serve({ dir: 'dist' });
  const cameraFile = join(folder, 'cat.mjpeg');
  await writeCameraFile(cameraFile, drawnPets('cat', [4]));
  const page = await openPhone({ cameraFile });
  await page.goto(`${url}#/live`);
  // Before any photo, what the base knows answers.
  const tool = page.locator('[data-action="frame"]');
  await expect(tool).toHaveAttribute('aria-pressed', 'false', { timeout: 120_000 });
  const frame = page.locator('[data-frame]');
  await expect(frame).toHaveCount(0);
  await tool.click();
  await expect(frame).toBeVisible({ timeout: 60_000 });
  // The cat stands in the middle of the square and does not fill it.
  const [inner, outer] = [
    (await frame.boundingBox())!,
    await page.locator('.square').boundingBox(),
  ];
  const centre = (inner.x + inner.width / 2 - outer!.x) / outer!.width;
  expect(centre).toBeGreaterThan(0.25);
  expect(centre).toBeLessThan(0.75);
  expect(inner.height / outer!.height).toBeGreaterThan(0.3);
  expect(inner.width / outer!.width).toBeLessThan(0.95);
  await expectAccessible(page, 'Live with a frame');
  await expectLargeTargets(page, 'Live with a frame');

  // A photo of a bare wall.
  const png = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 320);
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#b9c4b0';
    context.fillRect(0, 0, 320, 320);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  const choosing = page.waitForEvent('filechooser');
  await page.locator('[data-action="photo"]').click();
  const buffer = Buffer.from(png, 'base64');
  await (await choosing).setFiles({ name: 'wall.png', mimeType: 'image/png', buffer });
  await expect(page.getByText('Nothing found to frame')).toBeVisible({ timeout: 60_000 });
  await expect(frame).toHaveCount(0);
  await page.locator('[data-action="camera"]').click();
  await expect(frame).toBeVisible({ timeout: 60_000 });
  await tool.click();
  await expect(frame).toHaveCount(0);
  await expect(page.getByText('Nothing found to frame')).toHaveCount(0);
});
