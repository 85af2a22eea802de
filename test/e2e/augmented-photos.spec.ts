import type { Page } from '@playwright/test';
import { drawnPets, renderJpegs } from '../fixtures/camera-file.ts';
import type { PetKind } from '../fixtures/drawn-pets.ts';
import { expect, test, visit } from './phone-test.ts';

test('under the hood, nine augmentations of the newest photo are made when it is opened', async ({
  serve,
  openPhone,
}) => {
  const server = await serve();
  const page = await openPhone();
  await page.goto(`${server.url}#/photos`);
  for (const kind of ['cat', 'dog'] as const) await importPets(page, kind, 8);
  await visit(page, 'train');
  const hood = page.locator('[data-hood]');
  const canvases = page.locator('pp-augmented-photos canvas');
  await expect(hood).toBeVisible();
  await expect(canvases).toHaveCount(0);

  await hood.locator('summary').first().click();
  await expect(canvases).toHaveCount(9);
  // An empty canvas is 300 by 150.
  await expect.poll(() => sizes(page)).toEqual(new Array(9).fill('160 x 160'));
  const pictures = await canvases.evaluateAll((all) =>
    all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()),
  );
  expect(new Set(pictures).size).toBe(9);
  await expect(page.getByRole('img', { name: 'Nine pictures of one photo' })).toBeVisible();

  await hood.locator('summary').first().click();
  await expect(canvases).toHaveCount(0);
});

function sizes(page: Page): Promise<string[]> {
  return page.locator('pp-augmented-photos canvas').evaluateAll((all) =>
    all.map((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      return `${width} x ${height}`;
    }),
  );
}

async function importPets(page: Page, kind: PetKind, count: number): Promise<void> {
  const seeds = Array.from({ length: count }, (_, i) => i + 1);
  const jpegs = await renderJpegs(drawnPets(kind, seeds), 480, 640);
  const files = jpegs.map((buffer, i) => ({
    name: `${kind}-${i}.jpg`,
    mimeType: 'image/jpeg',
    buffer,
  }));
  await page.locator('[data-action="import"]').first().click();
  const choosing = page.waitForEvent('filechooser');
  await page.locator(`[data-import-state] [data-class="${kind}"]`).click();
  await (await choosing).setFiles(files);
  await expect(page.locator(`[data-photo][data-class="${kind}"]`)).toHaveCount(count);
  await page.keyboard.press('Escape');
}
