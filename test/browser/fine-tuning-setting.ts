import type { Page } from '@playwright/test';
import type { TrainOptions } from '../../src/records/training.ts';

/** Both stages on the tiny base. */
export const FINE_TUNING: TrainOptions = {
  preset: 'quick',
  seed: 3,
  // A head that leaves something to learn.
  hyperparameters: { epochs: 5, learningRate: 1e-2, l2: 1e-2, centred: false },
  fineTuning: { epochs: 3, batchSize: 8, learningRate: 1e-3 },
};

/** Probabilities of three drawn pets. */
export function answersOf(page: Page): Promise<number[]> {
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
