import type { Page } from '@playwright/test';
import type { BackendName } from '../../src/records/engine.ts';
import { tinyBase } from '../fixtures/base-tiny.ts';
import { HARNESS_FOLDER } from '../harness/open-harness.ts';
import { addSmallLibrary, expect, test } from '../browser/harness-test.ts';
import { longForm } from './fault-test.ts';
import { harm, reachDevices, type Harm } from './reach-device.ts';
import type { ClassifyOptions } from '../../src/records/classification.ts';
import type { TrainOptions } from '../../src/records/training.ts';

/** What computes is lost, or computes what is not so; see browser/compute/lost-gpu.spec.ts for a crashed GPU process. */

const BASES = 'test-bases/lost-device/';

const TRAINING: TrainOptions = {
  preset: 'quick',
  seed: 7,
  hyperparameters: { epochs: 6, learningRate: 1e-3 },
  fineTuning: { epochs: 1, batchSize: 16, learningRate: 1e-4 },
};

test.beforeAll(async () => {
  await tinyBase(`${HARNESS_FOLDER}/${BASES}`, { blocks: 1 });
});

function start(page: Page, backend: BackendName) {
  return page.evaluate(({ BASES, backend }) => harness.startEngine(BASES, backend), {
    BASES,
    backend,
  });
}

/** Trains, and does harm after some epochs; what comes of it must be the same with and without. */
async function train(page: Page, harms: Readonly<Record<number, Harm>> = {}) {
  const left = new Map(Object.entries(harms));
  const epochs = await page.evaluate(
    async ({ options, at }) => {
      const { doHarm } = globalThis as unknown as { doHarm: (epoch: number) => Promise<void> };
      const met = new Set<number>();
      const { id } = await harness.train(options, {
        onProgress: ({ epoch }) => {
          if (!at.includes(epoch) || met.has(epoch)) return;
          met.add(epoch);
          void doHarm(epoch);
        },
      });
      const model = (await harness.models.getModel(id))!;
      const head = (await harness.models.getModel(model.fineTuning!.headModelId))!;
      return { met: [...met], weights: [head.sha256, model.sha256], history: head.history };
    },
    { options: TRAINING, at: [...left.keys()].map(Number) },
  );
  const { met, ...outcome } = epochs;
  expect(met).toEqual([...left.keys()].map(Number));
  return outcome;
}

async function letHarm(page: Page, harms: Readonly<Record<number, Harm>>): Promise<void> {
  await page.exposeFunction('doHarm', (epoch: number) => harm(page, harms[epoch]!));
}

/** What the model says of a drawn pet. */
function answer(page: Page, options: ClassifyOptions = {}) {
  return page.evaluate(async (options) => {
    const canvas = new OffscreenCanvas(64, 64);
    harness.drawPet(canvas, 'dog', 77);
    return harness.classify(canvas.transferToImageBitmap(), options).then(
      ({ probabilities }) => [...probabilities],
      (thrown: unknown) => (thrown as { kind: string }).kind,
    );
  }, options);
}

const phase = (page: Page) => page.evaluate(() => harness.status().phase);

test('the WebGL context is lost in a training: it goes on bit for bit', async ({ page }) => {
  const started = reachDevices(page);
  await addSmallLibrary(page);
  await start(page, 'webgl');
  const whole = await train(page);
  const harms = { 3: 'lose-context' } as const;
  await letHarm(page, harms);
  expect(await train(page, harms)).toEqual(whole);
  expect(started.workers).toBe(2);
});

longForm(() => {
  test('the WebGL context is lost while idle: it answers as before; a third time it is said', async ({
    page,
  }) => {
    reachDevices(page);
    await addSmallLibrary(page);
    await start(page, 'webgl');
    await train(page);
    const before = await answer(page);
    for (let times = 1; times <= 2; times++) {
      await harm(page, 'lose-context');
      await expect.poll(() => phase(page)).not.toBe('ready');
      await expect.poll(() => phase(page)).toBe('ready');
      expect(await answer(page)).toEqual(before);
    }

    await harm(page, 'lose-context');
    await expect.poll(() => phase(page)).toBe('failed');
    const { problem } = await page.evaluate(() => harness.status());
    expect(problem).toMatchObject({ kind: 'gpu', detail: 'The WebGL context was lost.' });
    // As "Try again" does.
    await start(page, 'webgl');
    expect(await answer(page)).toEqual(before);
  });
});

/** A diverging training ends the same way on each backend. */
function divergesOn(backend: BackendName): void {
  test(`a learning rate that no loss survives: stopped and said, and the model before answers on, on ${backend}`, async ({
    page,
  }) => {
    await addSmallLibrary(page);
    await start(page, backend);
    await train(page);
    const before = await answer(page);
    const trainWildly = () =>
      page.evaluate(
        (options) =>
          harness.train(options).then(
            ({ divergedAtEpoch, sha256 }) => ({ divergedAtEpoch: divergedAtEpoch, sha256 }),
            (thrown: unknown) => (thrown as { kind: string }).kind,
          ),
        {
          ...TRAINING,
          fineTuning: false,
          hyperparameters: { epochs: 4, learningRate: 1e38 },
        } as const,
      );
    const models = await page.evaluate(() => harness.models.listModels());
    expect(await trainWildly()).toBe('not-finite');
    expect(await page.evaluate(() => harness.models.listModels())).toEqual(models);
    expect(await answer(page)).toEqual(before);
    expect(await page.evaluate(() => harness.status())).toMatchObject({ phase: 'ready' });
  });
}

divergesOn('wasm');
longForm(() => {
  divergesOn('webgl');
});

// The short form has a crashed GPU process: browser/compute/lost-gpu.
longForm(() => {
  test.describe('with WebGPU on a software adapter', () => {
    test.use({ webgpu: true });

    test('a destroyed device, and a buffer that it cannot give: the training goes on bit for bit, and no wrong answer comes', async ({
      page,
    }) => {
      const started = reachDevices(page);
      await addSmallLibrary(page);
      await start(page, 'webgpu');
      const whole = await train(page);
      const before = await answer(page);
      const harms = { 3: 'destroy-device', 5: 'allocation' } as const;
      await letHarm(page, harms);
      expect(await train(page, harms)).toEqual(whole);
      expect(await answer(page)).toEqual(before);
      expect(started.workers).toBe(3);

      // TF.js would answer, with numbers that nobody computed. The heat map needs a buffer of its own.
      await harm(page, 'allocation');
      expect(await answer(page, { heatMap: true })).toBe('gpu');
      const { problem } = await page.evaluate(() => harness.status());
      expect(problem!.detail).toMatch(/size/i);
      await start(page, 'webgpu');
      expect(await answer(page)).toEqual(before);
    });
  });
});
