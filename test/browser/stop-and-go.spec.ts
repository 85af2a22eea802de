import type { Page } from '@playwright/test';
import { tinyBase } from '../fixtures/base-tiny.ts';
import { HARNESS_FOLDER } from '../harness/open-harness.ts';
import { addSmallLibrary, expect, test } from './harness-test.ts';
import type { TrainOptions } from '../../src/records/training.ts';

const BASES = 'test-bases/stop-and-go/';

/** Both stages, on a base small enough for a software GPU. */
const TRAINING: TrainOptions = {
  preset: 'tutorial',
  seed: 7,
  hyperparameters: { epochs: 5, learningRate: 1e-3 },
  fineTuning: { epochs: 4, batchSize: 8, learningRate: 1e-4 },
};

/** The same, over sooner: a software GPU is slow. */
const SHORT: TrainOptions = {
  ...TRAINING,
  hyperparameters: { epochs: 3, learningRate: 1e-3 },
  fineTuning: { epochs: 2, batchSize: 8, learningRate: 1e-4 },
};

async function start(page: Page, backend: 'wasm' | 'webgpu'): Promise<void> {
  await page.evaluate(({ BASES, backend }) => harness.startEngine(BASES, backend), {
    BASES,
    backend,
  });
}

/** What has to come out the same: the hashes of both models' weights, and the curves. */
async function outcome(page: Page, train: () => Promise<string>) {
  const id = await train();
  return page.evaluate(async (id) => {
    const model = (await harness.models.getModel(id))!;
    const head = (await harness.models.getModel(model.fineTuning!.headModelId))!;
    const { history, epoch } = model.fineTuning!;
    return { weights: [head.sha256, model.sha256], history: [head.history, history], epoch };
  }, id);
}

function uninterrupted(page: Page, options = TRAINING) {
  return outcome(page, () =>
    page.evaluate(async (options) => (await harness.train(options)).id, options),
  );
}

/** Ends the worker as soon as so many epochs are done, and goes on with a fresh one. */
function interruptedAfter(page: Page, epochs: number, backend: 'wasm' | 'webgpu') {
  return outcome(page, async () => {
    await page.evaluate(({ options, epochs }) => harness.trainUntil(options, epochs), {
      options: TRAINING,
      epochs,
    });
    await start(page, backend);
    const unfinished = await page.evaluate(() => harness.status().unfinished);
    expect(unfinished).toMatchObject({ preset: 'tutorial', epochs: 9 });
    expect(unfinished!.epoch).toBeGreaterThanOrEqual(epochs - 1);
    return page.evaluate(async () => (await harness.resumeTraining()).id);
  });
}

test.beforeAll(async () => {
  await tinyBase(`${HARNESS_FOLDER}/${BASES}`, { moreSizes: [48] });
});

test('a training that was killed goes on, bit for bit, from whatever stage', async ({ page }) => {
  test.setTimeout(120_000);
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const whole = await uninterrupted(page);
  for (const epochs of [1, 3, 5, 7]) {
    expect(await interruptedAfter(page, epochs, 'wasm')).toEqual(whole);
    expect(await page.evaluate(() => harness.status().unfinished)).toBeUndefined();
  }
});

test('paused, it rests; let on, it ends as if nothing had been', async ({ page }) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const whole = await uninterrupted(page);
  const paused = await outcome(page, () =>
    page.evaluate(async (options) => {
      let pauses = 0;
      let restedAt = 0;
      const model = await harness.train(options, {
        onProgress: ({ paused, epoch }) => {
          if (epoch === 6 && pauses === 0) {
            pauses++;
            harness.pauseTraining();
          }
          if (paused && restedAt === 0) {
            restedAt = epoch;
            setTimeout(() => {
              harness.resumePausedTraining();
            }, 500);
          }
        },
      });
      if (restedAt < 6) throw new Error(`It rested at ${restedAt}`);
      return model.id;
    }, TRAINING),
  );
  expect(paused).toEqual(whole);
});

test('cancelled, it leaves no checkpoint and the head that it had stored', async ({ page }) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const result = await page.evaluate(async (options) => {
    const control = new AbortController();
    const kind = await harness
      .train(options, {
        signal: control.signal,
        onProgress: ({ epoch }) => {
          if (epoch === 7) control.abort();
        },
      })
      .then(
        () => 'finished',
        (thrown: unknown) => (thrown as { kind: string }).kind,
      );
    const models = await harness.models.listModels();
    return {
      kind,
      models: models.map(({ fineTuning }) => fineTuning ?? 'head'),
      unfinished: harness.status().unfinished,
      checkpoint: await harness.checkpoints.unfinishedTraining(),
    };
  }, TRAINING);
  expect(result).toEqual({ kind: 'cancelled', models: ['head'] });
});

test('a damaged checkpoint gives way to the one before it', async ({ page }) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const whole = await uninterrupted(page);
  const resumed = await outcome(page, async () => {
    await page.evaluate(async (options) => {
      await harness.trainUntil(options, 3);
      const newest = (await harness.checkpoints.unfinishedTraining())!;
      await harness.database.write(['trainingStates'], async (transaction) => {
        const store = transaction.objectStore('trainingStates');
        const row = (await store.get(newest.slot))!;
        new Uint8Array(row.bytes)[9]! ^= 1;
        await store.put(row);
      });
    }, TRAINING);
    await start(page, 'wasm');
    return page.evaluate(async () => (await harness.resumeTraining()).id);
  });
  expect(resumed).toEqual(whole);
});

