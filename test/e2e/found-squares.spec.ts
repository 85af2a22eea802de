import type { Page } from '@playwright/test';
import { drawPetSource } from '../fixtures/camera-file.ts';
import type { drawPet } from '../fixtures/drawn-pets.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test, visit } from './phone-test.ts';

/** The app with its real base, which sees a cat in what is drawn here. */
const APP = 'dist';

/** Width and height of a wide photo in pixels, and the percentage of its width beside the centre square. */
const WIDE = { width: 1200, height: 600 };
const CENTRE_LEFT = 25;

/** Where a drawn cat is, in pixels: its left edge, its top edge, and the side of what is drawn. */
type Place = readonly [number, number, number];
const LARGE: Place = [20, 60, 540];
const SMALL: Place = [880, 280, 300];

test('an import moves the square of a wide photo onto the animal; the person sees it, can move it, and can switch it off', async ({
  serve,
  openPhone,
}) => {
  const page = await openPhone({ camera: 'none' });
  const { url } = await serve({ dir: APP });
  await page.goto(`${url}#/settings`);
  // The engine is ready once the settings know what the base can do.
  const setting = page.locator('[data-setting="movesSquares"]');
  await expect(setting).toBeChecked({ timeout: 120_000 });

  await importWide(page, [await wideCat(page, 1, LARGE), await wideCat(page, 2, SMALL)]);
  const notice = page.locator('pp-notice-bar').first();
  await expect(notice).toContainText('In 2 photos, the square was moved onto the animal.');
  await page.getByRole('button', { name: 'Adjust' }).click();
  await expect(page.locator('[data-adjusting="0"]')).toBeVisible();
  // A large animal: the square keeps its size, and goes only as far as the animal is.
  const large = await squareOnScreen(page);
  expect(large.width).toBeCloseTo(50, 0);
  expect(large.left).toBeLessThan(CENTRE_LEFT - 10);
  await expectAccessible(page, 'the square of an import that was moved');
  await page.locator('[data-action="next-square"]').click();
  await expect(page.locator('[data-adjusting="1"]')).toBeVisible();
  // A small one: the square is tightened around it.
  const small = await squareOnScreen(page);
  expect(small.width).toBeLessThan(40);
  expect(small.left).toBeGreaterThan(60);
  expect(small.left + small.width).toBeLessThanOrEqual(100.1);
  // The person moves it, and what they chose stays.
  await page.locator('[data-move="left"]').click();
  const moved = await squareOnScreen(page);
  expect(moved.left).toBeLessThan(small.left);
  await page.locator('[data-action="next-square"]').click();
  await expect(page.locator('[data-adjusting]')).toBeHidden();
  await page.locator('[data-action="import"]').first().click();
  await page.locator('[data-action="adjust-squares"]').click();
  await page.locator('[data-action="next-square"]').click();
  await expect(page.locator('[data-adjusting="1"]')).toBeVisible();
  expect(await squareOnScreen(page)).toEqual(moved);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await visit(page, 'settings');
  await expectAccessible(page, 'the setting of squares');
  await setting.uncheck();
  await importWide(page, [await wideCat(page, 3, LARGE)]);
  await expect(notice).toContainText('1 photo added as Cat.');
  await expect(notice).not.toContainText('moved');
  await page.getByRole('button', { name: 'Adjust' }).click();
  await expect.poll(() => squareOnScreen(page)).toEqual({ left: CENTRE_LEFT, width: 50 });
  await page.keyboard.press('Escape');
  // The setting is stored.
  await page.reload();
  await visit(page, 'settings');
  await expect(setting).not.toBeChecked();
});

/** Left edge and width of the square in the sheet, in percent of the picture's width. */
function squareOnScreen(page: Page): Promise<{ left: number; width: number }> {
  return page.locator('[data-square]').evaluate(({ style }) => ({
    left: Math.round(10 * parseFloat(style.getPropertyValue('left'))) / 10,
    width: Math.round(10 * parseFloat(style.getPropertyValue('width'))) / 10,
  }));
}

interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

async function importWide(page: Page, files: readonly ChosenFile[]): Promise<void> {
  await visit(page, 'photos');
  await page.locator('[data-action="import"]').first().click();
  const choosing = page.waitForEvent('filechooser');
  await page.locator('[data-import-state] [data-class="cat"]').click();
  await (await choosing).setFiles([...files]);
}

/** A wide photo of a wall with a cat at some place. */
async function wideCat(page: Page, seed: number, place: Place): Promise<ChosenFile> {
  await page.evaluate(`globalThis.drawPet = ${drawPetSource()}`);
  const base64 = await page.evaluate(
    async ({ seed, place: [x, y, side], width, height }) => {
      const { drawPet: draw } = globalThis as unknown as { drawPet: typeof drawPet };
      const pet = new OffscreenCanvas(400, 400);
      draw(pet, 'cat', seed);
      const wide = new OffscreenCanvas(width, height);
      const context = wide.getContext('2d')!;
      context.fillStyle = '#b9c4b0';
      context.fillRect(0, 0, width, height);
      context.drawImage(pet, x, y, side, side);
      const blob = await wide.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    { seed, place, ...WIDE },
  );
  return {
    name: `wide-${seed}.jpg`,
    mimeType: 'image/jpeg',
    buffer: Buffer.from(base64, 'base64'),
  };
}
