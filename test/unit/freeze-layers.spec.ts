import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { freezeLayers } from '../../src/learning/network/build-frozen-network.ts';
import { frozenList } from '../../src/learning/network/frozen-list.ts';
import { runFrozen } from '../../src/learning/network/load-with-tensors.ts';
import { TENSORS_ONLY } from '../../src/learning/network/network.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';
import { KERAS_NETWORKS } from '../fixtures/keras-networks.ts';
import { allowRelaxedSimd } from '../fixtures/relaxed-wasm.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Batch normalisation whose four vectors are anything but neutral. */
function wildBatchNorm(): tfl.layers.Layer {
  return tfl.layers.batchNormalization({
    epsilon: 1e-3,
    betaInitializer: 'randomNormal',
    gammaInitializer: 'randomNormal',
    movingMeanInitializer: 'randomNormal',
    movingVarianceInitializer: tfl.initializers.randomUniform({ minval: 0.5, maxval: 2 }),
  });
}

/** Compares a model with its frozen form on one random batch, and gives the number of operations. */
function freezeAndCompare(model: tfl.LayersModel, size: number): number {
  const input = tf.randomUniform([2, size, size, 3], -1, 1, 'float32', 7);
  const expected = (model.predict(input) as tf.Tensor).dataSync();
  const before = tf.memory().numTensors;
  const weights = model.weights.length;
  const network = freezeLayers(model);
  const output = network.run(input);
  const differences = Array.from(output.dataSync(), (value, i) => Math.abs(value - expected[i]!));
  const difference = Math.max(...differences);
  expect(difference).toBeLessThan(1e-4);
  output.dispose();
  network.dispose();
  // Nothing of the model and nothing of the pass is left.
  expect(tf.memory().numTensors).toBe(before - weights);
  input.dispose();
  return network.length;
}

test('a block of MobileNetV2 becomes an operation a convolution, and the shortcut', () => {
  const input = tfl.input({ shape: [32, 32, 3] });
  const conv = (filters: number, x: tfl.SymbolicTensor) =>
    wildBatchNorm().apply(
      tfl.layers.conv2d({ filters, kernelSize: 1, useBias: false }).apply(x),
    ) as tfl.SymbolicTensor;
  const relu6 = (x: tfl.SymbolicTensor) =>
    tfl.layers.reLU({ maxValue: 6 }).apply(x) as tfl.SymbolicTensor;
  const depthwise = (strides: number, padding: 'same' | 'valid', x: tfl.SymbolicTensor) =>
    relu6(
      wildBatchNorm().apply(
        tfl.layers.depthwiseConv2d({ kernelSize: 3, strides, padding, useBias: false }).apply(x),
      ) as tfl.SymbolicTensor,
    );
  const stem = relu6(conv(8, input));
  const padded = tfl.layers
    .zeroPadding2d({
      padding: [
        [0, 1],
        [0, 1],
      ],
    })
    .apply(stem) as tfl.SymbolicTensor;
  const down = conv(6, depthwise(2, 'valid', padded));
  const up = conv(6, depthwise(1, 'same', relu6(conv(36, down))));
  const sum = tfl.layers.add().apply([down, up]) as tfl.SymbolicTensor;
  const model = tfl.model({ inputs: input, outputs: sum });
  expect(freezeAndCompare(model, 32)).toBe(7);
});

test('a padding that SAME would not make stays an operation of its own', () => {
  const model = tfl.sequential({
    layers: [
      tfl.layers.zeroPadding2d({
        padding: [
          [1, 0],
          [1, 0],
        ],
        inputShape: [16, 16, 3],
      }),
      tfl.layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'valid' }),
    ],
  });
  expect(freezeAndCompare(model, 16)).toBe(2);
});

test('activations that the fused kernels do not know are kept', () => {
  for (const activation of ['elu', 'tanh', 'sigmoid'] as const) {
    const model = tfl.sequential({
      layers: [
        tfl.layers.conv2d({ filters: 4, kernelSize: 3, activation, inputShape: [12, 12, 3] }),
        wildBatchNorm(),
        tfl.layers.conv2d({ filters: 4, kernelSize: 1, activation: 'relu' }),
        tfl.layers.activation({ activation }),
      ],
    });
    freezeAndCompare(model, 12);
  }
});

test('a batch normalisation whose input others read too is not folded away', () => {
  const input = tfl.input({ shape: [8, 8, 3] });
  const conv = tfl.layers.conv2d({ filters: 3, kernelSize: 1 }).apply(input) as tfl.SymbolicTensor;
  const norm = wildBatchNorm().apply(conv) as tfl.SymbolicTensor;
  const sum = tfl.layers.add().apply([conv, norm]) as tfl.SymbolicTensor;
  freezeAndCompare(tfl.model({ inputs: input, outputs: sum }), 8);
});

for (const backend of ['cpu', 'wasm']) {
  test.describe(`on ${backend}`, () => {
    test.beforeAll(async () => {
      allowRelaxedSimd();
      startWasm();
      await tf.setBackend(backend);
    });
    test.afterAll(async () => {
      await tf.setBackend('cpu');
    });
    for (const [name, make] of Object.entries(KERAS_NETWORKS)) {
      test(`frozen, ${name} gives what it gave`, () => {
        const model = make();
        freezeAndCompare(model, model.inputs[0]!.shape[1]!);
      });
    }
  });
}

test('in blocks of Keras Applications what can join a convolution does', () => {
  const operations = (name: string) => freezeLayers(KERAS_NETWORKS[name]!()).length;
  expect(operations('ResNet50')).toBe(15);
  expect(operations('InceptionV3')).toBe(11);
  expect(operations('MobileNet')).toBe(4);
  expect(operations('MobileNetV2')).toBe(4);
});

test('a warm-up on a device that failed is none, and nothing of it is left', async () => {
  await tf.setBackend('cpu');
  const list = frozenList(KERAS_NETWORKS['MobileNetV2']!());
  const network = await runFrozen(list, { inputRange: [-1, 1] }, 32, TENSORS_ONLY);
  const before = tf.memory().numTensors;
  const black = { rgba: new Uint8ClampedArray(32 * 32 * 4), flip: false };
  const input = { size: 32, pictures: [black] };
  const fractions: number[] = [];
  const warmUp = (watch: DeviceWatch) =>
    network.warmUp(input, watch, (fraction) => {
      fractions.push(fraction);
    });
  await warmUp(new DeviceWatch());
  expect(fractions.at(-1)).toBe(1);
  const failed = new DeviceWatch();
  failed.fail('Taken away.');
  await expect(warmUp(failed)).rejects.toMatchObject({ kind: 'gpu' });
  expect(tf.memory().numTensors).toBe(before);
  network.dispose();
});