test('a checkpoint from before weights were mixed goes on with the tuned ones alone', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const whole = await uninterrupted(page);
  const resumed = await outcome(page, async () => {
    await page.evaluate(async (options) => {
      await harness.trainUntil(options, 7);
      await harness.database.write(['checkpoints'], async (transaction) => {
        const store = transaction.objectStore('checkpoints');
        for (const checkpoint of await store.getAll()) {
          const { plan } = checkpoint;
          const fineTuning = { ...plan.hyperparameters.fineTuning! };
          delete (fineTuning as { share?: number }).share;
          const hyperparameters = { ...plan.hyperparameters, fineTuning };
          await store.put({ ...checkpoint, plan: { ...plan, hyperparameters } });
        }
      });
    }, TRAINING);
    await start(page, 'wasm');
    return page.evaluate(async () => (await harness.resumeTraining()).id);
  });
  expect(resumed).toEqual(whole);
});

test('discarded, it is not offered again, and there is nothing to go on with', async ({ page }) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  await page.evaluate((options) => harness.trainUntil(options, 2), TRAINING);
  await start(page, 'wasm');
  await page.evaluate(() => harness.discardTraining());
  await expect.poll(() => page.evaluate(() => harness.status().unfinished)).toBeUndefined();
  await expect(page.evaluate(() => harness.resumeTraining())).rejects.toThrow('no training');
});

test('at another input size it cannot go on, says so, and goes on once that is back', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const model = await page.evaluate(
    (options) => harness.train({ ...options, fineTuning: false }),
    TRAINING,
  );
  await page.evaluate((options) => harness.trainUntil(options, 2), TRAINING);
  const use = async (size: number) => {
    await page.evaluate((size) => harness.useBase('tiny', size), size);
    return page.evaluate(() => harness.status());
  };
  const elsewhere = await use(48);
  const words =
    'This training ran on pictures of 32 pixels. Choose that size in Settings to go on.';
  expect(elsewhere.unfinished!.obstacle).toMatchObject({ kind: 'other-base', message: words });
  expect(elsewhere.modelProblem!.message).toBe(
    `${model.name} was trained on pictures of 32 pixels. Choose that size in Settings to use it, or train again.`,
  );
  await expect(page.evaluate(() => harness.resumeTraining())).rejects.toThrow(words);
  // Refused, it is still there.
  const back = await use(32);
  expect(back.unfinished!.epoch).toBeGreaterThan(0);
  expect(back.unfinished!.obstacle).toBeUndefined();
  const resumed = await page.evaluate(() => harness.resumeTraining());
  expect(resumed.base.inputSize).toBe(32);
});

test('one training at a time, whatever the tab', async ({ page }) => {
  await addSmallLibrary(page);
  await start(page, 'wasm');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.waitForFunction(() => 'harness' in globalThis);
  await start(other, 'wasm');
  const training = page.evaluate((options) => {
    let rested = false;
    return harness.train(options, {
      onProgress: ({ epoch }) => {
        if (epoch > 0 && !rested) harness.pauseTraining();
        rested ||= epoch > 0;
      },
    });
  }, TRAINING);
  await page.waitForTimeout(1500);
  // A training that runs is not offered to another tab as one that was interrupted.
  expect(await other.evaluate(() => harness.status().unfinished)).toBeUndefined();
  await expect(other.evaluate((options) => harness.train(options), TRAINING)).rejects.toThrow(
    'already running',
  );
  await page.evaluate(() => {
    harness.resumePausedTraining();
  });
  expect((await training).fineTuning).toBeDefined();
});

test.describe('with WebGPU on a software adapter', () => {
  test.use({ webgpu: true });

  test('a lost GPU costs an epoch at most: the training goes on by itself, bit for bit', async ({
    page,
  }) => {
    test.setTimeout(240_000);
    await addSmallLibrary(page);
    await start(page, 'webgpu');
    const whole = await uninterrupted(page, SHORT);
    const session = await page.context().browser()!.newBrowserCDPSession();
    await page.exposeFunction('crashGpu', () => session.send('Browser.crashGpuProcess' as never));
    const resumed = await outcome(page, () =>
      page.evaluate(async (options) => {
        let crashed = false;
        const { id } = await harness.train(options, {
          onProgress: ({ epoch }) => {
            if (epoch !== 4 || crashed) return;
            crashed = true;
            void (globalThis as unknown as { crashGpu: () => Promise<void> }).crashGpu();
          },
        });
        if (!crashed) throw new Error('The GPU was not lost');
        return id;
      }, SHORT),
    );
    expect(resumed).toEqual(whole);
  });

  test('cancelled while a lost GPU starts again, it is forgotten', async ({ page }) => {
    test.setTimeout(240_000);
    await addSmallLibrary(page);
    await start(page, 'webgpu');
    const session = await page.context().browser()!.newBrowserCDPSession();
    await page.exposeFunction('crashGpu', () => session.send('Browser.crashGpuProcess' as never));
    const result = await page.evaluate(async (options) => {
      const control = new AbortController();
      let crashed = false;
      const training = harness.train(options, {
        signal: control.signal,
        onProgress: ({ epoch }) => {
          if (epoch !== 1 || crashed) return;
          crashed = true;
          void (globalThis as unknown as { crashGpu: () => Promise<void> }).crashGpu();
        },
      });
      const ended = training.then(
        () => 'finished',
        (thrown: unknown) => (thrown as { kind: string }).kind,
      );
      while (!crashed || harness.status().phase === 'ready') {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      control.abort();
      return {
        kind: await ended,
        checkpoint: await harness.checkpoints.unfinishedTraining(),
        phase: harness.status().phase,
      };
    }, SHORT);
    expect(result).toEqual({ kind: 'cancelled', phase: 'ready' });
  });
});
