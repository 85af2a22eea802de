import type { Page } from '@playwright/test';
import { LONG_FORM, LONG_FORM_ONLY } from '../../long-form.ts';
import { addTrainedSheets, expect, test } from '../harness-test.ts';
import { openLive, PHONE, tool } from '../live-page.ts';

test.use({ viewport: PHONE });

/** The square's side in cells of the feature map: 7 by 7 at 224 pixels. */
const CELLS = 7;

/** Where the patch is on its sheet of 320 px. */
const CORNERS = [
  [0, 0],
  [200, 200],
  [200, 0],
  [0, 200],
] as const;

for (const facing of ['environment', 'user'] as const) {
  test(`the heat lies on the screen where its reason is, ${facing === 'user' ? 'mirrored as the picture is' : 'corner by corner'}`, async ({
    page,
  }) => {
    // The short form has the mirrored one, which is the harder.
    test.skip(facing === 'environment' && !LONG_FORM, LONG_FORM_ONLY);
    await addTrainedSheets(page);
    await page.evaluate(async () => (await harness.liveStage()).show(harness.drawSheet(40)));
    await openLive(page, facing);
    for (const corner of facing === 'user' ? CORNERS.slice(0, 2) : CORNERS) {
      await page.evaluate(
        async (corner) => (await harness.liveStage()).show(harness.drawSheet(40, corner)),
        corner,
      );
      // The camera has it, and so has the video.
      await page.evaluate(async () => (await harness.liveStage()).moreFrames(30));
      await tool(page, 'freeze').click();
      await expect(page.locator('[data-still="frozen"]')).toBeVisible();
      const plain = await settledCells(page);
      await tool(page, 'heat-map').click();
      await page
        .locator('.over-square')
        .evaluate((words) => ((words as HTMLElement).hidden = true));
      await expect(page.locator('pp-heat-map')).toBeVisible();
      const heated = await settledCells(page);
      await tool(page, 'heat-map').click();
      await tool(page, 'camera').click();

      const patch = largest(plain.map(({ contrast }) => contrast));
      // Cells that do not contribute are dimmed; the cell of the reason keeps most of its light.
      const hottest = largest(heated.map(({ light }, i) => light / plain[i]!.light));
      const [x, y] = facing === 'user' ? [200 - corner[0], corner[1]] : corner;
      expect(patch.column < CELLS / 2, `patch at ${patch.column}`).toBe(x === 0);
      expect(patch.row < CELLS / 2, `patch at ${patch.row}`).toBe(y === 0);
      // The patch is 120 of 320 wide; a cell beside it is as near as the map can tell.
      const [left, top] = [(x / 320) * CELLS, (y / 320) * CELLS];
      const width = (120 / 320) * CELLS;
      expect(hottest.column + 0.5).toBeGreaterThan(left - 1);
      expect(hottest.column + 0.5).toBeLessThan(left + width + 1);
      expect(hottest.row + 0.5).toBeGreaterThan(top - 1);
      expect(hottest.row + 0.5).toBeLessThan(top + width + 1);
    }
  });
}

function largest(values: readonly number[]): { row: number; column: number } {
  const index = values.indexOf(Math.max(...values));
  return { row: Math.floor(index / CELLS), column: index % CELLS };
}

/** The cells once they change no more: pictures and maps fade in. */
async function settledCells(page: Page) {
  let last = await cellsOnScreen(page);
  for (;;) {
    const cells = await cellsOnScreen(page);
    if (cells.every(({ light }, i) => Math.abs(light - last[i]!.light) < 0.1)) return cells;
    last = cells;
  }
}

/** Mean and spread of the light in each cell of the square, as it is on the screen. */
async function cellsOnScreen(page: Page): Promise<{ light: number; contrast: number }[]> {
  const box = (await page.locator('.square').boundingBox())!;
  const png = await page.screenshot({
    clip: { x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 },
  });
  return page.evaluate(
    async ({ base64, cells }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const side = 20;
      const canvas = new OffscreenCanvas(cells * side, cells * side);
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      return Array.from({ length: cells * cells }, (_, i) => {
        const [x, y] = [(i % cells) * side, Math.floor(i / cells) * side];
        const { data } = context.getImageData(x, y, side, side);
        const light = Array.from({ length: side * side }, (_, p) => {
          return (data[4 * p]! + data[4 * p + 1]! + data[4 * p + 2]!) / 3;
        });
        const mean = light.reduce((a, b) => a + b, 0) / light.length;
        const squares = light.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        return { light: mean, contrast: squares / light.length };
      });
    },
    { base64: png.toString('base64'), cells: CELLS },
  );
}
