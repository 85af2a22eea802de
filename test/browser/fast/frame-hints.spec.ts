import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { FrameHint } from '../../../src/camera/frame-hints.ts';
import { drawnPets, renderJpegs } from '../../fixtures/camera-file.ts';
import { hasSharedPhotos, sharedPhotos } from '../../fixtures/shared-material.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../../long-form.ts';
import { expect, test } from '../harness-test.ts';

/** A picture as a camera with this fault would see it, 480 px square. */
interface Fault {
  readonly name: string;
  /** For a canvas: https://developer.mozilla.org/docs/Web/API/CanvasRenderingContext2D/filter */
  readonly filter?: string;
  /** Its side, as a fraction of the frame's; a plain wall is around it. */
  readonly side?: number;
}

const CLEAR: Fault = { name: 'as it is' };
const DARK: Fault = { name: 'at a quarter of the light', filter: 'brightness(0.25)' };
const BLURRED: Fault = { name: 'blurred, sigma 10 of 480 px', filter: 'blur(10px)' };
const FAR: Fault = { name: 'at a third of the width', side: 0.33 };

/** What each picture is told, one by one. */
async function hintsOf(
  page: Page,
  jpegs: readonly Buffer[],
  { filter = 'none', side = 1 }: Fault,
): Promise<(FrameHint | undefined)[]> {
  const hints: (FrameHint | undefined)[] = [];
  for (const jpeg of jpegs) {
    const hint = await page.evaluate(
      async ({ base64, filter, side }) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes]));
        const short = Math.min(image.width, image.height);
        const [left, top] = [(image.width - short) / 2, (image.height - short) / 2];
        const canvas = new OffscreenCanvas(480, 480);
        const context = canvas.getContext('2d')!;
        context.fillStyle = '#b9a98f';
        context.fillRect(0, 0, 480, 480);
        context.imageSmoothingQuality = 'high';
        context.filter = filter;
        const size = 480 * side;
        const edge = (480 - size) / 2;
        context.drawImage(image, left, top, short, short, edge, edge, size, size);
        const { frameHints, frameQuality } = harness;
        const quality = frameQuality.frameQuality(frameQuality.graySquare(canvas));
        return frameHints.hintOf(quality) ?? null;
      },
      { base64: jpeg.toString('base64'), filter, side },
    );
    hints.push(hint ?? undefined);
  }
  return hints;
}

const fractionOf = <T>(values: readonly T[], value: T) =>
  values.filter((one) => one === value).length / values.length;

test('drawn pets have no hint; dark, blurred and far ones have theirs', async ({ page }) => {
  const seeds = [1, 2, 3, 4, 5, 6];
  const jpegs = await renderJpegs(
    [...drawnPets('cat', seeds), ...drawnPets('dog', seeds)],
    480,
    640,
  );
  expect(fractionOf(await hintsOf(page, jpegs, CLEAR), undefined)).toBe(1);
  expect(fractionOf(await hintsOf(page, jpegs, DARK), 'dark')).toBe(1);
  expect(fractionOf(await hintsOf(page, jpegs, BLURRED), 'blurred')).toBeGreaterThan(0.9);
  expect(fractionOf(await hintsOf(page, jpegs, FAR), 'far')).toBe(1);
});

test('real photos: false alarms are rare, alarms are not missed', async ({ page }, info) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  test.skip(!hasSharedPhotos, 'no shared photos');
  info.setTimeout(240_000);
  const files = [
    ...['train/cat', 'train/dog'].flatMap((folder) => sharedPhotos(folder, 50)),
    ...['test/cat', 'test/dog'].flatMap((folder) => sharedPhotos(folder, 30)),
    ...sharedPhotos('other', 20),
  ];
  const jpegs = await Promise.all(files.map((file) => readFile(file)));
  const rates = new Map<string, number>();
  const measure = async (fault: Fault, right: FrameHint | undefined) => {
    const rate = fractionOf(await hintsOf(page, jpegs, fault), right);
    rates.set(`${fault.name}: ${right ?? 'no hint'}`, rate);
    return rate;
  };
  expect.soft(await measure(CLEAR, undefined)).toBeGreaterThanOrEqual(0.95);
  expect.soft(await measure(DARK, 'dark')).toBeGreaterThanOrEqual(0.95);
  expect.soft(await measure(BLURRED, 'blurred')).toBeGreaterThanOrEqual(0.95);
  expect.soft(await measure(FAR, 'far')).toBeGreaterThanOrEqual(0.95);
  const words = [...rates].map(([name, rate]) => `${name} ${(100 * rate).toFixed(1)} %`).join('; ');
  console.log(`Hints on ${files.length} photos: ${words}`);
});
