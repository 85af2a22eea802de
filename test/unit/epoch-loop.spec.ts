import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { Random } from '../../src/platform/random.ts';
import { runEpochs, type EpochLoop, type Learner } from '../../src/learning/optim/epoch-loop.ts';
import { RunControl } from '../../src/platform/run-control.ts';
import {
  headTrial,
  loopOf,
  runTrial,
  valuesOf,
  type Kept,
  type Trial,
  type TrialOptions,
} from '../fixtures/epoch-loop-setting.ts';
import { startWasm } from '../fixtures/fine-tune-checks.ts';
import { tailTrial } from '../fixtures/fine-tune-setting.ts';

test.beforeAll(startWasm);

const BACKENDS = ['cpu', 'wasm'] as const;

/** Augmentations of its own for each epoch. */
function fresh(epoch: number): readonly string[] {
  return [`augmented-${10 + epoch}`];
}

type MakeTrial = (options: TrialOptions, more: Partial<EpochLoop>) => Trial | Promise<Trial>;

const LEARNERS: readonly [string, MakeTrial, Partial<EpochLoop>][] = [
  ['head', headTrial, {}],
  ['tail', tailTrial, { readEachBatch: true }],
];

for (const backend of BACKENDS) {
  for (const [name, make, reads] of LEARNERS) {
    for (const classes of [2, 3]) {
      const cases: Partial<EpochLoop>[] = [{ keep: 'last' }, { keep: 'best', variantsOf: fresh }];
      for (const more of cases) {
        const variants = more.variantsOf ? 'fresh augmentations' : 'the same variants';
        test(`a ${name} of ${classes} classes, ${variants}, keep ${more.keep}: resumed after any epoch it is the same run, on ${backend}`, async () => {
          await tf.setBackend(backend);
          const settings = { ...more, ...reads };
          const whole = await runTrial(await make({ classes }, settings));
          const { epochs } = (await make({ classes }, settings)).loop.hyperparameters;
          expect(whole.checkpoints.map(({ state }) => state.epoch)).toEqual(
            Array.from({ length: epochs }, (_, i) => i + 1),
          );
          for (const [at, resume] of whole.checkpoints.entries()) {
            const seen: number[] = [];
            // Other weights at the beginning: all that counts must be in the checkpoint.
            const trial = await make(
              { classes, seed: 99 },
              {
                ...settings,
                random: Random.from(structuredClone(resume.state.random)),
                resume: structuredClone(resume),
                onEpoch: (history) => seen.push(history.length),
              },
            );
            for (const variable of trial.loop.learner.variables) {
              tf.tidy(() => {
                variable.assign(tf.add(variable, 0.5));
              });
            }
            const resumed = await runTrial(trial);
            expect(resumed.result).toEqual(whole.result);
            expect(resumed.weights).toEqual(whole.weights);
            expect(resumed.checkpoints).toEqual(whole.checkpoints.slice(at + 1));
            expect(seen).toEqual(resumed.checkpoints.map(({ state }) => state.epoch));
            expect(resumed.leaked).toBe(0);
          }
          expect(whole.leaked).toBe(0);
          expect(new Set(whole.result.history.map(({ loss }) => loss)).size).toBe(epochs);
        });
      }
    }
  }
}

