import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { ConvolutionStep } from '../../src/learning/fine-tune/convolution-step.ts';
import { NormStep } from '../../src/learning/fine-tune/norm-step.ts';
import type { Parameter, TrainableStep } from '../../src/learning/fine-tune/trainable-step.ts';
import { expectClose } from '../fixtures/fine-tune-checks.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';

test.beforeAll(startWasm);

interface Case {
  readonly depthwise: boolean;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: 'same' | 'valid';
  readonly size: number;
  readonly norm: boolean;
  readonly activation: 'linear' | 'relu' | 'relu6';
}

const [BATCH, CHANNELS, FILTERS, EPSILON] = [2, 3, 5, 1e-3] as const;

/** Each kind, kernel, stride, padding and parity of the size. */
const CASES: Case[] = [];
for (const depthwise of [false, true]) {
  for (const kernel of depthwise ? [3, 5] : [1, 3]) {
    for (const stride of [1, 2, 3]) {
      for (const padding of ['same', 'valid'] as const) {
        for (const size of [7, 8]) {
          const activation = (['linear', 'relu', 'relu6'] as const)[CASES.length % 3]!;
          const norm = CASES.length % 4 !== 0;
          CASES.push({ depthwise, kernel, stride, padding, size, norm, activation });
        }
      }
    }
  }
}

/** The same numbers on both backends. */
function random(shape: number[], seed: number, from = -2, to = 2): Float32Array {
  return tf.tidy(
    () => tf.randomUniform(shape, from, to, 'float32', seed).dataSync() as Float32Array,
  );
}

interface Numbers {
  readonly x: Float32Array;
  readonly weights: readonly { shape: number[]; values: Float32Array }[];
  readonly dy: Float32Array;
}

async function numbersOf({ depthwise, kernel, stride, padding, size }: Case): Promise<Numbers> {
  await tf.setBackend('cpu');
  const out = depthwise ? CHANNELS : FILTERS;
  const side = Math.ceil((padding === 'same' ? size : size - kernel + 1) / stride);
  const shapes = [
    [kernel, kernel, CHANNELS, depthwise ? 1 : FILTERS],
    [out],
    [out],
    [out],
    [out],
    [out],
  ];
  const weights = shapes.map((shape, i) => ({
    shape,
    // The last is a variance.
    values: i === 5 ? random(shape, i, 0.5, 2) : random(shape, i),
  }));
  return {
    x: random([BATCH, size, size, CHANNELS], 10),
    weights,
    dy: random([BATCH, side, side, out], 11),
  };
}

/** Values of the output, then the gradients to the input and to the weights, on the backend set. */
async function ours(each: Case, { x, weights, dy }: Numbers): Promise<Float32Array[]> {
  const [kernel, bias, gamma, beta, mean, variance] = weights.map(({ shape, values }) =>
    tf.variable(tf.tensor(values, shape)),
  );
  const learning = each.norm ? { kernel, bias, gamma, beta } : { kernel, bias };
  const parameters: Parameter[] = Object.entries(learning).map(([name, variable]) => ({
    name,
    variable: variable!,
  }));
  const step = new ConvolutionStep({
    input: 'x',
    output: 'y',
    kernel: [each.kernel, each.kernel],
    strides: [each.stride, each.stride],
    padding: each.padding,
    depthwise: each.depthwise,
    activation: each.activation,
    weights: {
      kernel: kernel as tf.Tensor as tf.Tensor4D,
      bias: bias as tf.Tensor as tf.Tensor1D,
      ...(each.norm && {
        norm: { gamma: gamma!, beta: beta!, mean: mean!, variance: variance!, epsilon: EPSILON },
      }),
    },
    parameters,
  });
  return run(step, tf.tensor(x, [BATCH, each.size, each.size, CHANNELS]), dy);
}

