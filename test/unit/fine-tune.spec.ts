import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { isNotWorse, mixWeights } from '../../src/learning/fine-tune/fine-tune.ts';
import { dropoutMask } from '../../src/learning/optim/dropout.ts';
import { Random } from '../../src/platform/random.ts';
import {
  runEpochs,
  type EpochLoop,
  type TrainingExample,
} from '../../src/learning/optim/epoch-loop.ts';
import { RunControl } from '../../src/platform/run-control.ts';
import { runTrial, valuesOf, type TrialOptions } from '../fixtures/epoch-loop-setting.ts';
import {
  expectClose,
  networkModel,
  smallNetwork,
  startWasm,
  variableOf,
} from '../fixtures/fine-tune-checks.ts';
import {
  FEATURES,
  FROM,
  picturesOf,
  pictureTensor,
  tailTrial,
  type TailTrial,
} from '../fixtures/fine-tune-setting.ts';

test.beforeAll(startWasm);

const BACKENDS = ['cpu', 'wasm'] as const;

for (const backend of BACKENDS) {
  for (const classes of [2, 3]) {
    test(`of ${classes} classes it learns, and what is frozen stays bit for bit what it was, on ${backend}`, async () => {
      await tf.setBackend(backend);
      const epochs: number[] = [];
      const shares: [number, number][] = [];
      const trial = await tailTrial(
        { classes },
        {
          hyperparameters: { epochs: 3, batchSize: 8, learningRate: 1e-3, schedule: 'constant' },
          onEpoch: (history) => epochs.push(history.length),
          onBatch: (epoch, share) => shares.push([epoch, share]),
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
      expect(shares.map(([of]) => of)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3]);
      expect(shares.map(([, share]) => Math.round(3 * share))).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3]);

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

/**
 * Loss and gradients of a trial's whole training side by TF.js's autodiff of the layers on the cpu
 * backend, in the order of the learner's variables.
 */
async function autodiff(
  { data, options }: TailTrial,
  head: readonly Float32Array[],
  lessons: readonly TrainingExample[],
  mask: Float32Array,
): Promise<{ loss: number; gradients: Float32Array[]; start: Float32Array[] }> {
  await tf.setBackend('cpu');
  const model = await networkModel(smallNetwork());
  const from = model.layers.findIndex(({ name }) => name === FROM);
  const variables = model.layers
    .slice(from)
    .flatMap((layer) => layer.trainableWeights)
    .map((weight) => variableOf(weight.read()));
  const outputs = head[1]!.length;
  const kernel = tf.variable(tf.tensor2d(head[0]!, [FEATURES, outputs]));
  const bias = tf.variable(tf.tensor1d(head[1]!));
  const learning = [...variables, kernel, bias];
  const start = valuesOf(learning);
  const all = data.pictures('train', 'plain');
  const size = all.length / data.photos.train.length;
  const pixels = lessons.flatMap(({ photo }) => [
    ...all.subarray(photo * size, (photo + 1) * size),
  ]);
  const labels = tf.tensor1d(
    lessons.map(({ label }) => label),
    'int32',
  );
  const { value, grads } = tf.variableGrads(() => {
    const input = pictureTensor(Float32Array.from(pixels));
    const output = model.apply(input, { training: false }) as tf.Tensor;
    const pooled = tf.mul(tf.mean(output, [1, 2]), tf.tensor2d(mask, [lessons.length, FEATURES]));
    const logits = tf.add(tf.matMul(pooled, kernel), bias);
    const loss: tf.Scalar =
      outputs === 1
        ? tf.losses.sigmoidCrossEntropy(tf.reshape(tf.cast(labels, 'float32'), [-1, 1]), logits)
        : tf.losses.softmaxCrossEntropy(tf.oneHot(labels, outputs), logits);
    return tf.add(loss, tf.mul(options.l2 / 2, tf.sum(tf.square(kernel))));
  }, learning);
  return {
    loss: value.dataSync()[0]!,
    gradients: learning.map(({ name }) => (grads[name]!.dataSync() as Float32Array).slice()),
    start,
  };
}

const LESSONS = Array.from({ length: 20 }, (_, photo) => photo);

for (const backend of BACKENDS) {
  for (const [classes, options] of [
    [2, { dropout: 0, l2: 0 }],
    [2, { dropout: 0.4, l2: 0.05 }],
    [3, { dropout: 0, l2: 0 }],
    [4, { dropout: 0.4, l2: 0.05 }],
  ] as const) {
    const { dropout, l2 } = options;
    test(`of ${classes} classes the gradients are those of autodiff with dropout ${dropout} and L2 ${l2}, on ${backend}`, async () => {
      await tf.setBackend(backend);
      const trial = await tailTrial({ classes, options });
      // More than fit into one piece.
      const lessons = LESSONS.map((photo): TrainingExample => ({
        photo,
        variant: 'plain',
        label: photo % classes,
      }));
      await trial.learner.prepare(['plain']);
      const tensors = tf.memory().numTensors;
      const found = await trial.learner.gradients(lessons, new Random(11));
      expect(tf.memory().numTensors).toBe(tensors + found.gradients.length + 1);
      expect(found.logits.shape).toEqual([20, classes === 2 ? 1 : classes]);
      const gradients = valuesOf(found.gradients);
      found.gradients.forEach(({ shape }, i) => {
        expect(shape).toEqual(trial.learner.variables[i]!.shape);
      });
      const head = valuesOf(trial.learner.variables).slice(-2);
      const mask = dropoutMask(20 * FEATURES, dropout, new Random(11));
      const expected = await autodiff(trial, head, lessons, mask);
      expect(gradients).toHaveLength(expected.gradients.length);
      gradients.forEach((values, i) => {
        expectClose(values, expected.gradients[i]!, String(i));
      });
    });
  }

  for (const classes of [2, 3]) {
    test(`of ${classes} classes a step is autodiff of TF.js's layers and Adam in float64, on ${backend}`, async () => {
      await tf.setBackend(backend);
      const learningRate = 1e-2;
      const trial = await tailTrial(
        { classes, options: { l2: 0.01 } },
        {
          hyperparameters: { epochs: 1, batchSize: 20, learningRate, schedule: 'constant' },
          keep: 'last',
        },
      );
      const head = valuesOf(trial.learner.variables).slice(-2);
      const { loop } = trial;
      const { history } = await runEpochs(loop);
      const found = valuesOf(loop.learner.variables);

      // The same order and the same dropout.
      const random = new Random(5);
      const lessons = random.shuffle(
        LESSONS.map((photo): TrainingExample => ({
          photo,
          variant: 'plain',
          label: photo % classes,
        })),
      );
      const mask = dropoutMask(20 * FEATURES, 0.2, random);
      const { loss, gradients, start } = await autodiff(trial, head, lessons, mask);
      const penalty = head[0]!.reduce((sum, w) => sum + 0.005 * w * w, 0);
      expect(history[0]!.loss).toBeCloseTo(loss - penalty, 4);
      found.forEach((values, i) => {
        const expected = Float64Array.from(start[i]!, (w, j) => {
          const g = gradients[i]![j]!;
          const [m, v] = [0.1 * g, 0.001 * g * g];
          const rate = (learningRate * Math.sqrt(1 - 0.999)) / (1 - 0.9);
          return w - (rate * m) / (Math.sqrt(v) + 1e-7);
        });
        expectClose(values, expected, String(i));
        expect(values).not.toEqual(start[i]);
      });
    });
  }
}

test('a batch learned in pieces is the batch', async () => {
  await tf.setBackend('wasm');
  const { learner } = await tailTrial({ classes: 3, options: { dropout: 0 } });
  await learner.prepare(['plain']);
  const learn = async (photos: number[]) => {
    const lessons = photos.map((photo) => ({ photo, variant: 'plain', label: photo % 3 }));
    const { logits, gradients } = await learner.gradients(lessons, new Random(1));
    return valuesOf([logits, ...gradients]);
  };
  // 20 photos are two pieces; 12 and 8 are one each.
  const whole = await learn(LESSONS);
  const [first, second] = [await learn(LESSONS.slice(0, 12)), await learn(LESSONS.slice(12))];
  expectClose([...first[0]!, ...second[0]!], whole[0]!, 'logits');
  whole.slice(1).forEach((values, i) => {
    const summed = Float64Array.from(
      values,
      (_, j) => (12 * first[i + 1]![j]! + 8 * second[i + 1]![j]!) / 20,
    );
    expectClose(summed, values, String(i));
  });
});

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
  // Lessons where right is wrong.
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

test('boundary activations that are gone end the step, and no tensor is left', async () => {
  await tf.setBackend('wasm');
  const trial = await tailTrial();
  await trial.learner.prepare(['plain']);
  const tensors = tf.memory().numTensors;
  const lessons = LESSONS.map((photo) => ({
    photo,
    variant: photo < 16 ? 'plain' : 'gone',
    label: photo % 2,
  }));
  await expect(trial.learner.gradients(lessons, new Random(1))).rejects.toThrow('not prepared');
  expect(tf.memory().numTensors).toBe(tensors);
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
  const mixed = async (share: number) => {
    const variables = [tf.variable(tf.tensor1d([3, 5])), tf.variable(tf.tensor2d([[8]]))];
    const tensors = tf.memory().numTensors;
    await mixWeights(variables, Float32Array.of(1, 5, 4), share, watch);
    expect(tf.memory().numTensors).toBe(tensors);
    const values = variables.map((variable) => [...variable.dataSync()]);
    tf.dispose(variables);
    return values;
  };
  expect(await mixed(1)).toEqual([[3, 5], [8]]);
  expect(await mixed(0.5)).toEqual([[2, 5], [6]]);
  expect(await mixed(0)).toEqual([[1, 5], [4]]);
});
