import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { crossEntropyGradient } from '../../src/learning/optim/cross-entropy.ts';
import { DenseHead } from '../../src/learning/head/dense-head.ts';
import { applyDropout, dropoutMask } from '../../src/learning/optim/dropout.ts';
import type { HeadOptions } from '../../src/learning/head/head-learner.ts';
import { Random } from '../../src/platform/random.ts';
import type { TrainingExample } from '../../src/learning/optim/epoch-loop.ts';
import { headTrial, runTrial, valuesOf, type HeadTrial } from '../fixtures/epoch-loop-setting.ts';
import { expectClose, startWasm } from '../fixtures/fine-tune-checks.ts';

test.beforeAll(startWasm);

const BACKENDS = ['cpu', 'wasm'] as const;
const FEATURES = 12;

/** A head in float64, written from the definitions. */
class Reference {
  readonly weights: number[][];
  readonly #outputs: number;
  readonly #first: number[][];
  readonly #second: number[][];
  #steps = 0;

  constructor([kernel, bias]: readonly Float32Array[]) {
    this.weights = [[...kernel!], [...bias!]];
    this.#outputs = bias!.length;
    this.#first = this.weights.map((values) => values.map(() => 0));
    this.#second = this.weights.map((values) => values.map(() => 0));
  }

