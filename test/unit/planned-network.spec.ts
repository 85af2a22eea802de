import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { goldenBatch } from '../../src/learning/network/golden-check.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { frozenList } from '../../src/learning/network/frozen-list.ts';
import { loadNetwork, runFrozen } from '../../src/learning/network/load-network.ts';
import { artifactsOf } from '../fixtures/base-features.ts';
import { makeTinyBase } from '../fixtures/base-tiny.ts';
import { expectClose, networkModel } from '../fixtures/fine-tune-checks.ts';
import { KERAS_NETWORKS } from '../fixtures/keras-networks.ts';
import { testOnRelaxedWasm } from '../fixtures/relaxed-wasm.ts';

testOnRelaxedWasm();

test('a MobileNetV2 runs as a plan: what TensorFlow.js gives, and no tensor is left', async () => {
  const before = tf.memory().numTensors;
  const network = async (plans: boolean) => {
    const model = await networkModel(mobileNetV2({ alpha: 0.35, size: 64 }));
    return runFrozen(frozenList(model), { inputRange: [-1, 1] }, 64, plans);
  };
  const planned = await network(true);
  // Its weights are in a memory of its own.
  expect(tf.memory().numTensors).toBe(before);
  const byTensorFlow = await network(false);
  expect('pooled' in byTensorFlow).toBe(false);
  // The second picture is the mirror image of the same one, to be mirrored.
  const batch = goldenBatch(64, 3);
  const [map, expected] = [planned.run(batch), byTensorFlow.run(batch)];
  const [features, pooled] = [planned.pooled!(batch), tf.mean(expected, [1, 2])];
  expectClose(map.dataSync(), expected.dataSync(), 'map');
  expectClose(features.dataSync(), pooled.dataSync(), 'features');
  tf.dispose([map, expected, features, pooled]);
  planned.dispose();
  byTensorFlow.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('what a plan cannot express runs by TensorFlow.js', async () => {
  // Convolutions of 3x3 within the network, and fewer channels than a panel has.
  for (const name of ['ResNet50', 'MobileNetV2']) {
    const model = KERAS_NETWORKS[name]!();
    const network = await runFrozen(frozenList(model), { inputRange: [-1, 1] }, 32, true);
    expect('pooled' in network).toBe(false);
    const output = network.run(goldenBatch(32, 1));
    expect(output.dataSync().every(Number.isFinite)).toBe(true);
    output.dispose();
    network.dispose();
  }
});

test('on another backend TensorFlow.js runs everything', async () => {
  await tf.setBackend('cpu');
  const { spec, files } = makeTinyBase({});
  const network = await loadNetwork(spec, await artifactsOf(files), 32, true);
  expect('pooled' in network).toBe(false);
  network.dispose();
  await tf.setBackend('wasm');
});
