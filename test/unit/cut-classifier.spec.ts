import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayers } from '../../src/learning/model-files/load-layers.ts';
import { artifactsOf } from '../fixtures/base-features.ts';
import {
  chain,
  classifier,
  conv,
  keras2,
  modelFiles,
  norm,
  plain,
  relu6,
  type PlainLayer,
} from '../fixtures/keras-topology.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const pool = plain('GlobalAveragePooling2D', 'pool');
const dense = (name: string, units: number) => plain('Dense', name, { units });
const features = [conv('conv', 4, { strides: [2, 2] }), relu6('map')];

/** Where a network of these layers is cut, and what is left of it: no tensor more. */
async function cutOf(layers: readonly PlainLayer[], size = 16) {
  const files = await modelFiles(keras2(chain(size, ...layers)));
  const artifacts = artifactsOf(files);
  const before = tf.memory().numTensors;
  const model = await loadLayers(artifacts, size);
  const found = { last: model.layers.at(-1)!.name, shape: model.outputs[0]!.shape };
  for (const weight of model.weights) weight.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return found;
}

const CUTS: Readonly<Record<string, readonly PlainLayer[]>> = {
  'a pooled vector': [...features, pool],
  'a dense layer': [...features, pool, plain('Dropout', 'd', { rate: 0.2 }), dense('top', 5)],
  'two dense layers on a flattened map, as VGG': [
    ...features,
    plain('Flatten', 'flat'),
    dense('fc1', 8),
    dense('fc2', 5),
    plain('Activation', 'softmax', { activation: 'softmax' }),
  ],
  'a 1x1 convolution, as MobileNet': [
    ...features,
    pool,
    plain('Reshape', 'reshape_1', { target_shape: [1, 1, 4] }),
    plain('Dropout', 'd', { rate: 0.001 }),
    conv('conv_preds', 5, { kernel_size: [1, 1] }),
    plain('Reshape', 'reshape_2', { target_shape: [5] }),
    plain('Activation', 'softmax', { activation: 'softmax' }),
  ],
  'a pool of the whole map, as the first ResNet50': [
    ...features,
    plain('AveragePooling2D', 'avg', { pool_size: [8, 8] }),
    plain('Flatten', 'flat'),
    dense('fc', 5),
  ],
  'pooling that keeps its dimensions': [
    ...features,
    plain('GlobalAveragePooling2D', 'pool', { keepdims: true }),
    conv('top', 8, { kernel_size: [1, 1], activation: 'relu' }),
    plain('Flatten', 'flat'),
  ],
};

for (const [name, layers] of Object.entries(CUTS)) {
  test(`cut at its last feature map: ${name}`, async () => {
    expect(await cutOf(layers)).toEqual({ last: 'map', shape: [null, 8, 8, 4] });
  });
}

test('a network without a classifier stays as it is', async () => {
  expect((await cutOf(features)).last).toBe('map');
  // A map of one place is a map too: what a small picture leaves of a deep network.
  const small = [conv('a', 4, { strides: [2, 2] }), conv('b', 4, { strides: [2, 2] }), norm('bn')];
  expect(await cutOf(small, 4)).toEqual({ last: 'bn', shape: [null, 1, 1, 4] });
});

test('a classifier on a vector that is made otherwise is cut at the vector', async () => {
  const inner = keras2(chain(16, ...features, pool), 'inner');
  const outer = keras2(chain(16, dense('fc', 6), dense('top', 5)));
  // Called twice, so that it stays a layer.
  outer.config.layers.splice(1, 0, {
    ...inner,
    name: 'inner',
    inbound_nodes: [[['input', 0, 0, {}]], [['input', 0, 0, {}]]],
  } as never);
  outer.config.layers[2]!.inbound_nodes = [[['inner', 1, 0, {}]]];
  const model = await loadLayers(artifactsOf(await modelFiles(outer)), 16);
  expect(model.outputs[0]!.shape).toEqual([null, 4]);
  model.dispose();
});

test('the cut network needs its own weights only', async () => {
  const files = await modelFiles(keras2(classifier()));
  const model = await loadLayers(artifactsOf(files), 16);
  expect(model.layers.map(({ name }) => name)).toEqual([
    'input',
    'conv1',
    'bn1',
    'relu1',
    'conv2',
    'bn2',
    'relu2',
  ]);
  model.dispose();
});

test('a classifier that fits one size only is cut off before the network is built at another', async () => {
  const top = [
    plain('AveragePooling2D', 'avg', { pool_size: [8, 8] }),
    plain('Flatten', 'flat'),
    dense('fc', 5),
  ];
  const flattened = [plain('Flatten', 'flat'), dense('fc', 8), dense('top', 2)];
  for (const layers of [top, flattened]) {
    const artifacts = artifactsOf(
      await modelFiles(keras2(chain(16, ...features, ...layers)), { stored: 'uint8' }),
    );
    for (const size of [10, 16, 32]) {
      const model = await loadLayers(artifacts, size);
      expect(model.outputs[0]!.shape).toEqual([null, size / 2, size / 2, 4]);
      for (const weight of model.weights) weight.dispose();
    }
  }
});

test('a classifier of billions of numbers is cut off without being built', async () => {
  const files = await modelFiles(keras2(chain(16, ...features)));
  const json = JSON.parse(new TextDecoder().decode(files.get('model.json'))) as {
    modelTopology: unknown;
  };
  json.modelTopology = keras2(
    chain(16, ...features, plain('Flatten', 'flat'), dense('fc', 2 ** 24), dense('top', 2)),
  );
  files.set('model.json', new TextEncoder().encode(JSON.stringify(json)));
  const model = await loadLayers(artifactsOf(files), 16);
  expect(model.layers.at(-1)!.name).toBe('map');
  for (const weight of model.weights) weight.dispose();
});
