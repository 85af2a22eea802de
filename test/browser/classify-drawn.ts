import type { Page } from '@playwright/test';
import type { Classification } from '../../src/records/classification.ts';

/** Classifies one drawn pet, in the shape of a camera's picture. */
export function classifyPet(
  page: Page,
  kind: 'cat' | 'dog',
  seed: number,
): Promise<Classification> {
  return page.evaluate(
    ({ kind, seed }) => {
      const canvas = new OffscreenCanvas(480, 640);
      harness.drawPet(canvas, kind, seed);
      return harness.classify(canvas.transferToImageBitmap());
    },
    { kind, seed },
  );
}

/** The id of the most probable class of a drawn pet. */
export async function classifyDrawn(
  page: Page,
  kind: 'cat' | 'dog',
  seed: number,
): Promise<string> {
  const { probabilities } = await classifyPet(page, kind, seed);
  const classes = await page.evaluate(() => harness.status().model!.classes);
  return classes[probabilities.indexOf(Math.max(...probabilities))]!.id;
}
