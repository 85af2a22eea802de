import { TINY_BASES } from '../../harness/serve-harness.ts';
import { featuresAreThere } from '../background-models.ts';
import { classifyPet } from '../classify-drawn.ts';
import {
  addDrawnPets,
  addSmallLibrary,
  addTrainedLibrary,
  expect,
  seeds,
  test,
} from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

test('the same seed gives the same weights, bit for bit', async ({ page }) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const train = (seed: number) =>
    page.evaluate(async (seed) => (await harness.train({ preset: 'quick', seed })).sha256, seed);
  const first = await train(1);
  expect(await train(1)).toBe(first);
  expect(await train(2)).not.toBe(first);
});

test('training and classifying leave no tensor behind', async ({ page }) => {
  await addTrainedLibrary(page, TINY_BASES);
  await startEngine(page, TINY_BASES, 'wasm');
  const before = await page.evaluate(() => harness.memory());
  for (let i = 0; i < 2; i++) await page.evaluate(() => harness.train({ preset: 'quick' }));
  await page.evaluate(() => harness.train({ preset: 'tutorial', fineTuning: false }));
  for (let i = 0; i < 5; i++) await classifyPet(page, 'cat', i);
  expect(await page.evaluate(() => harness.memory())).toEqual(before);
});

test('a cancelled training leaves the model before it', async ({ page }) => {
  const model = await addTrainedLibrary(page, TINY_BASES);
  await startEngine(page, TINY_BASES, 'wasm');
  const answer = await classifyPet(page, 'dog', 1);
  const before = await page.evaluate(() => harness.memory());
  const outcome = await page.evaluate(async () => {
    const controller = new AbortController();
    let epochs = 0;
    const kind = await harness
      .train(
        { preset: 'quick' },
        {
          signal: controller.signal,
          onProgress: ({ epoch }) => {
            epochs = epoch;
            if (epoch >= 2) controller.abort();
          },
        },
      )
      .then(() => 'finished')
      .catch((thrown: unknown) => (thrown as { kind: string }).kind);
    return { kind, epochs, models: (await harness.models.listModels()).length };
  });
  expect(outcome).toMatchObject({ kind: 'cancelled', models: 1 });
  expect(outcome.epochs).toBeLessThan(model.hyperparameters.epochs);
  expect(await page.evaluate(() => harness.memory())).toEqual(before);
  const { probabilities, modelId } = answer;
  expect(await classifyPet(page, 'dog', 1)).toMatchObject({ probabilities, modelId });
});

test('with photos of one class alone nothing is trained', async ({ page }) => {
  await addDrawnPets(page, 'cat', seeds(1, 5), 'train');
  await startEngine(page, TINY_BASES, 'wasm');
  const training = page.evaluate(() => harness.train({ preset: 'quick' }));
  await expect(training).rejects.toThrow('photos of two classes at least');
  expect(await page.evaluate(() => harness.models.listModels())).toEqual([]);
});

test('a class without photos is left out; a burst of each of the others is enough, untested', async ({
  page,
}) => {
  await page.evaluate(() => harness.classes.addClass('Rabbit'));
  await addDrawnPets(page, 'cat', seeds(1, 5), 'test');
  await addDrawnPets(page, 'dog', seeds(1, 5), 'validation');
  await page.evaluate(() =>
    harness.database.write(['photos'], async (transaction) => {
      const photos = transaction.objectStore('photos');
      for (const photo of await photos.getAll()) {
        const burstId = (photo.classId === 'cat' ? 'c' : 'd').repeat(64);
        await photos.put({ ...photo, burstId });
      }
    }),
  );
  await startEngine(page, TINY_BASES, 'wasm');
  await featuresAreThere(page, 10);
  // In the background too.
  await expect
    .poll(() => page.evaluate(() => harness.status().model?.classes.map(({ id }) => id)))
    .toEqual(['cat', 'dog']);
  const model = await page.evaluate(() => harness.train({ preset: 'quick' }));
  expect(model.classes.map(({ id }) => id)).toEqual(['cat', 'dog']);
  expect(model.photoIds.train).toHaveLength(10);
  expect(model.test).toBeUndefined();
  expect(model.history.at(-1)!.validationLoss).toBeUndefined();
  expect(model.temperature).toBe(model.hyperparameters.priorTemperature);
  const answer = await classifyPet(page, 'cat', 1);
  expect(answer.probabilities).toHaveLength(2);
  expect(answer.novelty).toBeGreaterThan(0);
  const predicted = await page.evaluate(async () => (await harness.predictLibrary()).photoIds);
  expect(predicted).toHaveLength(10);
});

