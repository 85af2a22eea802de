import type { Page } from '@playwright/test';
import { addSmallLibrary, expect, seeds, test } from './harness-test.ts';
import type { Classification } from '../../src/records/classification.ts';

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
  const summaries = await page.evaluate(async () => {
    await harness.startEngine('bases/', 'wasm');
    return harness.summaries();
  });
  expect(summaries!.whole).toMatchObject({ total: 2_261_827, trainable: 3_843 });
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

/** A plain sheet, or one with a patch of a mosaic at a place. */
async function addSheets(page: Page, seeds: readonly number[], patched: boolean): Promise<void> {
  await page.evaluate(
    async ({ seeds, patched }) => {
      for (const seed of seeds) {
        const place = patched ? [(seed * 97) % 200, (seed * 53) % 200] : undefined;
        const images = await harness.encode.encodePhoto(harness.drawSheet(seed, place));
        const classId = patched ? 'dog' : 'cat';
        await harness.photos.addPhoto({ classId, ...images, source: 'file', split: 'train' });
      }
    },
    { seeds, patched },
  );
}

test('a heat map comes with the answer where it is asked for, and lies where its reason is', async ({
  page,
}) => {
  await addSheets(page, seeds(1, 12), false);
  await addSheets(page, seeds(1, 12), true);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  await page.evaluate(() => harness.train({ preset: 'quick' }));
  const corners = [
    [0, 0],
    [200, 0],
    [0, 200],
    [200, 200],
  ];
  const answers = await page.evaluate(async (corners) => {
    const answers: Classification[][] = [];
    for (const corner of corners) {
      const sheet = harness.drawSheet(40, corner);
      const plain = await harness.classify(await createImageBitmap(sheet));
      const bitmap = await createImageBitmap(sheet);
      answers.push([plain, await harness.classify(bitmap, { heatMap: true })]);
    }
    return answers;
  }, corners);
  answers.forEach(([plain, asked], corner) => {
    expect(plain!.heatMap).toBeUndefined();
    expect(asked!.probabilities).toEqual(plain!.probabilities);
    const { width, height, values, classIndex } = asked!.heatMap!;
    expect(classIndex).toBe(1);
    expect(asked!.probabilities[1]).toBeGreaterThan(0.5);
    expect(values).toHaveLength(width * height);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    const hottest = values.indexOf(Math.max(...values));
    expect(values[hottest]).toBe(1);
    // The patch is 120 of 320 wide: its hottest cell lies on it, or beside it.
    const cell = [(hottest % width) / (width - 1), Math.floor(hottest / width) / (height - 1)];
    corners[corner]!.forEach((start, axis) => {
      expect(cell[axis]! * 320).toBeGreaterThan(start - 320 / width);
      expect(cell[axis]! * 320).toBeLessThan(start + 120 + 320 / width);
    });
  });
});

test('a picture that follows itself gets the mean over itself and its mirror image in two looks', async ({
  page,
}) => {
  await addSheets(page, seeds(1, 12), false);
  await addSheets(page, seeds(1, 12), true);
  await page.evaluate(() => harness.startEngine('bases/', 'wasm'));
  await page.evaluate(() => harness.train({ preset: 'quick' }));
  const [both, first, second] = await page.evaluate(async () => {
    const answers: Classification[] = [];
    for (const options of [{}, { follows: true }, { follows: true }]) {
      const bitmap = await createImageBitmap(harness.drawSheet(40, [190, 30]));
      answers.push(await harness.classify(bitmap, { ...options, heatMap: true }));
    }
    return answers;
  });
  expect(first!.probabilities[1]).not.toBeCloseTo(both!.probabilities[1]!, 6);
  expect(second!.probabilities[1]).toBeCloseTo(both!.probabilities[1]!, 6);
  // The second look was at the mirror image: its map is turned back.
  const column = ({ heatMap }: Classification) =>
    heatMap!.values.indexOf(Math.max(...heatMap!.values)) % heatMap!.width;
  for (const answer of [first!, second!]) {
    expect(column(answer)).toBeGreaterThanOrEqual(Math.floor(answer.heatMap!.width / 2));
  }
});
