import type { Page } from '@playwright/test';
import { addTrainedLibrary, expect, test } from '../harness-test.ts';
import { answer, openLive, PHONE, showPet, tool } from '../live-page.ts';

test.use({ viewport: PHONE });

/** A PNG of a drawn pet for the page, as a file that comes from outside. */
async function askAboutPet(page: Page, kind: 'cat' | 'dog', seed: number): Promise<void> {
  await page.evaluate(
    async ({ kind, seed }) => {
      const canvas = new OffscreenCanvas(320, 320);
      harness.drawPet(canvas, kind, seed);
      (await harness.liveStage()).askAbout(await canvas.convertToBlob());
    },
    { kind, seed },
  );
}

const photos = (page: Page) => page.evaluate(() => harness.photos.listPhotos());
const saidNotices = (page: Page) =>
  page.evaluate(async () => [...(await harness.liveStage()).notices]);

/** How probable the model says that Cat is, 0 to 1, before the page smooths it. */
async function catProbability(page: Page): Promise<number> {
  return page.evaluate(async () => (await harness.liveStage()).latestAnswer()!.probabilities[0]!);
}

test('a correction is learned from, and the answer changes', async ({ page }) => {
  await addTrainedLibrary(page);
  await showPet(page, 'dog', 1);
  await openLive(page);
  await expect(answer(page)).toHaveAttribute('data-answer', 'dog');
  const before = await catProbability(page);
  await page.evaluate(async () => (await harness.liveStage()).correct('cat'));
  // As like as it is to a photo that is learned from, so is this one.
  const [newest] = await photos(page);
  expect(newest).toMatchObject({ classId: 'cat', source: 'live', split: 'train' });
  // One photo against all others and against what the base knows does not turn the answer over.
  expect(await catProbability(page)).toBeGreaterThan(2 * before);
});

test('a frozen frame keeps its picture and answer, and can be corrected', async ({ page }) => {
  await addTrainedLibrary(page);
  await showPet(page, 'dog', 3);
  await openLive(page);
  await expect(answer(page)).toHaveAttribute('data-answer', 'dog');
  await tool(page, 'heat-map').click();
  await tool(page, 'freeze').click();
  await expect(page.locator('[data-still="frozen"]')).toBeVisible();
  await showPet(page, 'cat', 4);
  await page.evaluate(async () => (await harness.liveStage()).moreFrames(30));
  await expect(answer(page)).toHaveAttribute('data-answer', 'dog');
  await expect(page.locator('.over-square')).toHaveText('What speaks for “Dog”');
  const frozen = await pictureOn(page, 'canvas.still');

  const before = (await photos(page)).length;
  await page.locator('[data-correct="cat"]').click();
  await expect.poll(async () => (await photos(page)).length).toBe(before + 1);
  // What was kept is what is frozen, not what the camera shows meanwhile.
  const kept = await page.evaluate(
    async (id) => {
      const { bytes, type } = (await harness.photos.getImage(id))!;
      const bitmap = await createImageBitmap(new Blob([bytes], { type }));
      const canvas = new OffscreenCanvas(8, 8);
      canvas.getContext('2d')!.drawImage(bitmap, 0, 0, 8, 8);
      return [...canvas.getContext('2d')!.getImageData(0, 0, 8, 8).data];
    },
    (await photos(page))[0]!.id,
  );
  expect(meanDifference(kept, frozen)).toBeLessThan(6);
  // The same picture once more, under the other label: it moves.
  await page.locator('[data-correct="dog"]').click();
  await expect.poll(async () => (await photos(page))[0]!.classId).toBe('dog');
  expect(await photos(page)).toHaveLength(before + 1);

  await tool(page, 'camera').click();
  await expect(answer(page)).toHaveAttribute('data-answer', 'cat');
});

/** The centre square of what a canvas of the viewfinder shows, 8 by 8. */
function pictureOn(page: Page, selector: string): Promise<number[]> {
  return page.locator(selector).evaluate((canvas: HTMLCanvasElement) => {
    const small = new OffscreenCanvas(8, 8);
    const { width, height } = canvas;
    const side = Math.min(width, height);
    const context = small.getContext('2d')!;
    context.drawImage(canvas, (width - side) / 2, (height - side) / 2, side, side, 0, 0, 8, 8);
    return [...context.getImageData(0, 0, 8, 8).data];
  });
}

function meanDifference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

test('a photo is asked about in the place of the camera, and only kept when it is told', async ({
  page,
}) => {
  await addTrainedLibrary(page);
  await showPet(page, 'dog', 3);
  await openLive(page);
  const before = (await photos(page)).length;
  await expect(answer(page)).toHaveAttribute('data-answer', 'dog');
  await askAboutPet(page, 'cat', 5);
  await expect(page.locator('[data-still="photo"]')).toHaveText('Your photo');
  await expect(answer(page)).toHaveAttribute('data-answer', 'cat');

  // No picture: that is said, and the photo before it stays.
  await page.evaluate(async () =>
    (await harness.liveStage()).askAbout(new Blob(['no picture at all'])),
  );
  await expect.poll(() => saidNotices(page)).toContainEqual(expect.stringContaining('Not a JPEG'));
  await expect(answer(page)).toHaveAttribute('data-answer', 'cat');

  // Dropped, and pasted.
  for (const [kind, name] of [
    ['dog', 'drop'],
    ['cat', 'paste'],
  ] as const) {
    await page.evaluate(
      async ({ kind, name }) => {
        const canvas = new OffscreenCanvas(320, 320);
        harness.drawPet(canvas, kind, 6);
        // Not the very picture that is in the library.
        canvas.getContext('2d')!.fillRect(0, 0, 12, 12);
        const files = new DataTransfer();
        files.items.add(new File([await canvas.convertToBlob()], 'pet.png'));
        window.dispatchEvent(
          name === 'drop'
            ? new DragEvent('drop', { dataTransfer: files })
            : new ClipboardEvent('paste', { clipboardData: files }),
        );
      },
      { kind, name },
    );
    await expect(answer(page)).toHaveAttribute('data-answer', kind);
  }
  expect(await photos(page)).toHaveLength(before);

  await page.locator('[data-correct="cat"]').click();
  await expect.poll(async () => (await photos(page)).length).toBe(before + 1);
  await tool(page, 'camera').click();
  await expect(page.locator('[data-still]')).toBeHidden();
  await expect(answer(page)).toHaveAttribute('data-answer', 'dog');
});