test('nothing of one picture shows through the next', async ({ page }) => {
  await addTrainedLibrary(page, TINY_BASES);
  await startEngine(page, TINY_BASES, 'wasm');
  const [pet, transparent, ground] = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 320);
    const ask = async () =>
      (await harness.classify(await createImageBitmap(canvas))).probabilities.join();
    harness.drawPet(canvas, 'cat', 41);
    const pet = await ask();
    const context = canvas.getContext('2d')!;
    context.reset();
    const transparent = await ask();
    // What lies under transparent parts.
    context.fillStyle = '#e6e6e6';
    context.fillRect(0, 0, 320, 320);
    return [pet, transparent, await ask()];
  });
  expect(transparent).toBe(ground);
  expect(transparent).not.toBe(pet);
});

test('a worse model is stored and does not take over, until the person uses it', async ({
  page,
}) => {
  const first = await addTrainedLibrary(page, TINY_BASES);
  // As it is with a real base: almost everything is right.
  await page.evaluate(async (id) => {
    await harness.database.write(['models'], async (transaction) => {
      const models = transaction.objectStore('models');
      const model = (await models.get(id))!;
      const history = model.history.map((epoch) => ({ ...epoch, validationLoss: 0.01 }));
      await models.put({ ...model, history });
    });
  }, first.id);
  await startEngine(page, TINY_BASES, 'wasm');
  // A head that does not move is random.
  const second = await page.evaluate(() =>
    harness.train({
      preset: 'tutorial',
      fineTuning: false,
      seed: 1,
      hyperparameters: { epochs: 1, learningRate: 1e-9 },
    }),
  );
  expect(second.objection).toEqual({ kind: 'guesses' });
  const answering = () => page.evaluate(() => harness.status().model?.id);
  const active = () => page.evaluate(async () => (await harness.models.activeModel())?.id);
  expect(await answering()).toBe(first.id);
  expect(await active()).toBe(first.id);
  expect(await page.evaluate(() => harness.models.listModels())).toHaveLength(2);

  await page.evaluate((id) => harness.models.useModel(id), second.id);
  await expect.poll(answering).toBe(second.id);
  expect(await active()).toBe(second.id);
  const used = await page.evaluate((id) => harness.models.getModel(id), second.id);
  expect(used).not.toHaveProperty('objection');
});

test('a damaged model is announced and not used', async ({ page }) => {
  const model = await addTrainedLibrary(page, TINY_BASES);
  await page.evaluate(async (id) => {
    await harness.database.write(['modelWeights'], async (transaction) => {
      const weights = transaction.objectStore('modelWeights');
      const row = (await weights.get(id))!;
      new Uint8Array(row.bytes)[7]! ^= 64;
      await weights.put(row);
    });
  }, model.id);
  await startEngine(page, TINY_BASES, 'wasm');
  const status = await page.evaluate(() => harness.status());
  expect(status.model).toBeUndefined();
  expect(status.modelProblem).toMatchObject({ kind: 'damaged' });
  await expect(classifyPet(page, 'cat', 1)).rejects.toThrow('damaged and is not used');

  // The photos are all there: a new training puts it right.
  const { id } = await page.evaluate(() => harness.train({ preset: 'quick' }));
  expect((await classifyPet(page, 'cat', 1)).modelId).toBe(id);
});
