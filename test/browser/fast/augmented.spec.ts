import type { Page } from '@playwright/test';
import { harnessIsThere } from '../../harness/open-harness.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { addDrawnPets, expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

/** Size and SHA-256 of the pixels of each of a photo's nine random augmentations. */
function nine(page: Page, photoId: string) {
  return page.evaluate(async (photoId) => {
    const bitmaps = await harness.augmented(photoId, 9);
    return Promise.all(
      bitmaps.map(async (bitmap) => {
        const { width, height } = bitmap;
        const context = new OffscreenCanvas(width, height).getContext('2d')!;
        context.drawImage(bitmap, 0, 0);
        bitmap.close();
        const { data } = context.getImageData(0, 0, width, height);
        const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
        return {
          width,
          height,
          sha256: hash.join(),
          isOpaque: data.every((value, i) => i % 4 < 3 || value === 255),
        };
      }),
    );
  }, photoId);
}

test('nine augmentations of a photo differ, and are the same another time', async ({ page }) => {
  const [cat, dog] = [
    (await addDrawnPets(page, 'cat', [1], 'train'))[0]!,
    (await addDrawnPets(page, 'dog', [1], 'train'))[0]!,
  ];
  await startEngine(page, TINY_BASES, 'wasm');
  const first = await nine(page, cat);
  for (const picture of first) {
    expect(picture).toMatchObject({ width: 160, height: 160, isOpaque: true });
  }
  expect(new Set(first.map(({ sha256 }) => sha256)).size).toBe(9);
  expect(await nine(page, cat)).toEqual(first);
  expect(await nine(page, dog)).not.toEqual(first);

  await page.reload();
  await harnessIsThere(page);
  await startEngine(page, TINY_BASES, 'wasm');
  expect(await nine(page, cat)).toEqual(first);
});

test('they are there while the base is still on its way', async ({ page }) => {
  const [id] = await addDrawnPets(page, 'cat', [2], 'train');
  await page.context().route('**/bases/**', () => undefined);
  startEngine(page, TINY_BASES, 'wasm').catch(() => undefined);
  expect(await nine(page, id!)).toHaveLength(9);
  expect(await page.evaluate(() => harness.status().phase)).not.toBe('ready');
});

test('a photo that is gone, or that is no picture, is said to be so', async ({ page }) => {
  await startEngine(page, TINY_BASES, 'wasm');
  const kindOf = (photoId: string) =>
    page.evaluate(
      (photoId) =>
        harness.augmented(photoId, 9).then(
          () => 'none',
          (thrown: unknown) => (thrown as { kind: string }).kind,
        ),
      photoId,
    );
  expect(await kindOf('no-such-photo')).toBe('photo');
  const broken = await page.evaluate(async () => {
    const image = { bytes: new ArrayBuffer(64), type: 'image/jpeg', size: 320 } as const;
    const shot = {
      classId: 'cat',
      image,
      thumbnail: image,
      hashBands: [],
      source: 'file',
    } as const;
    return (await harness.photos.addPhoto(shot)).photo.id;
  });
  expect(await kindOf(broken)).toBe('photo');
});
