import { harnessIsThere } from '../../harness/open-harness.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { addDrawnPets, addSmallLibrary, expect, test } from '../harness-test.ts';
import { TRAINING } from '../interrupted-training.ts';
import { startEngine } from '../start-engine.ts';

test('discarded, it is not offered again, and there is nothing to go on with', async ({ page }) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  await page.evaluate((options) => harness.trainUntil(options, 2), TRAINING);
  await startEngine(page, TINY_BASES, 'wasm');
  await page.evaluate(() => harness.discardTraining());
  await expect.poll(() => page.evaluate(() => harness.status().unfinished)).toBeUndefined();
  await expect(page.evaluate(() => harness.resumeTraining())).rejects.toThrow(
    'no unfinished training',
  );
});

test('another training that is cancelled before it learns leaves it as it was', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  await page.evaluate((options) => harness.trainUntil(options, 2), TRAINING);
  await startEngine(page, TINY_BASES, 'wasm');
  const before = await page.evaluate(() => harness.status().unfinished);
  // Their features are computed first.
  await addDrawnPets(page, 'cat', [61, 62], 'train');
  const kind = await page.evaluate(async (options) => {
    const control = new AbortController();
    const training = harness.train(options, {
      signal: control.signal,
      onProgress: () => {
        control.abort();
      },
    });
    // It must not have learned by the time at which it is cancelled.
    harness.pauseTraining();
    return training.then(
      () => 'trained',
      (thrown: unknown) => (thrown as { kind: string }).kind,
    );
  }, TRAINING);
  expect(kind).toBe('cancelled');
  await expect.poll(() => page.evaluate(() => harness.status().unfinished)).toEqual(before);
  const resumed = await page.evaluate(() => harness.resumeTraining());
  expect(resumed.fineTuning).toBeDefined();
});

test('at another input size it cannot go on, says so, and goes on once that is back', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
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
  await startEngine(page, TINY_BASES, 'wasm');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await harnessIsThere(other);
  await startEngine(other, TINY_BASES, 'wasm');
  let rests = () => {};
  const resting = new Promise<void>((resolve) => (rests = resolve));
  await page.exposeFunction('rests', () => {
    rests();
  });
  const training = page.evaluate((options) => {
    const { rests } = globalThis as unknown as { rests: () => void };
    let asked = false;
    return harness.train(options, {
      onProgress: ({ epoch, paused }) => {
        if (epoch > 0 && !asked) harness.pauseTraining();
        asked ||= epoch > 0;
        if (paused) rests();
      },
    });
  }, TRAINING);
  await resting;
  // A training that runs is not offered to another tab as one that was interrupted.
  expect(await other.evaluate(() => harness.status().unfinished)).toBeUndefined();
  await startEngine(other, TINY_BASES, 'wasm');
  expect(await other.evaluate(() => harness.status().unfinished)).toBeUndefined();
  await expect(other.evaluate((options) => harness.train(options), TRAINING)).rejects.toThrow(
    'already running',
  );
  await page.evaluate(() => {
    harness.resumePausedTraining();
  });
  expect((await training).fineTuning).toBeDefined();
});

test('a tab that trains is closed: another one offers to go on, without being asked', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await harnessIsThere(other);
  const resting = new Promise<void>((resolve) => {
    void other.exposeFunction('rests', resolve);
  });
  await startEngine(other, TINY_BASES, 'wasm');
  void other
    .evaluate((options) => {
      const { rests } = globalThis as unknown as { rests: () => void };
      return harness.train(options, {
        onProgress: ({ epoch, paused }) => {
          if (epoch > 0) harness.pauseTraining();
          if (paused) rests();
        },
      });
    }, TRAINING)
    .catch(() => undefined);
  await resting;
  await startEngine(page, TINY_BASES, 'wasm');
  expect(await page.evaluate(() => harness.status().unfinished)).toBeUndefined();
  await other.close();
  const epoch = () => page.evaluate(() => harness.status().unfinished?.epoch ?? 0);
  await expect.poll(epoch).toBeGreaterThan(0);
});

test('the lock of a worker that has ended may be released late', async ({ page }) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  await page.evaluate((options) => harness.trainUntil(options, 2), TRAINING);
  const result = await page.evaluate(async (bases) => {
    const name = 'purrceptron-training';
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    await new Promise<void>((resolve) => {
      void navigator.locks.request(name, () => {
        resolve();
        return released;
      });
    });
    await harness.startEngine(bases, 'wasm');
    const whileHeld = harness.status().unfinished;
    const training = harness.resumeTraining();
    const isWaiting = async () => {
      const { pending = [] } = await navigator.locks.query();
      return pending.some((each) => each.name === name && each.mode === 'exclusive');
    };
    const refused = training.then(
      () => false,
      () => true,
    );
    const later = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(false)));
    while (!(await isWaiting()) && !(await Promise.race([refused, later()])));
    release();
    return { whileHeld, preset: (await training).hyperparameters.preset };
  }, TINY_BASES);
  expect(result).toEqual({ whileHeld: undefined, preset: 'tutorial' });
});
