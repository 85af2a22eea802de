import { classifyPet } from '../classify-drawn.ts';
import { addTinted, furtherBase } from '../further-library.ts';
import { expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

test.use({ webgpu: true });

test('further features on the GPU: the self-test, stored rows and answers agree with wasm', async ({
  page,
  served,
}) => {
  const bases = await furtherBase(served);
  await addTinted(page);
  const rows = () =>
    page.evaluate(() =>
      harness.database.read(['features'], async (transaction) => {
        const all = await transaction.objectStore('features').getAll();
        return all
          .filter(({ variant }) => variant.startsWith('further '))
          .map(({ values }) => [...new Float32Array(values)]);
      }),
    );
  // Its self-test compares with the golden further features.
  await startEngine(page, bases, 'webgpu');
  const model = await page.evaluate(() => harness.train({ preset: 'quick' }));
  expect(model.further).toMatchObject({ length: 4 });
  const onGpu = await classifyPet(page, 'dog', 4);
  const rowsOfGpu = await rows();
  expect(rowsOfGpu).toHaveLength(88);
  await page.evaluate(async () => {
    harness.stopEngine();
    await harness.database.write(['features'], (transaction) =>
      transaction.objectStore('features').clear(),
    );
  });

  await startEngine(page, bases, 'wasm');
  const onWasm = await classifyPet(page, 'dog', 4);
  expect(onWasm.modelId).toBe(model.id);
  onGpu.probabilities.forEach((p, i) => expect(p).toBeCloseTo(onWasm.probabilities[i]!, 4));
  await expect.poll(async () => (await rows()).length).toBe(88);
  const rowsOfWasm = await rows();
  rowsOfGpu.forEach((row, at) =>
    row.forEach((value, i) => expect(value).toBeCloseTo(rowsOfWasm[at]![i]!, 3)),
  );
});
