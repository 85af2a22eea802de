import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { dropoutMask } from '../../src/learning/optim/dropout.ts';
import { Random } from '../../src/platform/random.ts';
import { runEpochs, type TrainingExample } from '../../src/learning/optim/epoch-loop.ts';
import { valuesOf } from '../fixtures/epoch-loop-setting.ts';
import {
  expectClose,
  networkModel,
  smallNetwork,
  variableOf,
} from '../fixtures/fine-tune-checks.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';
import {
  FEATURES,
  FROM,
  pictureTensor,
  tailTrial,
  type TailTrial,
} from '../fixtures/fine-tune-setting.ts';

test.beforeAll(startWasm);

const BACKENDS = ['cpu', 'wasm'] as const;

/**
 * Loss and gradients of a trial's whole training split by TF.js's autodiff of the layers on the cpu
 * backend, in the order of the learner's variables.
 */
async function autodiff(
  { data, options }: TailTrial,
  head: readonly Float32Array[],
  examples: readonly TrainingExample[],
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
  const pixels = examples.flatMap(({ photo }) => [
    ...all.subarray(photo * size, (photo + 1) * size),
  ]);
  const labels = tf.tensor1d(
    examples.map(({ label }) => label),
    'int32',
  );
  const { value, grads } = tf.variableGrads(() => {
    const input = pictureTensor(Float32Array.from(pixels));
    const output = model.apply(input, { training: false }) as tf.Tensor;
    const pooled = tf.mul(tf.mean(output, [1, 2]), tf.tensor2d(mask, [examples.length, FEATURES]));
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

const EXAMPLES = Array.from({ length: 20 }, (_, photo) => photo);

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
      const examples = EXAMPLES.map((photo): TrainingExample => ({
        photo,
        variant: 'plain',
        label: photo % classes,
      }));
      await trial.learner.prepare(['plain']);
      const tensors = tf.memory().numTensors;
      const found = await trial.learner.gradients(examples, new Random(11));
      expect(tf.memory().numTensors).toBe(tensors + found.gradients.length + 1);
      expect(found.logits.shape).toEqual([20, classes === 2 ? 1 : classes]);
      const gradients = valuesOf(found.gradients);
      found.gradients.forEach(({ shape }, i) => {
        expect(shape).toEqual(trial.learner.variables[i]!.shape);
      });
      const head = valuesOf(trial.learner.variables).slice(-2);
      const mask = dropoutMask(20 * FEATURES, dropout, new Random(11));
      const expected = await autodiff(trial, head, examples, mask);
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
      const examples = random.shuffle(
        EXAMPLES.map((photo): TrainingExample => ({
          photo,
          variant: 'plain',
          label: photo % classes,
        })),
      );
      const mask = dropoutMask(20 * FEATURES, 0.2, random);
      const { loss, gradients, start } = await autodiff(trial, head, examples, mask);
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
    const examples = photos.map((photo) => ({ photo, variant: 'plain', label: photo % 3 }));
    const { logits, gradients } = await learner.gradients(examples, new Random(1));
    return valuesOf([logits, ...gradients]);
  };
  // 20 photos are two pieces; 12 and 8 are one each.
  const whole = await learn(EXAMPLES);
  const [first, second] = [await learn(EXAMPLES.slice(0, 12)), await learn(EXAMPLES.slice(12))];
  expectClose([...first[0]!, ...second[0]!], whole[0]!, 'logits');
  whole.slice(1).forEach((values, i) => {
    const summed = Float64Array.from(
      values,
      (_, j) => (12 * first[i + 1]![j]! + 8 * second[i + 1]![j]!) / 20,
    );
    expectClose(summed, values, String(i));
  });
});

test('boundary activations that are gone end the step, and no tensor is left', async () => {
  await tf.setBackend('wasm');
  const trial = await tailTrial();
  await trial.learner.prepare(['plain']);
  const tensors = tf.memory().numTensors;
  const examples = EXAMPLES.map((photo) => ({
    photo,
    variant: photo < 16 ? 'plain' : 'gone',
    label: photo % 2,
  }));
  await expect(trial.learner.gradients(examples, new Random(1))).rejects.toThrow('not prepared');
  expect(tf.memory().numTensors).toBe(tensors);
});