for (const [name, make, reads] of LEARNERS) {
  test(`a ${name} that rests at a pause goes on with the same numbers`, async () => {
    await tf.setBackend('wasm');
    const whole = await runTrial(await make({}, reads));
    const news: (boolean | number)[] = [];
    const control = new RunControl((paused) => {
      news.push(paused);
      if (paused) {
        setTimeout(() => {
          control.resume();
        }, 20);
      }
    });
    const trial = await make(
      {},
      {
        ...reads,
        control,
        onEpoch: (history) => {
          news.push(history.length);
          if (history.length === 2) control.pause();
        },
      },
    );
    const paused = await runTrial(trial);
    expect(news.slice(0, 5)).toEqual([1, 2, true, false, 3]);
    expect(paused.result).toEqual(whole.result);
    expect(paused.weights).toEqual(whole.weights);
    expect(paused.checkpoints).toEqual(whole.checkpoints);
  });

  test(`while a ${name} rests, nothing is learned, and it can be cancelled`, async () => {
    await tf.setBackend('wasm');
    const control = new RunControl();
    const seen: number[] = [];
    const trial = await make(
      {},
      {
        ...reads,
        control,
        onEpoch: (history) => {
          seen.push(history.length);
          if (history.length === 2) control.pause();
        },
      },
    );
    const { variables } = trial.loop.learner;
    const tensors = tf.memory().numTensors;
    const running = runEpochs(trial.loop);
    await expect.poll(() => seen.length).toBe(2);
    const before = valuesOf(variables);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(seen).toEqual([1, 2]);
    expect(valuesOf(variables)).toEqual(before);
    control.cancel();
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' });
    expect(tf.memory().numTensors).toBe(tensors);
    trial.dispose();
  });

  test(`a ${name} that is cancelled stops, and no tensor is left`, async () => {
    await tf.setBackend('wasm');
    const control = new RunControl();
    const kept: number[] = [];
    const trial = await make(
      {},
      {
        ...reads,
        control,
        onCheckpoint: ({ epoch }) => {
          kept.push(epoch);
          if (epoch === 2) control.cancel();
          return Promise.resolve();
        },
      },
    );
    const tensors = tf.memory().numTensors;
    await expect(runEpochs(trial.loop)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(kept).toEqual([1, 2]);
    expect(tf.memory().numTensors).toBe(tensors);
    trial.dispose();
  });

  test(`a checkpoint that cannot be stored ends the training of a ${name}, and no tensor is left`, async () => {
    await tf.setBackend('wasm');
    const trial = await make(
      {},
      { ...reads, onCheckpoint: () => Promise.reject(new Error('full')) },
    );
    const tensors = tf.memory().numTensors;
    await expect(runEpochs(trial.loop)).rejects.toThrow('full');
    expect(tf.memory().numTensors).toBe(tensors);
    trial.dispose();
  });

  for (const keep of ['last', 'best'] as const) {
    test(`no number in the first epoch of a ${name}, keep ${keep}: no model, and no tensor left`, async () => {
      await tf.setBackend('wasm');
      const seen: number[] = [];
      const trial = await make(
        {},
        {
          ...reads,
          keep,
          variantsOf: () => ['augmented-3'],
          onEpoch: (history) => seen.push(history.length),
          onCheckpoint: ({ epoch }) => {
            seen.push(epoch);
            return Promise.resolve();
          },
        },
      );
      const tensors = tf.memory().numTensors;
      await expect(runEpochs(trial.loop)).rejects.toMatchObject({ kind: 'not-finite' });
      expect(seen).toEqual([]);
      expect(tf.memory().numTensors).toBe(tensors);
      trial.dispose();
    });

    test(`no number in the third epoch of a ${name}, keep ${keep}: the weights from before`, async () => {
      await tf.setBackend('wasm');
      const settings = {
        ...reads,
        keep,
        // The third are no numbers.
        variantsOf: (epoch: number) => [`augmented-${epoch}`],
      };
      const { result, weights, checkpoints, leaked } = await runTrial(await make({}, settings));
      expect(result).toMatchObject({ epoch: 2, astray: 3 });
      expect(result.history.map(({ epoch }) => epoch)).toEqual([1, 2]);
      expect(checkpoints).toHaveLength(2);
      expect(flat(weights)).toEqual(numbersOf(checkpoints[1]!).slice(0, flat(weights).length));
      expect(leaked).toBe(0);

      // And so it is when the training is resumed right before.
      const resume = structuredClone(checkpoints[1]!);
      const random = Random.from(resume.state.random);
      const again = await runTrial(await make({ seed: 99 }, { ...settings, resume, random }));
      expect(again.result).toEqual(result);
      expect(again.weights).toEqual(weights);
      expect(again.checkpoints).toEqual([]);
      expect(again.leaked).toBe(0);
    });
  }
}

test('a device that is lost ends the loop, and no tensor is left', async () => {
  await tf.setBackend('cpu');
  for (const keep of ['last', 'best'] as const) {
    const watch = new DeviceWatch();
    const trial = headTrial(
      {},
      {
        watch,
        keep,
        onEpoch: () => {
          watch.fail('lost');
        },
      },
    );
    const tensors = tf.memory().numTensors;
    await expect(runEpochs(trial.loop)).rejects.toMatchObject({ kind: 'gpu' });
    expect(tf.memory().numTensors).toBe(tensors);
    trial.dispose();
  }
});

/** Learns by the script: one weight that each step moves, and the validation losses asked for. */
class Script implements Learner {
  readonly weight = tf.tidy(() => tf.variable(tf.scalar(0)));
  readonly variables = [this.weight];
  readonly #losses: readonly number[];
  readonly #gradients: readonly number[];
  #validated = 0;
  #step = 0;

  /** @param losses of the validation before the first step, where it is asked for, and of each epoch */
  constructor(losses: readonly number[], gradients: readonly number[] = []) {
    this.#losses = losses;
    this.#gradients = gradients;
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  gradients() {
    const gradient = this.#gradients[this.#step++] ?? 1;
    return Promise.resolve({
      logits: tf.zeros<tf.Rank.R2>([1, 1]),
      gradients: [tf.scalar(gradient)],
    });
  }

  validate(): Promise<number[]> {
    // The logit at which the cross-entropy of class 1 is this loss.
    const loss = this.#losses[this.#validated++]!;
    return Promise.resolve([-Math.log(Math.expm1(loss))]);
  }
}

function scripted(script: Script, more: Partial<EpochLoop> = {}): Trial {
  const loop = loopOf(
    script,
    { train: [1], validation: [1] },
    {
      hyperparameters: { epochs: 4, batchSize: 1, learningRate: 0.1, schedule: 'constant' },
      variantsOf: () => ['plain'],
      ...more,
    },
  );
  return {
    loop,
    dispose: () => {
      script.weight.dispose();
    },
  };
}

test('the best epoch is the one of the lowest validation loss, the first of equals', async () => {
  await tf.setBackend('cpu');
  const losses = [0.1, 0.9, 0.5, 0.7, 0.5];
  const { result, weights, checkpoints } = await runTrial(
    scripted(new Script(losses), { keep: 'best' }),
  );
  expect(result).toMatchObject({
    epoch: 2,
    before: { validationLoss: expect.closeTo(0.1, 10), validationAccuracy: 1 },
  });
  expect(result.history.map(({ validationLoss }) => validationLoss)).toEqual(
    losses.slice(1).map((loss) => expect.closeTo(loss, 10)),
  );
  // Each step moves the weight by the learning rate.
  expect(weights[0]![0]).toBeCloseTo(-0.2, 5);
  expect(checkpoints.map(({ state }) => state.best)).toEqual([1, 2, 2, 2]);
  expect(checkpoints.map(({ state }) => state.before)).toEqual(
    Array(4).fill(result.before) as object[],
  );
  // The weight, its two moments, and the best weight.
  expect(checkpoints.map((each) => numbersOf(each).length)).toEqual([4, 4, 4, 4]);
  expect(numbersOf(checkpoints[3]!)[0]).toBeCloseTo(-0.4, 5);
  expect(numbersOf(checkpoints[3]!)[3]).toBe(weights[0]![0]);
  expect(checkpoints.map(({ state }) => state.steps)).toEqual([1, 2, 3, 4]);
});

test('the last epoch stays where that is asked for, and the validation before is nobody’s business', async () => {
  await tf.setBackend('cpu');
  const script = new Script([0.9, 0.5, 0.7, 0.6]);
  const { result, weights, checkpoints } = await runTrial(scripted(script));
  expect(result).toMatchObject({ epoch: 4, before: {} });
  expect(result.history[3]!.validationLoss).toBeCloseTo(0.6, 10);
  expect(weights[0]![0]).toBeCloseTo(-0.4, 5);
  expect(Object.keys(checkpoints[0]!.state)).not.toContain('best');
  expect(checkpoints.map((each) => numbersOf(each).length)).toEqual([3, 3, 3, 3]);
});

test('weights that are no numbers are found behind logits that are', async () => {
  await tf.setBackend('cpu');
  const script = new Script([0.1, 0.5, 0.4, 0.3, 0.2], [1, 1, NaN]);
  const { result, weights, leaked } = await runTrial(scripted(script, { keep: 'best' }));
  expect(result).toMatchObject({ epoch: 2, astray: 3 });
  expect(weights[0]![0]).toBeCloseTo(-0.2, 5);
  expect(leaked).toBe(0);
  const last = await runTrial(scripted(new Script([0.5, 0.4, 0.3, 0.2], [1, 1, NaN])));
  expect(last.result).toMatchObject({ epoch: 2, astray: 3 });
  expect(last.weights[0]![0]).toBeCloseTo(-0.2, 5);
});

test('astray with the best epoch further back, that one stays', async () => {
  await tf.setBackend('cpu');
  const script = new Script([0.1, 0.3, 0.5, NaN]);
  const { result, weights } = await runTrial(scripted(script, { keep: 'best' }));
  expect(result).toMatchObject({ epoch: 1, astray: 3 });
  expect(result.history).toHaveLength(2);
  expect(weights[0]![0]).toBeCloseTo(-0.1, 5);
});

test('checkpoints, news and the run’s end come once an epoch and in that order', async () => {
  await tf.setBackend('cpu');
  const order: string[] = [];
  const trial = scripted(new Script([0.9, 0.5, 0.7, 0.6]), {
    onCheckpoint: async ({ epoch, history }) => {
      expect(history).toHaveLength(epoch);
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(`safe ${epoch}`);
    },
    onEpoch: (history) => order.push(`news ${history.length}`),
  });
  await runTrial(trial);
  expect(order).toEqual([1, 2, 3, 4].flatMap((epoch) => [`safe ${epoch}`, `news ${epoch}`]));
});

test('a checkpoint of another shape is refused, and no tensor is left', async () => {
  await tf.setBackend('cpu');
  const { checkpoints } = await runTrial(headTrial());
  const resume = { ...checkpoints[0]!, bytes: new ArrayBuffer(8) };
  const trial = headTrial({}, { resume });
  const tensors = tf.memory().numTensors;
  await expect(runEpochs(trial.loop)).rejects.toThrow(RangeError);
  expect(tf.memory().numTensors).toBe(tensors);
});

function flat(all: readonly Float32Array[]): number[] {
  return all.flatMap((values) => [...values]);
}

function numbersOf({ bytes }: Kept): number[] {
  return [...new Float32Array(bytes)];
}
