import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import type { GpuWatch } from '../../src/learning/backend/gpu-watch.ts';
import {
  fineTune,
  type BoundarySet,
  type FineTuning,
} from '../../src/learning/fine-tune/fine-tune.ts';
import type { TrainableNetwork } from '../../src/learning/fine-tune/trainable-network.ts';
import { learnPiece } from '../../src/learning/fine-tune/training-batch.ts';
import { Problem } from '../../src/problem.ts';
import {
  expectClose,
  networkModel,
  smallNetwork,
  startWasm,
  variableOf,
} from '../fixtures/fine-tune-checks.ts';
import {
  boundarySet,
  FEATURES,
  FROM,
  parameterValues,
  pictures,
  setting,
} from '../fixtures/fine-tune-setting.ts';

test.beforeAll(startWasm);

for (const backend of ['cpu', 'wasm'] as const) {
  test(`it learns, and what is frozen stays bit for bit what it was, on ${backend}`, async () => {
    await tf.setBackend(backend);
    const { frozen, tuning } = await setting();
    const { tail, head } = tuning;
    const { pixels } = pictures(4, 3);
    const boundary = () =>
      tf.tidy(() =>
        frozen
          .run(tf.tensor(pixels, [4, 32, 32, 3]))
          .dataSync()
          .slice(),
      );
    const constants = () => tail.constants.map((constant) => constant.dataSync().slice());
    const [boundaryBefore, constantsBefore] = [boundary(), constants()];
    const start = parameterValues(tail, head);
    const tensors = tf.memory().numTensors;
    const epochs: number[] = [];
    const shares: number[] = [];

    const tuned = await fineTune({
      ...tuning,
      onEpoch: (history) => epochs.push(history.length),
      onProgress: (share) => shares.push(share),
    });
    expect(tf.memory().numTensors).toBe(tensors);
    expect(boundary()).toEqual(boundaryBefore);
    expect(constants()).toEqual(constantsBefore);
    expect(epochs).toEqual([1, 2, 3]);
    expect(shares).toHaveLength(9);
    expect(shares.at(-1)).toBeCloseTo(1);

    const { history, before, epoch } = tuned;
    expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
    const losses = history.map(({ validationLoss }) => validationLoss!);
    expect(losses[epoch - 1]).toBe(Math.min(...losses));
    expect(losses[epoch - 1]).toBeLessThan(before.validationLoss!);
    expect(tuned.notWorse).toBe(true);
    // Every one of them has learned.
    parameterValues(tail, head).forEach((values, i) => {
      expect(values).not.toEqual(start[i]);
    });
  });
}

test('a step is that of TF.js: autodiff of its layers, and Adam', async () => {
  await tf.setBackend('cpu');
  const learningRate = 1e-3;
  const { tuning } = await setting({ epochs: 1, batchSize: 20, dropout: 0, learningRate });
  const [kernel, bias] = parameterValues(tuning.tail, tuning.head).slice(-2);
  await fineTune(tuning);

  const { pixels, labels } = pictures(20, 1);
  const model = await networkModel(smallNetwork());
  const from = model.layers.findIndex(({ name }) => name === FROM);
  const variables = model.layers
    .slice(from)
    .flatMap((layer) => layer.trainableWeights)
    .map((weight) => variableOf(weight.read()));
  const headKernel = tf.variable(tf.tensor2d(kernel!, [FEATURES, 1]));
  const headBias = tf.variable(tf.tensor1d(bias!));
  const learning = [...variables, headKernel, headBias];
  tf.train.adam(learningRate).minimize(
    () => {
      const input = tf.tensor(pixels, [20, 32, 32, 3]);
      const output = model.apply(input, { training: false }) as tf.Tensor;
      const logits = tf.add(tf.matMul(tf.mean(output, [1, 2]), headKernel), headBias);
      return tf.losses.sigmoidCrossEntropy(tf.tensor2d(labels, [20, 1], 'float32'), logits);
    },
    false,
    learning,
  );
  const found = parameterValues(tuning.tail, tuning.head);
  learning.forEach((variable, i) => {
    expectClose(found[i]!, variable.dataSync(), variable.name);
  });
});

