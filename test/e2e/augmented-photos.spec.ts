import type { Page } from '@playwright/test';
import { expect, test } from './phone-test.ts';

test('under the hood, nine augmentations of the newest photo are made when it is opened', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/train`);
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
