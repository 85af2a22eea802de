import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { isNotWorse, mixWeights } from '../../src/learning/fine-tune/fine-tune.ts';
import { runEpochs, type EpochLoop } from '../../src/learning/optim/epoch-loop.ts';
import { RunControl } from '../../src/platform/run-control.ts';
import { runTrial, valuesOf, type TrialOptions } from '../fixtures/epoch-loop-setting.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';
import { picturesOf, pictureTensor, tailTrial } from '../fixtures/fine-tune-setting.ts';

test.beforeAll(startWasm);

const BACKENDS = ['cpu', 'wasm'] as const;

for (const backend of BACKENDS) {
  for (const classes of [2, 3]) {
    test(`of ${classes} classes it learns, and what is frozen stays bit for bit what it was, on ${backend}`, async () => {
      await tf.setBackend(backend);
      const epochs: number[] = [];
      const fractions: [number, number][] = [];
      const trial = await tailTrial(
        { classes },
        {
          hyperparameters: { epochs: 3, batchSize: 8, learningRate: 1e-3, schedule: 'constant' },
          onEpoch: (history) => epochs.push(history.length),
          onBatch: (epoch, fraction) => fractions.push([epoch, fraction]),
        },
      );
      const { frozen, tail, loop } = trial;
      const pixels = picturesOf([0, 1, 2, 0], classes, 3);
      const boundary = () =>
        tf.tidy(() => (frozen.run(pictureTensor(pixels)).dataSync() as Float32Array).slice());
      const [boundaryBefore, constantsBefore] = [boundary(), valuesOf(tail.constants)];
      // Moving statistics, and the layers between the cut and the first that learns.
      expect(constantsBefore.length).toBeGreaterThan(2);
      const start = valuesOf(loop.learner.variables);
      const tensors = tf.memory().numTensors;
      const { history, before, epoch } = await runEpochs(loop);
      expect(tf.memory().numTensors).toBe(tensors);
      expect(boundary()).toEqual(boundaryBefore);
      expect(valuesOf(tail.constants)).toEqual(constantsBefore);
      expect(epochs).toEqual([1, 2, 3]);
      expect(fractions.map(([of]) => of)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3]);
      expect(fractions.map(([, fraction]) => Math.round(3 * fraction))).toEqual([
        1, 2, 3, 1, 2, 3, 1, 2, 3,
      ]);

      expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
      const losses = history.map(({ validationLoss }) => validationLoss!);
      expect(losses[epoch - 1]).toBe(Math.min(...losses));
      expect(losses[epoch - 1]).toBeLessThan(before.validationLoss!);
      expect(isNotWorse(history[epoch - 1]!, before)).toBe(true);
      // Every one of them has learned.
      valuesOf(loop.learner.variables).forEach((values, i) => {
        expect(values).not.toEqual(start[i]);
      });
      trial.dispose();
    });
  }
}

test('each epoch asks for its own variants before it learns from them', async () => {
  await tf.setBackend('wasm');
  const trial = await tailTrial({}, { variantsOf: (epoch) => [`augmented-${epoch + 10}`] });
  await runTrial(trial);
  expect(trial.data.prepared).toEqual([['augmented-11'], ['augmented-12'], ['augmented-13']]);
});

test('without validation photos the last epoch stays, and nothing is claimed', async () => {
  await tf.setBackend('wasm');
  const trial = await tailTrial();
  const labels = { train: trial.loop.labels.train, validation: [] };
  const { result, weights, checkpoints } = await runTrial({
    ...trial,
    loop: { ...trial.loop, labels },
  });
  expect(result).toMatchObject({ epoch: 3, before: {} });
  expect(Object.keys(result.history[2]!)).toEqual(['epoch', 'loss', 'accuracy']);
  expect(flat(weights)).toEqual(headOf(checkpoints[2]!.bytes, flat(weights).length));
});

test('validation accuracy decides, at the same accuracy loss, and without it nothing speaks against', () => {
  const of = (validationAccuracy: number, validationLoss: number) => ({
    validationAccuracy,
    validationLoss,
  });
  expect(isNotWorse(of(0.9, 5), of(0.8, 1))).toBe(true);
  expect(isNotWorse(of(0.7, 0.1), of(0.8, 1))).toBe(false);
  expect(isNotWorse(of(0.8, 0.9), of(0.8, 1))).toBe(true);
  expect(isNotWorse(of(0.8, 1), of(0.8, 1))).toBe(true);
  expect(isNotWorse(of(0.8, 1.1), of(0.8, 1))).toBe(false);
  expect(isNotWorse({}, {})).toBe(true);
  expect(isNotWorse({}, of(0.8, 1))).toBe(true);
});

test('worse is said to be worse', async () => {
  await tf.setBackend('wasm');
  const trial = await tailTrial(
    { options: { dropout: 0 } },
    { hyperparameters: { epochs: 8, batchSize: 8, learningRate: 1e-3, schedule: 'constant' } },
  );
  const { loop } = trial;
  await runEpochs(loop);
  // Examples where right is wrong.
  const train = loop.labels.train.map((label) => 1 - label);
  const tuned = await runEpochs({
    ...loop,
    labels: { ...loop.labels, train },
    hyperparameters: { ...loop.hyperparameters, epochs: 1, learningRate: 1e-2 },
  });
  expect(tuned.history[0]!.validationLoss).toBeGreaterThan(tuned.before.validationLoss!);
  expect(isNotWorse(tuned.history[0]!, tuned.before)).toBe(false);
});

test('stopped on the way, for whatever reason, no tensor is left', async () => {
  await tf.setBackend('wasm');
  const control = new RunControl();
  const lost = new DeviceWatch();
  const fast = { epochs: 3, batchSize: 12, schedule: 'constant' } as const;
  const reasons: [string, Partial<EpochLoop>, TrialOptions?][] = [
    [
      'cancelled',
      {
        control,
        onBatch: () => {
          control.cancel();
        },
      },
    ],
    ['not-finite', { variantsOf: () => ['augmented-3'] }],
    ['not-finite', { hyperparameters: { ...fast, learningRate: Number.MAX_VALUE } }],
    [
      'gpu',
      {
        watch: lost,
        onBatch: () => {
          lost.fail('Gone.');
        },
      },
    ],
  ];
  for (const [kind, more] of reasons) {
    const trial = await tailTrial({}, more);
    const tensors = tf.memory().numTensors;
    await expect(runEpochs(trial.loop)).rejects.toMatchObject({ kind });
    expect(tf.memory().numTensors).toBe(tensors);
    trial.dispose();
  }
});

function flat(all: readonly Float32Array[]): number[] {
  return all.flatMap((values) => [...values]);
}

function headOf(bytes: ArrayBuffer, length: number): number[] {
  return [...new Float32Array(bytes).subarray(0, length)];
}

test('the mean with the weights from before lies between them, bit for bit at both ends', async () => {
  await tf.setBackend('cpu');
  const watch = new DeviceWatch();
  const mixed = async (alpha: number) => {
    const variables = [tf.variable(tf.tensor1d([3, 5])), tf.variable(tf.tensor2d([[8]]))];
    const tensors = tf.memory().numTensors;
    await mixWeights(variables, Float32Array.of(1, 5, 4), alpha, watch);
    expect(tf.memory().numTensors).toBe(tensors);
    const values = variables.map((variable) => [...variable.dataSync()]);
    tf.dispose(variables);
    return values;
  };
  expect(await mixed(1)).toEqual([[3, 5], [8]]);
  expect(await mixed(0.5)).toEqual([[2, 5], [6]]);
  expect(await mixed(0)).toEqual([[1, 5], [4]]);
});
