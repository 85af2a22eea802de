import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { type EpochLoop, type Learner } from '../../src/learning/optim/epoch-loop.ts';
import { loopOf, numbersOf, runTrial, type Trial } from '../fixtures/epoch-loop-setting.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';

test.beforeAll(startWasm);

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

test('if the last epoch is wanted, it is kept, and nothing is validated before the first', async () => {
  await tf.setBackend('cpu');
  const script = new Script([0.9, 0.5, 0.7, 0.6]);
  const { result, weights, checkpoints } = await runTrial(scripted(script));
  expect(result).toMatchObject({ epoch: 4, before: {} });
  expect(result.history[3]!.validationLoss).toBeCloseTo(0.6, 10);
  expect(weights[0]![0]).toBeCloseTo(-0.4, 5);
  expect(Object.keys(checkpoints[0]!.state)).not.toContain('best');
  expect(checkpoints.map((each) => numbersOf(each).length)).toEqual([3, 3, 3, 3]);
});

test('whether the logits are numbers is asked once a batch, and once more of all of them', async () => {
  await tf.setBackend('cpu');
  const batches = 200;
  const { isFinite } = Number;
  let asked = 0;
  Number.isFinite = (value) => {
    asked++;
    return isFinite(value);
  };
  try {
    const labels = { train: Array<number>(batches).fill(1), validation: [1] };
    const hyperparameters = {
      ...{ epochs: 1, batchSize: 1, learningRate: 0.1, schedule: 'constant' as const },
    };
    await runTrial(scripted(new Script([0.5]), { labels, hyperparameters, readEachBatch: true }));
  } finally {
    Number.isFinite = isFinite;
  }
  expect(asked).toBeGreaterThanOrEqual(2 * batches);
  expect(asked).toBeLessThan(10 * batches);
});

test('weights that are no numbers are found behind logits that are', async () => {
  await tf.setBackend('cpu');
  const script = new Script([0.1, 0.5, 0.4, 0.3, 0.2], [1, 1, NaN]);
  const { result, weights, leaked } = await runTrial(scripted(script, { keep: 'best' }));
  expect(result).toMatchObject({ epoch: 2, divergedAtEpoch: 3 });
  expect(weights[0]![0]).toBeCloseTo(-0.2, 5);
  expect(leaked).toBe(0);
  const last = await runTrial(scripted(new Script([0.5, 0.4, 0.3, 0.2], [1, 1, NaN])));
  expect(last.result).toMatchObject({ epoch: 2, divergedAtEpoch: 3 });
  expect(last.weights[0]![0]).toBeCloseTo(-0.2, 5);
});

test('diverged with the best epoch further back, that one stays', async () => {
  await tf.setBackend('cpu');
  const script = new Script([0.1, 0.3, 0.5, NaN]);
  const { result, weights } = await runTrial(scripted(script, { keep: 'best' }));
  expect(result).toMatchObject({ epoch: 1, divergedAtEpoch: 3 });
  expect(result.history).toHaveLength(2);
  expect(weights[0]![0]).toBeCloseTo(-0.1, 5);
});

test('checkpoints, news and the run’s end come once an epoch and in that order', async () => {
  await tf.setBackend('cpu');
  const order: string[] = [];
  const trial = scripted(new Script([0.9, 0.5, 0.7, 0.6]), {
    onCheckpoint: async ({ epoch, history }) => {
      expect(history).toHaveLength(epoch);
      await setImmediate();
      order.push(`safe ${epoch}`);
    },
    onEpoch: (history) => order.push(`news ${history.length}`),
  });
  await runTrial(trial);
  expect(order).toEqual([1, 2, 3, 4].flatMap((epoch) => [`safe ${epoch}`, `news ${epoch}`]));
});
