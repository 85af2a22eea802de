import { TINY_BASES } from '../../harness/serve-harness.ts';
import { featuresAreThere, recordedModels, recordModels } from '../background-models.ts';
import { classifyPet } from '../classify-drawn.ts';
import { addDrawnPets, addTrainedLibrary, expect, seeds, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

test('an earlier model answers as it is, without its photos, whatever is photographed since', async ({
  page,
}) => {
  const first = await addTrainedLibrary(page, TINY_BASES);
  await startEngine(page, TINY_BASES, 'wasm');
  const { probabilities } = await classifyPet(page, 'cat', 1);
  expect(first.base.name).toBe('Tiny test base');
  expect(first.test!.outcomes!.map(({ photoId }) => photoId).sort()).toEqual(
    [...first.photoIds.test].sort(),
  );
  await addDrawnPets(page, 'cat', seeds(51, 2), 'train');
  const second = await page.evaluate(() => harness.train({ preset: 'quick' }));
  const use = (id: string) => page.evaluate((id) => harness.models.useModel(id), id);
  /** While `first` is in use photos come and go; then `second` is. Which models have answered? */
  const answering = async (changes: () => Promise<unknown>, photos: number) => {
    await recordModels(page);
    await changes();
    await featuresAreThere(page, photos);
    await addDrawnPets(page, 'dog', [60 + photos], 'train');
    await featuresAreThere(page, photos + 1);
    expect(await classifyPet(page, 'cat', 1)).toMatchObject({ modelId: first.id, probabilities });
    await use(second.id);
    await expect.poll(() => page.evaluate(() => harness.status().model?.id)).toBe(second.id);
    // The newest goes on learning.
    const [late] = await addDrawnPets(page, 'dog', [70 + photos], 'train');
    await expect
      .poll(() => page.evaluate(() => harness.status().model?.photoIds.train))
      .toContain(late);
    return (await recordedModels(page)).map(({ id }) => id);
  };
  const expectNoneBetween = (ids: readonly string[]) => {
    const others = ids.slice(0, ids.indexOf(second.id)).filter((id) => id !== first.id);
    expect(ids).toContain(second.id);
    expect(others).toEqual([]);
  };

  await use(first.id);
  await expect.poll(() => page.evaluate(() => harness.status().model?.id)).toBe(first.id);
  // Its photos go, others come: the background has nothing to say to a choice.
  const ids = await answering(async () => {
    await page.evaluate(
      (ids) => harness.photos.deletePhotos(ids),
      first.photoIds.train.slice(0, 4),
    );
    await addDrawnPets(page, 'dog', seeds(51, 2), 'train');
  }, 30);
  expectNoneBetween(ids);

  // Nor after a start.
  await use(first.id);
  await startEngine(page, TINY_BASES, 'wasm');
  expectNoneBetween(await answering(() => addDrawnPets(page, 'dog', [53], 'train'), 33));
});