test('a batch learned in pieces is the batch', async () => {
  await tf.setBackend('wasm');
  const { tail, head, train } = (await setting()).tuning;
  const learn = async (rows: number[]) => {
    const labels = rows.map((row) => train.labels[row]!);
    const boundaries = await train.load(rows);
    const { gradients } = learnPiece(tail, head, { boundaries, labels, batchSize: 5 });
    return gradients.map((gradient) => gradient.dataSync());
  };
  const whole = await learn([0, 1, 2, 3, 4]);
  const [first, second] = [await learn([0, 1, 2]), await learn([3, 4])];
  whole.forEach((values, i) => {
    const summed = first[i]!.map((value, j) => value + second[i]![j]!);
    expectClose(summed, values, String(i));
  });

  const losses: number[] = [];
  for (const pieceSize of [8, 3]) {
    const { tuning } = await setting({ epochs: 2, pieceSize });
    losses.push((await fineTune(tuning)).history[1]!.loss);
  }
  expect(losses[1]).toBeCloseTo(losses[0]!, 3);
});

test('without validation photos the last epoch stays, and nothing is claimed', async () => {
  await tf.setBackend('wasm');
  const none = { labels: new Uint8Array(), load: () => Promise.resolve(new Float32Array()) };
  const { tuning } = await setting({ validation: none, epochs: 2 });
  const tuned = await fineTune(tuning);
  expect(tuned).toMatchObject({ epoch: 2, before: {}, notWorse: undefined });
});

test('worse is said to be worse', async () => {
  await tf.setBackend('wasm');
  const { frozen, tuning } = await setting({ epochs: 6, dropout: 0 });
  const { pixels, labels } = pictures(20, 1);
  const validation = tuning.train;
  await fineTune({ ...tuning, validation });
  // Lessons where right is wrong.
  const train = boundarySet(frozen, { pixels, labels: labels.map((label) => 1 - label) });
  const tuned = await fineTune({ ...tuning, train, validation, epochs: 1 });
  expect(tuned.history[0]!.validationLoss).toBeGreaterThan(tuned.before.validationLoss!);
  expect(tuned.notWorse).toBe(false);
});

test('stopped on the way, for whatever reason, the weights are those before', async () => {
  await tf.setBackend('wasm');
  const controller = new AbortController();
  const astray: BoundarySet = {
    labels: Uint8Array.of(0, 1),
    load: (rows) => Promise.resolve(new Float32Array(rows.length * 4 * 4 * 24).fill(NaN)),
  };
  const lost = {
    assertHealthy: () => {
      throw new Problem('gpu', 'Gone.');
    },
  } as unknown as GpuWatch;
  const reasons: [string, Partial<FineTuning>][] = [
    [
      'cancelled',
      {
        signal: controller.signal,
        onProgress: () => {
          controller.abort();
        },
      },
    ],
    ['not-finite', { train: astray }],
    ['not-finite', { learningRate: Number.MAX_VALUE }],
    ['gpu', { gpu: lost }],
  ];
  for (const [kind, more] of reasons) {
    const { tuning } = await setting(more);
    const { tail } = tuning;
    const sized = more.train ? { ...tuning, train: sizedLike(tail, astray) } : tuning;
    const start = parameterValues(tail, tuning.head);
    const tensors = tf.memory().numTensors;
    await expect(fineTune(sized)).rejects.toMatchObject({ kind });
    expect(parameterValues(tail, tuning.head)).toEqual(start);
    expect(tf.memory().numTensors).toBe(tensors);
  }
});

/** The same set with as many numbers a photo as the tail reads. */
function sizedLike(tail: TrainableNetwork, set: BoundarySet): BoundarySet {
  const size = tail.inputShape.reduce((a, b) => a * b, 1);
  return {
    labels: set.labels,
    load: (rows) => Promise.resolve(new Float32Array(rows.length * size).fill(NaN)),
  };
}
