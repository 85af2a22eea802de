import type { Page } from '@playwright/test';
import { expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

/** Draws a cat of 400 px on a wide wall, and asks the engine, with the real base, where it is. */
function findCat(page: Page, x: number) {
  return page.evaluate(async (x) => {
    const pet = new OffscreenCanvas(400, 400);
    harness.drawPet(pet, 'cat', 1);
    const wide = new OffscreenCanvas(1000, 480);
    const context = wide.getContext('2d')!;
    context.fillStyle = '#b9c4b0';
    context.fillRect(0, 0, 1000, 480);
    context.drawImage(pet, x, 60);
    return harness.findBoxes(await createImageBitmap(wide));
  }, x);
}

test('the engine finds what the classes are in a wide picture, and leaves no tensor behind', async ({
  page,
}) => {
  await startEngine(page, 'bases/', 'wasm');
  for (const x of [20, 300, 580]) {
    const [box] = (await findCat(page, x))!;
    expect(box!.score).toBeGreaterThan(0.3);
    const centre = 1000 * (box!.x + box!.width / 2);
    expect(centre).toBeGreaterThan(x + 80);
    expect(centre).toBeLessThan(x + 320);
    expect(480 * box!.height).toBeGreaterThan(200);
  }
  const before = await page.evaluate(() => harness.memory());
  await findCat(page, 580);
  expect(await page.evaluate(() => harness.memory())).toEqual(before);

  // Names that no base knows: any animal is looked for.
  await page.evaluate(async () => {
    await harness.classes.renameClass('cat', 'Luna');
    await harness.classes.renameClass('dog', 'Rex');
  });
  expect((await findCat(page, 20))!.length).toBeGreaterThan(0);
  // The person said that they are nothing that it knows; the engine hears of it a moment later.
  await page.evaluate(async () => {
    await harness.classes.setKnownClass('cat', null);
    await harness.classes.setKnownClass('dog', null);
  });
  await expect.poll(() => findCat(page, 20)).toBeUndefined();
});

test('an answer has boxes of the same pass, also of the mirrored frame', async ({ page }) => {
  await startEngine(page, 'bases/', 'wasm');
  const answers = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(480, 480);
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#b9c4b0';
    context.fillRect(0, 0, 480, 480);
    const pet = new OffscreenCanvas(300, 300);
    harness.drawPet(pet, 'cat', 1);
    context.drawImage(pet, 10, 120);
    const ask = async (options: { boxes?: boolean; follows?: boolean }) =>
      harness.classify(await createImageBitmap(canvas), options);
    return {
      plain: await ask({ boxes: true }),
      // The first is of the picture, the second of its mirror image.
      frames: [
        await ask({ boxes: true, follows: true }),
        await ask({ boxes: true, follows: true }),
      ],
      without: await ask({}),
    };
  });
  expect(answers.without.boxes).toBeUndefined();
  const all = [answers.plain, ...answers.frames];
  for (const { boxes } of all) {
    const centre = boxes![0]!.x + boxes![0]!.width / 2;
    expect(centre).toBeGreaterThan(0.15);
    expect(centre).toBeLessThan(0.55);
  }
  expect(answers.plain.probabilities).toEqual(answers.without.probabilities);
});
