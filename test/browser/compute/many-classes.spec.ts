import type { Page } from '@playwright/test';
import { addTrainedLibrary, expect, seeds, test } from '../harness-test.ts';

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
  await addTrainedLibrary(page);
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
