import { mkdir } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../browser/harness-test.ts';
import { IS_LIMITED, NO_TIME, PYTHON, runPython, WITHOUT_PYTHON } from './python.ts';
import {
  addPets,
  CHECKS,
  expectSameCurve,
  reportOf,
  SIZE,
  startOnKerasBase,
  unpackDataSet,
} from './train-in-keras.ts';

test.skip(PYTHON === undefined, WITHOUT_PYTHON);
test.skip(IS_LIMITED, NO_TIME);

const LEARNING_RATE = 1e-3;
/** Of Adam: what is added to the root of the second moment, 0.001 of the squared gradient at first. */
const EPSILON = 1e-7 / Math.sqrt(0.001);

type Numbers = Readonly<Record<string, readonly number[]>>;

/** Weights after a step of fine-tuning, and the gradients of those that were tuned, by name. */
interface Step {
  readonly weights: Numbers;
  readonly gradients: Numbers;
}

/** How far the gradients of all layers may be apart, as a fraction of their length. */
const CASES = {
  // An activation on the edge of its ReLU falls to one side here and to the other there: of 1e5
  // activations, the last bits decide about one. All gradients below that layer then differ by 0.3 %.
  'the pictures as they are': { variants: ['plain'], apart: 0.02, different: 0.002 },
  // TensorFlow computes in float32 where in the picture it reads, the app in float64.
  'rotated pictures': { variants: undefined, apart: 0.06, different: 0.01 },
} as const;

for (const [pictures, { variants, apart, different }] of Object.entries(CASES)) {
  test(`fine-tuning on ${pictures}: a step of train_keras.py is the app’s`, async ({
    page,
  }, testInfo) => {
    test.setTimeout(15 * 60_000);
    const folder = testInfo.outputPath('data');
    await mkdir(folder, { recursive: true });
    const base = await startOnKerasBase(page);
    // Without validation photos, the tuned weights are kept whatever they are.
    await addPets(page, { train: 8, test: 2 });
    const hyperparameters = {
      epochs: 1,
      ...(variants && { augmentation: 'all' as const, variants: [...variants] }),
    };
    const options = { preset: 'tutorial' as const, seed: 6, hyperparameters };
    const model = await page.evaluate(
      ({ options, learningRate }) =>
        harness.train({ ...options, fineTuning: { epochs: 1, learningRate } }),
      { options, learningRate: LEARNING_RATE },
    );
    const tuned = model.fineTuning!;
    const weights = await weightsOf(page, model.id);
    const gradients = await firstGradients(page, options, weights);
    await unpackDataSet(page, folder);

    const keras = await runPython<Step>(CHECKS, [
      ...['step', folder, ...(variants ? ['--plain'] : [])],
      ...['--base', base, '--size', String(SIZE), '--seed', '6', '--exact'],
      ...['--epochs', '1', '--fine-tune-epochs', '1'],
      ...['--fine-tune-learning-rate', String(LEARNING_RATE)],
    ]);
    const { fineTuning, temperature } = await reportOf(folder);
    expect(fineTuning!.trainableParameters).toBe(tuned.trainableParameters);
    expect(fineTuning!.options).toMatchObject({ ...tuned.options });
    expectSameCurve(tuned.history, fineTuning!.history);
    expect(temperature).toBe(1);

    expect(Object.keys(weights).length).toBeGreaterThan(20);
    const all = { length: 0, apart: 0, count: 0, different: 0, unexplained: 0 };
    for (const [name, values] of Object.entries(weights)) {
      // Keras 3 calls the kernel of a depthwise convolution what it calls all others.
      const inKeras = name.replace('/depthwise_kernel', '/kernel');
      const theirs = keras.gradients[inKeras]!;
      const after = keras.weights[inKeras.replace(/^dense\//, 'predictions/')]!;
      expect(after, name).toHaveLength(values.length);
      values.forEach((value, i) => {
        const [ours, other] = [gradients[name]![i]!, theirs[i]!];
        const difference = value - after[i]!;
        all.count++;
        all.length += other ** 2;
        all.apart += (ours - other) ** 2;
        if (Math.abs(difference) > 1e-4) all.different++;
        // Adam's first step is as long whatever the gradient is: near zero, its sign decides.
        const steps = stepOf(other) - stepOf(ours);
        if (Math.abs(difference - steps) > 1e-6) all.unexplained++;
      });
    }
    expect(all.count).toBe(tuned.trainableParameters);
    expect(all.unexplained).toBe(0);
    expect(Math.sqrt(all.apart / all.length)).toBeLessThan(apart);
    expect(all.different / all.count).toBeLessThan(different);
    expect(distance(gradients['dense/kernel']!, keras.gradients['dense/kernel']!)).toBeLessThan(
      1e-3,
    );
  });
}

/** What Adam takes from a weight in its first step. */
const stepOf = (gradient: number) => (LEARNING_RATE * gradient) / (Math.abs(gradient) + EPSILON);

/** Length of the difference of two vectors, as a fraction of that of the second. */
function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, i) => value - b[i]!)) / Math.hypot(...b);
}

/** The tuned weights of a model by name, in the order in which the optimizer has them. */
async function weightsOf(page: Page, modelId: string): Promise<Numbers> {
  const weights = await page.evaluate(async (id) => {
    const record = (await harness.models.getModel(id))!;
    const bytes = await harness.models.loadWeights(record);
    return record.weights
      .filter(({ name }) => name !== 'novelty')
      .map(
        ({ name }) =>
          [name, [...new Float32Array(harness.models.weightOf(record, bytes, name)!)]] as const,
      );
  }, modelId);
  // A model lists its head first.
  const isHead = ([name]: readonly [string, unknown]) => name.startsWith('dense/');
  return Object.fromEntries([
    ...weights.filter((one) => !isHead(one)),
    ...weights.filter((one) => isHead(one)),
  ]);
}

/**
 * The gradients of the app's first step: its checkpoint has Adam's first moments, a tenth of them, after
 * the weights. A longer training has the same first step.
 *
 * @param like the weights, in the order of the optimizer
 */
async function firstGradients(
  page: Page,
  options: Pick<Parameters<typeof harness.train>[0], 'preset' | 'seed' | 'hyperparameters'>,
  like: Numbers,
): Promise<Numbers> {
  const count = Object.values(like).reduce((sum, { length }) => sum + length, 0);
  const moments = await page.evaluate(
    async ({ options, learningRate, count }) => {
      let state: ArrayBuffer | undefined;
      const look = async () => {
        const stored = await harness.checkpoints.loadCheckpoint();
        if (state || stored?.checkpoint.stage !== 'fineTuning') return;
        if (stored.checkpoint.state?.steps !== 1) return;
        state = stored.bytes;
        harness.stopEngine();
      };
      const training = harness.train(
        { ...options, fineTuning: { epochs: 4, learningRate } },
        { onProgress: () => void look() },
      );
      // It is interrupted.
      await training.catch(() => undefined);
      if (!state) throw new Error('There was no checkpoint after one step');
      return [...new Float32Array(state).subarray(count, 2 * count)];
    },
    { options, learningRate: LEARNING_RATE, count },
  );
  let at = 0;
  return Object.fromEntries(
    Object.entries(like).map(([name, { length }]) => [
      name,
      moments.slice(at, (at += length)).map((moment) => 10 * moment),
    ]),
  );
}
