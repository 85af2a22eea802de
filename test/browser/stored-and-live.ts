import { expect, type Page } from '@playwright/test';
import { classifyPet } from './classify-drawn.ts';
import { startEngine } from './start-engine.ts';

/**
 * Of each test photo the probability that the model stored and that of Live, and the rounded
 * probability of its first class in the whole library and in Live.
 *
 * @param options of the classification; a heat map that is asked for must come
 */
export function storedAndLive(
  page: Page,
  options: { readonly heatMap?: boolean } = {},
): Promise<[number, number][]> {
  return page.evaluate(async (options) => {
    const { photoIds, probabilities } = await harness.predictLibrary();
    const photos = await harness.photos.listPhotos();
    const both: [number, number][] = [];
    for (const photo of photos.filter(({ split }) => split === 'test')) {
      const row = photoIds.indexOf(photo.id);
      const { bytes, type } = (await harness.photos.getImage(photo.id))!;
      const bitmap = await createImageBitmap(new Blob([bytes], { type }));
      const answer = await harness.classify(bitmap, options);
      if (options.heatMap && !answer.heatMap) throw new Error('No heat map');
      const stored = harness.status().model!.test!.outcomes!.find((o) => o.photoId === photo.id)!;
      both.push([stored.probability, answer.probabilities[stored.answer]!]);
      both.push([Math.round(probabilities[2 * row]!), Math.round(answer.probabilities[0]!)]);
    }
    return both;
  }, options);
}

/** The same model answers the same after a restart of the engine, from its stored weights alone. */
export async function expectSameAfterRestart(
  page: Page,
  bases: string,
  modelId: string,
): Promise<void> {
  const { probabilities, novelty } = await classifyPet(page, 'dog', 2);
  await page.evaluate(() => harness.stopEngine());
  await startEngine(page, bases, 'wasm');
  expect(await classifyPet(page, 'dog', 2)).toMatchObject({ modelId, probabilities, novelty });
}