  /** Probabilities of each class: the logistic function of one logit, else the softmax. */
  probabilities(x: ArrayLike<number>): number[] {
    const [kernel, bias] = this.weights;
    const exps = bias!.map((b, o) => {
      let z = b;
      for (let i = 0; i < FEATURES; i++) z += x[i]! * kernel![i * this.#outputs + o]!;
      return Math.exp(z);
    });
    const all = this.#outputs === 1 ? [1, exps[0]!] : exps;
    const sum = all.reduce((a, b) => a + b);
    return all.map((value) => value / sum);
  }

  /** Mean of `-log` of the probability of the truth. */
  loss(rows: readonly ArrayLike<number>[], labels: readonly number[]): number {
    const losses = rows.map((x, row) => -Math.log(this.probabilities(x)[labels[row]!]!));
    return losses.reduce((a, b) => a + b, 0) / rows.length;
  }

  accuracy(rows: readonly ArrayLike<number>[], labels: readonly number[]): number {
    const right = rows.filter((x, row) => {
      const p = this.probabilities(x);
      return p.indexOf(Math.max(...p)) === labels[row];
    });
    return right.length / rows.length;
  }

  /**
   * One step of Adam (Kingma and Ba) with Keras's epsilon, on the mean loss of a batch and L2; each
   * photo's loss counts its class's weight, 1 unless told.
   */
  step(
    rows: readonly ArrayLike<number>[],
    labels: readonly number[],
    rate: number,
    l2: number,
    weights: readonly number[] = [],
  ): void {
    const gradients = this.weights.map((values) => values.map(() => 0));
    rows.forEach((x, row) => {
      const p = this.probabilities(x);
      for (let o = 0; o < this.#outputs; o++) {
        const weight = weights[labels[row]!] ?? 1;
        const dz = (weight * this.#chain(p, labels[row]!, o)) / rows.length;
        for (let i = 0; i < FEATURES; i++) gradients[0]![i * this.#outputs + o]! += x[i]! * dz;
        gradients[1]![o]! += dz;
      }
    });
    this.weights[0]!.forEach((w, i) => (gradients[0]![i]! += l2 * w));
    const t = ++this.#steps;
    this.weights.forEach((values, k) => {
      values.forEach((w, i) => {
        const g = gradients[k]![i]!;
        const m = (this.#first[k]![i] = 0.9 * this.#first[k]![i]! + 0.1 * g);
        const v = (this.#second[k]![i] = 0.999 * this.#second[k]![i]! + 0.001 * g * g);
        const corrected = (rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
        values[i] = w - (corrected * m) / (Math.sqrt(v) + 1e-7);
      });
    });
  }

  /** `dL/dz` by the chain rule: `dL/dp` of the truth is `-1 / p`, and then `dp/dz`. */
  #chain(p: readonly number[], label: number, output: number): number {
    const truth = p[label]!;
    if (this.#outputs === 1) return (-1 / truth) * (label === 1 ? 1 : -1) * p[0]! * p[1]!;
    return (-1 / truth) * truth * (Number(output === label) - p[output]!);
  }
}

/** The same epochs in the same order with the same dropout, in float64. */
async function referenceEpochs(
  { data, options, loop }: HeadTrial,
  start: readonly Float32Array[],
): Promise<{ weights: number[][]; history: object[] }> {
  const { epochs, batchSize, learningRate, schedule } = loop.hyperparameters;
  const { dropout, l2, askedVariants, weights } = options;
  const random = new Random(5);
  const head = new Reference(start);
  const row = async (split: 'train' | 'validation', variant: string, photo: number) =>
    (await data.load(split, variant)).slice(photo * FEATURES, (photo + 1) * FEATURES);
  const validation = await Promise.all(
    data.photos.validation.map(async (_, photo) => {
      const rows = await Promise.all(askedVariants.map((v) => row('validation', v, photo)));
      return Array.from({ length: FEATURES }, (_, i) =>
        rows.reduce((sum, each) => sum + each[i]! / rows.length, 0),
      );
    }),
  );
  const validationLabels = data.photos.validation.map(({ label }) => label);
  const history: object[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const lessons = random.shuffle(
      loop
        .variantsOf(epoch)
        .flatMap((variant) =>
          data.photos.train.map(({ label }, photo): TrainingExample => ({ photo, variant, label })),
        ),
    );
    const steps = Math.ceil(lessons.length / batchSize);
    const sums = { loss: 0, accuracy: 0 };
    for (let step = 0; step < steps; step++) {
      const batch = lessons.slice(step * batchSize, (step + 1) * batchSize);
      const rows = await Promise.all(
        batch.map(({ photo, variant }) => row('train', variant, photo)),
      );
      const mask = dropout > 0 ? dropoutMask(batch.length * FEATURES, dropout, random) : undefined;
      const dropped = rows.map((x, r) =>
        Array.from(x, (value, i) => value * (mask?.[r * FEATURES + i] ?? 1)),
      );
      const labels = batch.map(({ label }) => label);
      sums.loss += head.loss(dropped, labels) * batch.length;
      sums.accuracy += head.accuracy(dropped, labels) * batch.length;
      const done = ((epoch - 1) * steps + step) / (epochs * steps);
      const share = schedule === 'cosine' ? (1 + Math.cos(Math.PI * done)) / 2 : 1;
      head.step(dropped, labels, learningRate * share, l2, weights);
    }
    history.push({
      epoch,
      loss: expect.closeTo(sums.loss / lessons.length, 4),
      accuracy: expect.closeTo(sums.accuracy / lessons.length, 10),
      validationLoss: expect.closeTo(head.loss(validation, validationLabels), 4),
      validationAccuracy: expect.closeTo(head.accuracy(validation, validationLabels), 10),
    });
  }
  return { weights: head.weights, history };
}

const NO_EXTRAS: Partial<HeadOptions> = { dropout: 0, l2: 0 };
const EXTRAS: Partial<HeadOptions> = { dropout: 0.3, l2: 0.5 };
/** As Keras's `class_weight`. */
const WEIGHED: Partial<HeadOptions> = { dropout: 0, l2: 0, weights: [0.4, 2.5, 1, 0.1] };

for (const backend of BACKENDS) {
  for (const classes of [2, 4]) {
    for (const options of [NO_EXTRAS, EXTRAS, WEIGHED]) {
      const weighed = options.weights ? 'weighed by class, ' : '';
      const title = `${weighed}dropout ${options.dropout}, L2 ${options.l2}, on ${backend}`;
      test(`of ${classes} classes one step is that of a float64 reference: ${title}`, async () => {
        await tf.setBackend(backend);
        const trial = headTrial(
          { classes, options },
          {
            hyperparameters: {
              epochs: 1,
              batchSize: 100,
              learningRate: 0.1,
              schedule: 'constant',
            },
          },
        );
        const start = valuesOf(trial.loop.learner.variables);
        const expected = await referenceEpochs(trial, start);
        const { result, weights, leaked } = await runTrial(trial);
        expect(weights.map(({ length }) => length)).toEqual(
          classes === 2 ? [FEATURES, 1] : [FEATURES * classes, classes],
        );
        weights.forEach((values, i) => {
          expectClose(values, expected.weights[i]!, String(i));
          expect(values).not.toEqual(start[i]);
        });
        expect(result.history).toEqual(expected.history);
        expect(leaked).toBe(0);
      });
    }

    test(`of ${classes} classes epochs have the metrics of Keras, and the weights of the reference, on ${backend}`, async () => {
      await tf.setBackend(backend);
      // 40 lessons: the last of the batches is smaller than the others.
      const trial = headTrial(
        { classes, options: { dropout: 0.3, l2: 0.02 } },
        { hyperparameters: { epochs: 3, batchSize: 12, learningRate: 0.05, schedule: 'cosine' } },
      );
      const expected = await referenceEpochs(trial, valuesOf(trial.loop.learner.variables));
      const { result, weights } = await runTrial(trial);
      expect(result.history).toEqual(expected.history);
      weights.forEach((values, i) => {
        expectClose(values, expected.weights[i]!, String(i));
      });
    });
  }

  for (const outputs of [1, 3]) {
    test(`the gradient of the cross-entropy of ${outputs} outputs is that of TF.js on ${backend}`, async () => {
      await tf.setBackend('cpu');
      const values = Array.from({ length: 6 * outputs }, (_, i) => 3 * Math.sin(7 * i) + (i % 3));
      const labels = [0, 1, 1, 0, outputs === 1 ? 1 : 2, outputs === 1 ? 0 : 2];
      const expected = tf.tidy(() => {
        const truth =
          outputs === 1
            ? tf.tensor2d(labels, [6, 1])
            : tf.oneHot(tf.tensor1d(labels, 'int32'), outputs);
        const loss = (logits: tf.Tensor) =>
          outputs === 1
            ? tf.losses.sigmoidCrossEntropy(truth, logits)
            : tf.losses.softmaxCrossEntropy(truth, logits);
        return tf
          .grad(loss)(tf.tensor2d(values, [6, outputs]))
          .dataSync();
      });
      await tf.setBackend(backend);
      const logits = tf.tensor2d(values, [6, outputs]);
      const tensors = tf.memory().numTensors;
      const gradient = crossEntropyGradient(logits, labels, 6);
      expect(gradient.shape).toEqual([6, outputs]);
      expectClose(gradient.dataSync(), expected, 'whole');
      // Three of the rows, as a part of the same batch.
      const part = tf.tidy(() =>
        crossEntropyGradient(tf.slice(logits, [0, 0], [3, -1]), labels.slice(0, 3), 6),
      );
      expectClose(part.dataSync(), expected.slice(0, 3 * outputs), 'part');
      expect(tf.memory().numTensors).toBe(tensors + 2);
      tf.dispose([logits, gradient, part]);
    });
  }
}

test('dropout zeroes its share of the features and keeps their sum', () => {
  const mask = dropoutMask(20_000, 0.2, new Random(1));
  expect(new Set(mask)).toEqual(new Set([0, Math.fround(1.25)]));
  const mean = mask.reduce((a, b) => a + b, 0) / mask.length;
  // Three standard deviations.
  expect(Math.abs(mean - 1)).toBeLessThan((3 * 0.5) / Math.sqrt(mask.length));
  const values = new Float32Array(50).fill(2);
  applyDropout(values, 0.2, new Random(1));
  expect([...values]).toEqual([...mask.subarray(0, 50)].map((factor) => 2 * factor));
  const random = new Random(4);
  const { state } = random;
  applyDropout(values, 0, random);
  expect(random.state).toEqual(state);
});

test('a head starts as Keras makes it, and stored weights give the same one', async () => {
  await tf.setBackend('cpu');
  const tensors = tf.memory().numTensors;
  const head = DenseHead.create(50, 3, new Random(2));
  const limit = Math.sqrt(6 / 53);
  const kernel = [...head.kernel.dataSync()];
  expect(Math.max(...kernel.map(Math.abs))).toBeLessThanOrEqual(limit);
  expect(Math.max(...kernel)).toBeGreaterThan(0.9 * limit);
  expect(Math.min(...kernel)).toBeLessThan(-0.9 * limit);
  expect([...head.bias.dataSync()]).toEqual([0, 0, 0]);
  const weights = await head.toWeights(new DeviceWatch());
  expect(weights.map(({ spec }) => spec)).toEqual([
    { name: 'dense/kernel', shape: [50, 3], dtype: 'float32' },
    { name: 'dense/bias', shape: [3], dtype: 'float32' },
  ]);
  const [stored, bias] = weights.map(({ values }) => values.slice().buffer);
  const same = DenseHead.fromBytes(stored!, bias!);
  expect(same.outputs).toBe(3);
  expect([...same.kernel.dataSync()]).toEqual(kernel);
  head.dispose();
  same.dispose();
  // Neither whole rows, nor whole numbers; and nothing of them is left.
  const sizes = [
    [100, 8],
    [102, 6],
    [8, 0],
  ] as const;
  for (const [kernel, bias] of sizes) {
    const attempt = () => DenseHead.fromBytes(new ArrayBuffer(kernel), new ArrayBuffer(bias));
    expect(attempt).toThrow(RangeError);
  }
  expect(tf.memory().numTensors).toBe(tensors);
});

test('weights of a device that failed are given to nobody', async () => {
  await tf.setBackend('cpu');
  const head = DenseHead.create(4, 1, new Random(2));
  const watch = new DeviceWatch();
  watch.fail('Taken away.');
  await expect(head.toWeights(watch)).rejects.toMatchObject({ kind: 'gpu' });
  head.dispose();
});
