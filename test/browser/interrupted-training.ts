import type { Page } from '@playwright/test';
import type { TrainOptions } from '../../src/records/training.ts';
import { TINY_BASES } from '../harness/serve-harness.ts';
import { expect } from './harness-test.ts';
import { startEngine } from './start-engine.ts';

/** Both stages, on a base small enough for a software GPU. */
export const TRAINING: TrainOptions = {
  preset: 'tutorial',
  seed: 7,
  hyperparameters: { epochs: 5, learningRate: 1e-3 },
  fineTuning: { epochs: 4, batchSize: 8, learningRate: 1e-4 },
};

/** The same, over sooner: a software GPU is slow. */
export const SHORT: TrainOptions = {
  ...TRAINING,
  hyperparameters: { epochs: 3, learningRate: 1e-3 },
  fineTuning: { epochs: 2, batchSize: 8, learningRate: 1e-4 },
};

/** What has to come out the same: the hashes of both models' weights, and the curves. */
export async function outcome(page: Page, train: () => Promise<string>) {
  const id = await train();
  return page.evaluate(async (id) => {
    const model = (await harness.models.getModel(id))!;
    const head = (await harness.models.getModel(model.fineTuning!.headModelId))!;
    const { history, epoch } = model.fineTuning!;
    return { weights: [head.sha256, model.sha256], history: [head.history, history], epoch };
  }, id);
}

export function uninterrupted(page: Page, options = TRAINING) {
  return outcome(page, () =>
    page.evaluate(async (options) => (await harness.train(options)).id, options),
  );
}

/** Ends the worker as soon as so many epochs are done, and goes on with a fresh one. */
export function interruptedAfter(page: Page, epochs: number, backend: 'wasm' | 'webgpu') {
  return outcome(page, async () => {
    await page.evaluate(({ options, epochs }) => harness.trainUntil(options, epochs), {
      options: TRAINING,
      epochs,
    });
    await startEngine(page, TINY_BASES, backend);
    const unfinished = await page.evaluate(() => harness.status().unfinished);
    expect(unfinished).toMatchObject({ preset: 'tutorial', epochs: 9 });
    expect(unfinished!.epoch).toBeGreaterThanOrEqual(epochs - 1);
    return page.evaluate(async () => (await harness.resumeTraining()).id);
  });
}
