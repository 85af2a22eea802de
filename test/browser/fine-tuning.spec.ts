import type { Page } from '@playwright/test';
import type { BackendName } from '../../src/records/engine.ts';
import { tinyBase } from '../fixtures/base-tiny.ts';
import { HARNESS_FOLDER } from '../harness/open-harness.ts';
import { addSmallLibrary, expect, test } from './harness-test.ts';
import type { TrainOptions } from '../../src/records/training.ts';

const BASES = 'test-bases/fine-tuning/';

const TRAINING: TrainOptions = {
  preset: 'quick',
  seed: 3,
  // A head that leaves something to learn.
  hyperparameters: { epochs: 5, learningRate: 1e-2, l2: 1e-2, centred: false },
  fineTuning: { epochs: 3, batchSize: 8, learningRate: 1e-3 },
};

function start(page: Page, backend: BackendName, bases = BASES) {
  return page.evaluate(({ bases, backend }) => harness.startEngine(bases, backend), {
    bases,
    backend,
  });
}

/** Probabilities of three drawn pets. */
function answers(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const answers: number[] = [];
    for (const seed of [51, 52, 53]) {
      const canvas = new OffscreenCanvas(320, 320);
      harness.drawPet(canvas, 'cat', seed);
      answers.push(...(await harness.classify(canvas.transferToImageBitmap())).probabilities);
    }
    return answers;
  });
}

test.beforeAll(async () => {
  await tinyBase(`${HARNESS_FOLDER}/${BASES}`);
});

test('the tuned model answers, and the head alone is there to go back to', async ({ page }) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const alone = await page.evaluate(
    (options) => harness.train({ ...options, fineTuning: false }),
    TRAINING,
  );
  const before = await answers(page);
  const tuned = await page.evaluate((options) => harness.train(options), TRAINING);
  const result = tuned.fineTuning!;
  expect(result.kept).toBe(true);
  expect(result.history).toHaveLength(3);
  expect(result.after.validationLoss!).toBeLessThan(result.before.validationLoss!);
  // As many as the weights that it stores, but for what knows the training photos.
  const stored = tuned.weights.filter(({ name }) => name !== 'novelty');
  expect(stored.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(
    result.trainableParameters,
  );
  const after = await answers(page);
  expect(after).not.toEqual(before);
  expect(await page.evaluate(() => harness.status().model!.id)).toBe(tuned.id);

  // Frozen means frozen: the same head on the same base, after all of that, gives the same answers.
  const head = await page.evaluate((id) => harness.models.getModel(id), result.headModelId);
  expect(head!.sha256).toBe(alone.sha256);
  await page.evaluate((id) => harness.models.useModel(id), result.headModelId);
  await expect.poll(() => page.evaluate(() => harness.status().model!.id)).toBe(result.headModelId);
  expect(await answers(page)).toEqual(before);

  // And the tuned one is what it was after a restart.
  await page.evaluate((id) => harness.models.useModel(id), tuned.id);
  await start(page, 'wasm');
  expect(await answers(page)).toEqual(after);
});

test('what does not get better is not kept', async ({ page }) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const model = await page.evaluate(
    (options) =>
      harness.train({ ...options, fineTuning: { epochs: 2, learningRate: 30, alpha: 1 } }),
    TRAINING,
  );
  expect(model.fineTuning).toMatchObject({ kept: false, headModelId: model.id });
  // The model that answers is the one before, and its record says what came of it.
  await expect
    .poll(() => page.evaluate(() => harness.status().model!.fineTuning))
    .toEqual(model.fineTuning);
  expect(await page.evaluate(async () => (await harness.models.listModels()).length)).toBe(1);
  expect(await page.evaluate(() => harness.status().model!.id)).toBe(model.id);
});

test('a fine-tuning that goes divergedAtEpoch leaves the head', async ({ page }) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const model = await page.evaluate(
    (options) => harness.train({ ...options, fineTuning: { learningRate: 1e38 } }),
    TRAINING,
  );
  expect(model.fineTuning).toMatchObject({ kept: false, divergedAtEpoch: 2, headModelId: model.id });
  const models = await page.evaluate(() => harness.models.listModels());
  expect(models).toHaveLength(1);
  expect(await page.evaluate(() => harness.status().unfinished)).toBeUndefined();
  expect((await answers(page)).every(Number.isFinite)).toBe(true);
});

test('a layer that is not there is refused before anything has learned', async ({ page }) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const [before, refused, after] = await page.evaluate(async (options) => {
    const before = await harness.memory();
    const refused = await harness
      .train({ ...options, fineTuning: { fromLayer: 'block_99_expand' } })
      .catch((thrown: unknown) => ({ kind: (thrown as { kind: string }).kind }));
    return [before, refused, await harness.memory()] as const;
  }, TRAINING);
  expect(refused).toEqual({ kind: 'options' });
  expect(after).toEqual(before);
  expect(await page.evaluate(() => harness.models.listModels())).toEqual([]);
});