async function run(step: TrainableStep, x: tf.Tensor, dy: Float32Array): Promise<Float32Array[]> {
  const results = tf.tidy(() => {
    const y = step.forward([x]);
    const frozen = step.freeze().run([x]);
    const { inputs, parameters } = step.backward([x], y, tf.tensor(dy, y.shape), true);
    return [y, frozen, ...inputs, ...parameters];
  });
  const values: Float32Array[] = [];
  for (const result of results) values.push((await result.data()) as Float32Array);
  tf.dispose(results);
  return values;
}

/** The same by TensorFlow.js's own operations and automatic differentiation, on the cpu backend. */
function autodiff(each: Case, { x, weights, dy }: Numbers): Float32Array[] {
  const forward = (input: tf.Tensor, ...[kernel, bias, gamma, beta]: tf.Tensor[]) => {
    const convolve = each.depthwise ? tf.depthwiseConv2d : tf.conv2d;
    let y: tf.Tensor = convolve(
      input as tf.Tensor4D,
      kernel as tf.Tensor4D,
      each.stride,
      each.padding,
    );
    y = tf.add(y, bias!);
    if (each.norm) {
      const [mean, variance] = weights.slice(4).map(({ values }) => tf.tensor1d(values));
      y = tf.batchNorm(y, mean!, variance!, beta, gamma, EPSILON);
    }
    return each.activation === 'linear' ? y : tf[each.activation](y);
  };
  const inputs = [
    tf.tensor(x, [BATCH, each.size, each.size, CHANNELS]),
    ...weights.slice(0, each.norm ? 4 : 2).map(({ shape, values }) => tf.tensor(values, shape)),
  ];
  const y = forward(...(inputs as [tf.Tensor]));
  const gradients = tf.grads(forward)(inputs, tf.tensor(dy, y.shape));
  return [y, y, ...gradients].map((tensor) => tensor.dataSync() as Float32Array);
}

for (const backend of ['cpu', 'wasm'] as const) {
  test(`convolutions have the gradients of autodiff on ${backend}`, async () => {
    for (const each of CASES) {
      const numbers = await numbersOf(each);
      const expected = autodiff(each, numbers);
      await tf.setBackend(backend);
      const found = await ours(each, numbers);
      expect(found.length).toBe(expected.length);
      found.forEach((values, i) => {
        expectClose(values, expected[i]!, `${JSON.stringify(each)} ${i}`);
      });
    }
  });

  test(`a batch normalisation of its own has the gradients of autodiff on ${backend}`, async () => {
    await tf.setBackend('cpu');
    const shape = [BATCH, 4, 4, CHANNELS];
    const x = random(shape, 1);
    const dy = random(shape, 2);
    const vectors = [3, 4, 5].map((seed) => random([CHANNELS], seed));
    const variance = random([CHANNELS], 6, 0.5, 2);
    const forward = (input: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
      tf.batchNorm(input, tf.tensor1d(vectors[2]!), tf.tensor1d(variance), beta, gamma, EPSILON);
    const inputs = [tf.tensor(x, shape), tf.tensor(vectors[0]!), tf.tensor(vectors[1]!)];
    const y = forward(...(inputs as [tf.Tensor, tf.Tensor, tf.Tensor]));
    const gradients = tf.grads(forward)(inputs, tf.tensor(dy, shape));
    const expected = [y, y, ...gradients].map((tensor) => tensor.dataSync() as Float32Array);
    await tf.setBackend(backend);
    const [gamma, beta] = vectors.map((values) => tf.variable(tf.tensor1d(values)));
    const norm = {
      gamma: gamma!,
      beta: beta!,
      mean: tf.tensor1d(vectors[2]!),
      variance: tf.tensor1d(variance),
      epsilon: EPSILON,
    };
    const step = new NormStep('x', 'y', norm, [
      { name: 'gamma', variable: gamma! },
      { name: 'beta', variable: beta! },
    ]);
    const found = await run(step, tf.tensor(x, shape), dy);
    found.forEach((values, i) => {
      expectClose(values, expected[i]!, String(i));
    });
  });
}
