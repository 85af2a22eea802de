import { TINY_BASES } from '../../harness/serve-harness.ts';
import { addDrawnPets, addTrainedLibrary, expect, seeds, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

test('photos that just arrived are waited for; a prediction can be called off', async ({
  page,
}) => {
  await addTrainedLibrary(page, TINY_BASES);
  await startEngine(page, TINY_BASES, 'wasm');
  const ids = await addDrawnPets(page, 'cat', seeds(61, 6), 'train');
  const predictions = await page.evaluate(async () => (await harness.predictLibrary()).photoIds);
  for (const id of ids) expect(predictions).toContain(id);
  await addDrawnPets(page, 'cat', seeds(71, 12), 'train');
  const said = await page.evaluate(async () => {
    const stop = new AbortController();
    const prediction = harness.predictLibrary({ signal: stop.signal });
    stop.abort();
    return prediction.then(
      () => 'predicted',
      (thrown: unknown) => {
        const { kind, message } = thrown as { kind: string; message: string };
        return { kind, message };
      },
    );
  });
  expect(said).toEqual({ kind: 'cancelled', message: 'The check of the photos was cancelled.' });
});

test('without a model there is nothing to say', async ({ page }) => {
  await addDrawnPets(page, 'cat', [1]);
  await startEngine(page, TINY_BASES, 'wasm');
  const prediction = page.evaluate(async () => {
    await harness.predictLibrary();
  });
  await expect(prediction).rejects.toThrow('no trained model');
});
