import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import {
  layers as tfl,
  model as makeModel,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { findCut, fineTuneFrom } from '../../src/learning/model-files/find-cut.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { splitNetwork } from '../../src/learning/fine-tune/split-network.ts';
import { expectClose, networkModel, smallNetwork } from '../fixtures/fine-tune-checks.ts';
import { KERAS_NETWORKS, randomPictures } from '../fixtures/keras-networks.ts';

test.beforeEach(() => tf.setBackend('cpu'));

/** Those that end in a squeeze-and-excite within a shortcut, or in a layer that cannot learn. */
const FROZEN_ONLY = [
  'MobileNetV3',
  'EfficientNet',
  'NASNet',
  'layers that are called twice',
  'a model within, called twice',
  'a batch normalisation over rows',
  'a convolution alone, at the end',
];

for (const [name, build] of Object.entries(KERAS_NETWORKS)) {
  test(`${name}: what is offered for fine-tuning can be split, at each layer, and gives the same`, () => {
    const model = build();
    const from = fineTuneFrom(model);
    expect(from === undefined).toBe(FROZEN_ONLY.includes(name));
    const first = model.layers.findIndex((layer) => layer.name === from);
    for (const [place, layer] of model.layers.entries()) {
      if (layer.weights.length === 0) continue;
      const attempt = () => findCut(model, layer.name).from;
      if (from !== undefined && place >= first) expect(attempt()).toBe(place);
      else expect(attempt).toThrow(expect.objectContaining({ kind: 'base' }));
    }
    if (from === undefined) return;
    const pixels = randomPictures(model.inputs[0]!.shape[1]!);
    const expected = (model.predict(pixels) as tf.Tensor).dataSync();
    const { frozen, tail } = splitNetwork(model, from);
    const activations = tail.forward(frozen.run(pixels));
    expectClose(activations.get(tail.output)!.dataSync(), expected, name);
    expect(tail.trainableParameters).toBeGreaterThan(0);
  });
}

/** EfficientNet's B1: its last block has a shortcut around its squeeze-and-excite. */
function withTop(block: LayersModel): LayersModel {
  const top = tfl.conv2d({ name: 'top_conv', filters: 6, kernelSize: 1, useBias: false });
  const output = tfl.batchNormalization({ name: 'top_bn' }).apply(top.apply(block.outputs[0]!));
  return makeModel({ inputs: block.inputs, outputs: output as SymbolicTensor });
}

test('behind a block that cannot be cut through, fine-tuning begins at the next layer', () => {
  const model = withTop(KERAS_NETWORKS['EfficientNet']!());
  expect(fineTuneFrom(model)).toBe('top_conv');
  const { index, boundary } = findCut(model, 'top_conv');
  expect(model.layers[index]!.name).toBe('top_conv');
  expect(boundary.getClassName()).toBe('Add');
  const projection = model.layers.filter(({ weights }) => weights.length === 2).at(-1)!;
  expect(() => findCut(model, projection.name)).toThrow(expect.objectContaining({ kind: 'base' }));
});

test('all of MobileNetV2 can be fine-tuned, as its spec states', async () => {
  const network = smallNetwork();
  expect(fineTuneFrom(await networkModel(network))).toBe(network.fineTuneFrom);
  expect(mobileNetV2().fineTuneFrom).toBe(network.fineTuneFrom);
});

test('a model that cannot be split is disposed', async () => {
  for (const from of ['nowhere', 0, 1000]) {
    const before = tf.memory().numTensors;
    const model = await networkModel(smallNetwork());
    expect(() => splitNetwork(model, from)).toThrow(expect.objectContaining({ kind: 'base' }));
    expect(tf.memory().numTensors).toBe(before);
  }
});