test('nothing is left behind: no tensor, no boundary activation, no old features', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const train = () => page.evaluate((options) => harness.train(options), TRAINING);
  const settled = async (modelId: string) => {
    // The new model's own features are computed behind the scenes.
    await expect.poll(() => sthroughputs(page, modelId)).toEqual({ base: 60, own: 60, others: 0 });
    return page.evaluate(() => harness.memory());
  };
  const before = await settled((await train()).id);
  expect(await settled((await train()).id)).toEqual(before);
});

test('the augmentations of a training are forgotten with it; so is, at the start, a tuned model’s space', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const model = await page.evaluate(
    (options) => harness.train({ ...options, preset: 'tutorial', fineTuning: false }),
    TRAINING,
  );
  await expect.poll(() => sthroughputs(page, model.id)).toEqual({ base: 60, own: 0, others: 0 });
  // As a worker leaves it that was ended while it changed models.
  await page.evaluate(async (photoId) => {
    await harness.database.write(['features'], async (transaction) => {
      const features = transaction.objectStore('features');
      const [row] = await features.index('byPhoto').getAll(photoId);
      await features.put({ ...row!, featureSpaceId: `${row!.featureSpaceId}+gone` });
    });
  }, model.photoIds.train[0]!);
  expect(await sthroughputs(page, model.id)).toMatchObject({ others: 1 });
  await start(page, 'wasm');
  await expect.poll(() => sthroughputs(page, model.id)).toEqual({ base: 60, own: 0, others: 0 });
});

/** Rows of stored features: of the base, of a fine-tuned model, and of anything else. */
function sthroughputs(page: Page, modelId: string) {
  return page.evaluate(async (modelId) => {
    const keys = await harness.database.read(['features'], (transaction) =>
      transaction.objectStore('features').getAllKeys(),
    );
    const names = keys.map(([space]) => space);
    const own = names.filter((name) => name.endsWith(`+${modelId}`)).length;
    const base = names.filter((name) => !/[+#]/.test(name)).length;
    return { base, own, others: names.length - own - base };
  }, modelId);
}

test('after a fine-tuning, photos that arrive are learned on its own features', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const tuned = await page.evaluate((options) => harness.train(options), TRAINING);
  await expect.poll(() => sthroughputs(page, tuned.id)).toMatchObject({ own: 60 });
  const id = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 320);
    harness.drawPet(canvas, 'dog', 99);
    const images = await harness.encode.encodePhoto(canvas);
    return (await harness.photos.addPhoto({ classId: 'dog', ...images, source: 'live' })).photo.id;
  });
  await expect
    .poll(() => page.evaluate(() => harness.status().model!.photoIds.train))
    .toContain(id);
  const draft = await page.evaluate(() => harness.status().model!);
  expect(draft.base.featureSpaceId).toContain(`+${tuned.id}`);
  expect((await answers(page)).every(Number.isFinite)).toBe(true);
});

test('the tutorial counts 1,862,721 parameters that learn from layer 100', async ({ page }) => {
  test.setTimeout(180_000);
  await addSmallLibrary(page);
  await page.evaluate(() => harness.settings.saveSettings({ inputSize: 160 }));
  await start(page, 'wasm', 'bases/');
  const model = await page.evaluate(() =>
    harness.train({ preset: 'tutorial', fineTuning: { epochs: 2 } }),
  );
  expect(model.hyperparameters).toMatchObject({
    epochs: 10,
    batchSize: 32,
    learningRate: 1e-4,
    dropout: 0.2,
    fineTuning: {
      fromLayer: 'block_11_expand_relu',
      batchSize: 32,
      learningRate: 1e-5,
      share: 1,
    },
  });
  expect(model.fineTuning!.trainableParameters).toBe(1_862_721);
});

test.describe('with WebGPU on a software adapter', () => {
  test.use({ webgpu: true });

  for (const backend of ['webgpu', 'webgl'] as const) {
    test(`both stages learn on ${backend} as on wasm`, async ({ page }) => {
      test.setTimeout(240_000);
      await addSmallLibrary(page);
      const train = async (backend: BackendName) => {
        await start(page, backend);
        const model = await page.evaluate((options) => harness.train(options), TRAINING);
        expect(model.backend).toBe(backend);
        return {
          head: model.history,
          tuned: model.fineTuning!.history,
          answers: await answers(page),
        };
      };
      const wasm = await train('wasm');
      const other = await train(backend);
      for (const stage of ['head', 'tuned'] as const) {
        other[stage].forEach(({ loss, validationLoss }, epoch) => {
          expect(loss).toBeCloseTo(wasm[stage][epoch]!.loss, 3);
          expect(validationLoss).toBeCloseTo(wasm[stage][epoch]!.validationLoss!, 3);
        });
      }
      other.answers.forEach((probability, i) => {
        expect(probability).toBeCloseTo(wasm.answers[i]!, 2);
      });
    });
  }
});
