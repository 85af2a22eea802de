import type { Page } from '@playwright/test';
import { addSmallLibrary, expect, seeds, test } from './harness-test.ts';

/** A third kind of picture: coloured squares. */
async function addMosaics(
  page: Page,
  seeds: readonly number[],
  split: 'train' | 'validation' | 'test',
) {
  await page.evaluate(
    async ({ seeds, split }) => {
      for (const seed of seeds) {
        const canvas = harness.drawMosaic(seed);
        const images = await harness.encode.encodePhoto(canvas);
        await harness.photos.addPhoto({ classId: 'mosaic', ...images, source: 'file', split });
      }
    },
    { seeds, split },
  );
}

test('three classes: a softmax learns them, the matrix is 3 x 3, each is answered', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await page.evaluate(() => harness.classes.listClasses());
  await page.evaluate(() =>
    harness.database.write(['classes'], (transaction) =>
      transaction
        .objectStore('classes')
        .put({ id: 'mosaic', name: 'Mosaic', order: 2, palette: 2 }),
    ),
  );
  await addMosaics(page, seeds(1, 8), 'train');
  await addMosaics(page, seeds(21, 3), 'validation');
  await addMosaics(page, seeds(31, 4), 'test');
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  const model = await page.evaluate(() => harness.train({ preset: 'quick', seed: 2 }));
  expect(model.classes.map(({ id }) => id)).toEqual(['cat', 'dog', 'mosaic']);
  expect(model.weights[0]).toMatchObject({ name: 'dense/kernel', shape: [1280, 3] });
  expect(model.test).toMatchObject({
    count: 12,
    correct: 12,
    confusion: [
      [4, 0, 0],
      [0, 4, 0],
      [0, 0, 4],
    ],
    mistakes: [],
  });

  const answers = await page.evaluate(async () => {
    const cat = new OffscreenCanvas(320, 320);
    harness.drawPet(cat, 'cat', 41);
    const dog = new OffscreenCanvas(320, 320);
    harness.drawPet(dog, 'dog', 42);
    const pictures = [cat, dog, harness.drawMosaic(43)];
    const answers: (readonly number[])[] = [];
    for (const picture of pictures) {
      answers.push((await harness.classify(await createImageBitmap(picture))).probabilities);
    }
    return answers;
  });
  answers.forEach((probabilities, truth) => {
    expect(probabilities).toHaveLength(3);
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    expect(probabilities.indexOf(Math.max(...probabilities))).toBe(truth);
  });
});

test('a heat map comes with the answer where it is asked for, and turns with the picture', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  await page.evaluate(() => harness.train({ preset: 'quick' }));
  const { plain, upright, mirrored } = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(480, 480);
    const context = canvas.getContext('2d')!;
    const pet = new OffscreenCanvas(300, 300);
    harness.drawPet(pet, 'dog', 45);
    context.fillRect(0, 0, 480, 480);
    context.drawImage(pet, 0, 120);
    const turned = new OffscreenCanvas(480, 480);
    const turnedContext = turned.getContext('2d')!;
    turnedContext.setTransform(-1, 0, 0, 1, 480, 0);
    turnedContext.drawImage(canvas, 0, 0);
    const ask = async (picture: OffscreenCanvas, heatMap: boolean) =>
      harness.classify(await createImageBitmap(picture), { heatMap });
    return {
      plain: await ask(canvas, false),
      upright: await ask(canvas, true),
      mirrored: await ask(turned, true),
    };
  });
  expect(plain.heatMap).toBeUndefined();
  expect(upright.probabilities).toEqual(plain.probabilities);
  const { width, height, values, classIndex } = upright.heatMap!;
  expect(values).toHaveLength(width * height);
  expect(Math.max(...values)).toBe(1);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(upright.probabilities.indexOf(Math.max(...upright.probabilities))).toBe(classIndex);

  const at = (map: readonly number[], x: number, y: number) => map[y * width + x]!;
  const turned = (turn: (x: number, y: number) => [number, number]) =>
    values.map((_, i) => at(values, ...turn(i % width, Math.floor(i / width))));
  const likeness = (map: readonly number[]) => correlation(mirrored.heatMap!.values, map);
  const acrossLikeness = likeness(turned((x, y) => [width - 1 - x, y]));
  expect(acrossLikeness).toBeGreaterThan(0.5);
  expect(likeness(values)).toBeLessThan(acrossLikeness - 0.2);
  expect(likeness(turned((x, y) => [x, height - 1 - y]))).toBeLessThan(acrossLikeness - 0.2);
});

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((x, y) => x + y, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], y: readonly number[], mx: number, my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0);
  return (
    product(a, b, meanA, meanB) /
    Math.sqrt(product(a, a, meanA, meanA) * product(b, b, meanB, meanB))
  );
}
