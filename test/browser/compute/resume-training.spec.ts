import { TINY_BASES } from '../../harness/serve-harness.ts';
import { addSmallLibrary, expect, test } from '../harness-test.ts';
import { interruptedAfter, outcome, TRAINING, uninterrupted } from '../interrupted-training.ts';
import { startEngine } from '../start-engine.ts';

test('a training that was killed goes on, bit for bit, from whatever stage', async ({ page }) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const whole = await uninterrupted(page);
  for (const epochs of [1, 3, 5, 7]) {
    expect(await interruptedAfter(page, epochs, 'wasm')).toEqual(whole);
    expect(await page.evaluate(() => harness.status().unfinished)).toBeUndefined();
  }
});

test('paused, it rests while the worker answers; resumed, it ends as if nothing had been', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const whole = await uninterrupted(page);
  const paused = await outcome(page, () =>
    page.evaluate(async (options) => {
      const canvas = new OffscreenCanvas(480, 640);
      harness.drawPet(canvas, 'cat', 77);
      let pauses = 0;
      let restedAt = 0;
      let answer: Promise<unknown> | undefined;
      let hasAnswered = false;
      const duringRest: number[] = [];
      const model = await harness.train(options, {
        onProgress: ({ paused, epoch }) => {
          if (epoch === 6 && pauses === 0) {
            pauses++;
            harness.pauseTraining();
          }
          if (answer && !hasAnswered) duringRest.push(epoch);
          if (paused && restedAt === 0) {
            restedAt = epoch;
            answer = harness.classify(canvas.transferToImageBitmap()).finally(() => {
              hasAnswered = true;
              harness.resumePausedTraining();
            });
          }
        },
      });
      await answer;
      if (restedAt < 6) throw new Error(`It rested at ${restedAt}`);
      if (duringRest.length > 0) throw new Error(`It went on to ${duringRest.join()}`);
      return model.id;
    }, TRAINING),
  );
  expect(paused).toEqual(whole);
});

test('cancelled, it leaves no checkpoint and the head that it had stored', async ({ page }) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
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
  await startEngine(page, TINY_BASES, 'wasm');
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
    await startEngine(page, TINY_BASES, 'wasm');
    return page.evaluate(async () => (await harness.resumeTraining()).id);
  });
  expect(resumed).toEqual(whole);
});

test('a checkpoint from before weights were mixed goes on with the tuned ones alone', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const whole = await uninterrupted(page);
  const resumed = await outcome(page, async () => {
    await page.evaluate(async (options) => {
      await harness.trainUntil(options, 7);
      await harness.database.write(['checkpoints'], async (transaction) => {
        const store = transaction.objectStore('checkpoints');
        for (const checkpoint of await store.getAll()) {
          const { plan } = checkpoint;
          const fineTuning = { ...plan.hyperparameters.fineTuning! };
          delete (fineTuning as { alpha?: number }).alpha;
          const hyperparameters = { ...plan.hyperparameters, fineTuning };
          await store.put({ ...checkpoint, plan: { ...plan, hyperparameters } });
        }
      });
    }, TRAINING);
    await startEngine(page, TINY_BASES, 'wasm');
    return page.evaluate(async () => (await harness.resumeTraining()).id);
  });
  expect(resumed).toEqual(whole);
});
