import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import {
  layers as tfl,
  model as makeModel,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { TUTORIAL_LAYER } from '../../src/learning/fine-tune/fine-tune-layer.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { frozenNetwork } from '../../src/learning/network/build-frozen-network.ts';
import { splitNetwork } from '../../src/learning/fine-tune/split-network.ts';
import { loadTail, tailWeights } from '../../src/learning/fine-tune/tail-weights.ts';
import {
  expectClose,
  networkModel,
  smallNetwork,
  variableOf,
} from '../fixtures/fine-tune-checks.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';

test.beforeAll(startWasm);

const BATCH = 3;

function photos(): Float32Array {
  return tf.tidy(
    () => tf.randomUniform([BATCH, 32, 32, 3], -1, 1, 'float32', 5).dataSync() as Float32Array,
  );
}

function input(values: Float32Array): tf.Tensor {
  return tf.tensor(values, [BATCH, 32, 32, 3]);
}

/** Trainable weights by Keras's name, from a layer on. */
function learningWeights(model: LayersModel, from: string): Map<string, tf.Variable> {
  const index = model.layers.findIndex(({ name }) => name === from);
  const weights = model.layers.slice(index).flatMap((layer) => layer.trainableWeights);
  return new Map(weights.map((weight) => [weight.originalName, variableOf(weight.read())]));
}

test('the tutorial counts 1,861,440 parameters from layer 100 on, 1,862,721 with the head', async () => {
  await tf.setBackend('cpu');
  const before = tf.memory().numTensors;
  const model = await networkModel(mobileNetV2());
  expect(model.layers[TUTORIAL_LAYER]!.name).toBe('block_11_expand_relu');
  const { frozen, tail } = splitNetwork(model, TUTORIAL_LAYER);
  expect(tail.input).toBe('block_10_project_BN');
  expect(tail.inputShape).toEqual([10, 10, 96]);
  expect(tail.trainableParameters).toBe(1_861_440);
  expect(tail.trainableParameters + 1280 + 1).toBe(1_862_721);
  expect(tail.parameters[0]!.name).toBe('block_11_depthwise/depthwise_kernel');
  frozen.dispose();
  tail.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

for (const backend of ['cpu', 'wasm'] as const) {
  // From a convolution, from a normalisation, and from within a block that has a shortcut.
  for (const from of ['Conv1', 'block_3_project_BN', 'block_2_depthwise']) {
    test(`from ${from} the gradients are those of autodiff, on ${backend}`, async () => {
      await tf.setBackend('cpu');
      const pixels = photos();
      const reference = await networkModel(smallNetwork());
      const weights = learningWeights(reference, from);
      const { value, grads } = tf.variableGrads(() => {
        const output = reference.apply(input(pixels), { training: false }) as tf.Tensor;
        return tf.sum<tf.Scalar>(tf.square(tf.mean(output, [1, 2])));
      }, [...weights.values()]);
      const expectedValue = value.dataSync();
      const expected = new Map(
        [...weights].map(([name, variable]) => [name, grads[variable.name]!.dataSync()]),
      );

      await tf.setBackend(backend);
      const model = await networkModel(smallNetwork());
      const { frozen, tail } = splitNetwork(model, from);
      const before = tf.memory().numTensors;
      const pixelTensor = input(pixels);
      const boundary = frozen.run(pixelTensor);
      const activations = tail.forward(boundary);
      const output = activations.get(tail.output)!;
      const pixelCount = output.shape[1]! * output.shape[2]!;
      const pooled = tf.tidy(() => tf.mean(output, [1, 2], true));
      const found = await tf.tidy(() => tf.sum(tf.square(pooled))).data();
      expectClose(found, expectedValue, 'value');
      const dOutput = tf.tidy(() => tf.mul(tf.onesLike(output), tf.mul(pooled, 2 / pixelCount)));
      const gradients = tail.backward(activations, dOutput);
      expect(tail.parameters.map(({ name }) => name).sort()).toEqual([...expected.keys()].sort());
      for (const [i, { name }] of tail.parameters.entries()) {
        expectClose(await gradients[i]!.data(), expected.get(name)!, name);
      }
      tf.dispose([...gradients, pooled, boundary, pixelTensor]);
      // The one that is left is the sum.
      expect(tf.memory().numTensors).toBe(before + 1);
    });
  }
}

test('layers of other kinds run in the tail where they have no weights', async () => {
  await tf.setBackend('cpu');
  const x = tfl.inputLayer({ inputShape: [9, 9, 3] }).output as SymbolicTensor;
  const first = tfl.conv2d({ name: 'first', filters: 4, kernelSize: 3, padding: 'same' }).apply(x);
  const wide = tfl.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(first);
  const left = tfl.activation({ activation: 'sigmoid' }).apply(wide);
  const right = tfl.conv2d({ filters: 4, kernelSize: 1 }).apply(wide);
  const both = tfl.concatenate().apply([left, right] as never);
  const pooled = tfl.globalAveragePooling2d({}).apply(both);
  const model = makeModel({ inputs: x, outputs: pooled as never });
  const pixels = tf.randomUniform([2, 9, 9, 3], -1, 1, 'float32', 3);
  const variables = model.trainableWeights.map((weight) => variableOf(weight.read()));
  const { grads } = tf.variableGrads(
    () => tf.sum<tf.Scalar>(model.apply(pixels) as tf.Tensor),
    variables,
  );
  const expected = variables.map(({ name }) => grads[name]!.dataSync());
  const { tail, frozen } = splitNetwork(model, 'first');
  const activations = tail.forward(frozen.run(pixels));
  const gradients = tail.backward(activations, tf.onesLike(activations.get(tail.output)!));
  gradients.forEach((gradient, i) => {
    expectClose(gradient.dataSync(), expected[i]!, tail.parameters[i]!.name);
  });
});

test('a dropout of the base gives back what it gets, forwards, backwards and frozen', async () => {
  await tf.setBackend('cpu');
  const x = tfl.inputLayer({ inputShape: [6, 6, 3] }).output as SymbolicTensor;
  const first = tfl.conv2d({ name: 'first', filters: 4, kernelSize: 3 }).apply(x);
  const dropped = tfl.dropout({ name: 'dropped', rate: 0.5 }).apply(first);
  const last = tfl.conv2d({ name: 'last', filters: 2, kernelSize: 1 }).apply(dropped);
  // The last one of all, too: nothing behind it may find its input gone.
  const output = tfl.dropout({ name: 'end', rate: 0.9 }).apply(last);
  const model = makeModel({ inputs: x, outputs: output as SymbolicTensor });
  const pixels = tf.randomUniform([2, 6, 6, 3], -1, 1, 'float32', 3);
  const variables = model.trainableWeights.map((weight) => variableOf(weight.read()));
  const { grads } = tf.variableGrads(
    () => tf.sum<tf.Scalar>(tf.square(model.apply(pixels, { training: false }) as tf.Tensor)),
    variables,
  );
  const expected = variables.map(({ name }) => grads[name]!.dataSync());
  const value = (model.predict(pixels) as tf.Tensor).dataSync();

  const { tail, frozen } = splitNetwork(model, 'first');
  const tensors = tf.memory().numTensors;
  const boundary = frozen.run(pixels);
  const activations = tail.forward(boundary);
  for (const [from, to] of [
    ['first', 'dropped'],
    ['last', 'end'],
  ] as const) {
    expect([...activations.get(to)!.dataSync()]).toEqual([...activations.get(from)!.dataSync()]);
  }
  expectClose(activations.get('end')!.dataSync(), value, 'forwards');
  const gradients = tail.backward(
    activations,
    tf.tidy(() => tf.mul(activations.get('end')!, 2)),
  );
  gradients.forEach((gradient, i) => {
    expectClose(gradient.dataSync(), expected[i]!, tail.parameters[i]!.name);
  });
  const inference = tail.freeze();
  const answer = inference.run(boundary);
  expectClose(answer.dataSync(), value, 'frozen');
  tf.dispose([...gradients, answer, boundary]);
  inference.dispose();
  expect(tf.memory().numTensors).toBe(tensors);
});

test('a layer that cannot learn is refused', async () => {
  await tf.setBackend('cpu');
  const x = tfl.inputLayer({ inputShape: [9, 9, 3] }).output as SymbolicTensor;
  const odd = tfl.separableConv2d({ name: 'odd', filters: 4, kernelSize: 3 }).apply(x);
  const model = makeModel({ inputs: x, outputs: odd as SymbolicTensor });
  expect(() => splitNetwork(model, 'odd')).toThrow(
    expect.objectContaining({ kind: 'base', cause: 'odd (SeparableConv2D)' }),
  );
});

test('stored parameters come back, folded into the whole network', async () => {
  await tf.setBackend('cpu');
  const from = 'block_2_depthwise';
  const { frozen, tail } = splitNetwork(await networkModel(smallNetwork()), from);
  for (const { variable } of tail.parameters) {
    variable.assign(tf.add(variable, tf.randomNormal(variable.shape, 0, 0.05, 'float32', 2)));
  }
  const pixels = input(photos());
  const run = (network: { run(x: tf.Tensor): tf.Tensor }, x: tf.Tensor) =>
    network.run(x).dataSync();
  const expected = run(tail.freeze(), frozen.run(pixels));
  const weights = await tailWeights(tail, new DeviceWatch());
  expect(weights[0]!.spec).toEqual({
    name: 'block_2_depthwise/depthwise_kernel',
    shape: [3, 3, 24, 1],
    dtype: 'float32',
  });
  expect(weights.map(({ spec }) => spec.name)).toEqual(tail.parameters.map(({ name }) => name));
  const bytes = new Map(weights.map(({ spec, values }) => [spec.name, values.slice().buffer]));
  const asked: string[] = [];
  const list = loadTail(await networkModel(smallNetwork()), from, (name) => {
    asked.push(name);
    return bytes.get(name);
  });
  const whole = frozenNetwork(list);
  expect(asked.sort()).toEqual([...bytes.keys()].sort());
  expectClose(run(whole, pixels), expected, 'whole');
});

test('a parameter that is missing, short or too long is damage, and no tensor is left', async () => {
  await tf.setBackend('cpu');
  const from = 'block_2_depthwise';
  const { frozen, tail } = splitNetwork(await networkModel(smallNetwork()), from);
  const sizes = new Map(tail.parameters.map(({ name, variable }) => [name, variable.size]));
  frozen.dispose();
  tail.dispose();
  // The first, one in the middle, and the last.
  const names = [...sizes.keys()];
  for (const damaged of [names[0]!, names[7]!, names.at(-1)!]) {
    const size = sizes.get(damaged)!;
    for (const length of [undefined, 0, 4 * size - 4, 4 * size + 4, 4 * size - 1]) {
      const tensors = tf.memory().numTensors;
      const model = await networkModel(smallNetwork());
      const stored = (name: string) => {
        if (name !== damaged) return new ArrayBuffer(4 * sizes.get(name)!);
        return length === undefined ? undefined : new ArrayBuffer(length);
      };
      expect(() => loadTail(model, from, stored)).toThrow(
        expect.objectContaining({ kind: 'damaged', cause: damaged }),
      );
      expect(tf.memory().numTensors).toBe(tensors);
    }
  }
});
