import { expect, type Page } from '@playwright/test';
import { TINY_PAGE } from '../harness/serve-harness.ts';

/** The size of a phone's screen. */
export const PHONE = { width: 390, height: 844 };

export const answer = (page: Page) => page.locator('[data-answer]');
export const tool = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);

/** A drawn pet before the camera. */
export async function showPet(page: Page, kind: 'cat' | 'dog', seed: number): Promise<void> {
  await page.evaluate(
    async ({ kind, seed }) => {
      const canvas = new OffscreenCanvas(320, 320);
      harness.drawPet(canvas, kind, seed);
      (await harness.liveStage()).show(canvas);
    },
    { kind, seed },
  );
}

/** Opens the Live page, and waits for its first answer. */
export async function openLive(
  page: Page,
  facing: 'environment' | 'user' = 'environment',
): Promise<void> {
  await page.evaluate(async (facing) => (await harness.liveStage()).open(facing), facing);
  await expect(answer(page)).toBeVisible({ timeout: 60_000 });
}

/** Lets the Live page find the tiny base; to be called before all else of the page. */
export async function useTinyBase(page: Page): Promise<void> {
  await page.evaluate(async (address) => {
    await harness.liveStage(address);
  }, TINY_PAGE);
}
