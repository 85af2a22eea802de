import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { outputOf } from '../fixtures/base-features.ts';
import { expectClose } from '../fixtures/fine-tune-checks.ts';
import {
  chain,
  classifier,
  keras2,
  modelFiles,
  plain,
  type StoredAs,
} from '../fixtures/keras-topology.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const LARGEST: readonly (readonly [StoredAs, number])[] = [
  ['float16', 2e-3],
  ['uint16', 2e-3],
  ['uint8', 5e-2],
];

for (const [stored, allowed] of LARGEST) {
  test(`weights stored as ${stored} give nearly the features of float32`, async () => {
    const topology = keras2(classifier());
    const exact = await outputOf(await modelFiles(topology), 16);
    const found = await outputOf(await modelFiles(topology, { stored }), 16);
    const length = Math.hypot(...exact.values);
    const moved = Math.hypot(...exact.values.map((value, i) => value - found.values[i]!));
    expect(moved / length).toBeLessThan(allowed);
    expect(moved).toBeGreaterThan(0);
  });
}

test('weights in several files and groups are the same weights', async () => {
  const topology = keras2(classifier());
  const whole = await outputOf(await modelFiles(topology), 16);
  const parts = await modelFiles(topology, { shards: 3, groups: 2 });
  expect(parts.size).toBe(7);
  const { values } = await outputOf(parts, 16);
  expectClose(values, whole.values, 'features');
});

test('names of weights as other converters write them', async () => {
  const topology = keras2(classifier());
  const files = await modelFiles(topology);
  const whole = await outputOf(files, 16);
  const rename = (edit: (name: string) => string) => {
    const json = JSON.parse(new TextDecoder().decode(files.get('model.json'))) as {
      weightsManifest: { weights: { name: string }[] }[];
    };
    for (const weight of json.weightsManifest[0]!.weights) weight.name = edit(weight.name);
    return new Map([...files, ['model.json', new TextEncoder().encode(JSON.stringify(json))]]);
  };
  for (const edit of [
    (name: string) => `model/${name}`,
    (name: string) => `${name}:0`,
    (name: string) => name.replace('/', '/cell/'),
  ]) {
    const { values } = await outputOf(rename(edit), 16);
    expectClose(values, whole.values, 'features');
  }
  const lost = rename((name) => (name === 'conv1/kernel' ? 'other' : name));
  await expect(outputOf(lost, 16)).rejects.toMatchObject({
    cause: { message: '1 weights are not there: conv1/kernel' },
  });
});

test("Keras 3's name of a depthwise kernel is known", async () => {
  const topology = keras2(chain(8, plain('DepthwiseConv2D', 'dw', { kernel_size: [3, 3] })));
  const files = await modelFiles(topology);
  const whole = await outputOf(files, 8);
  const json = new TextDecoder().decode(files.get('model.json'));
  const renamed = new TextEncoder().encode(json.replace('dw/depthwise_kernel', 'dw/kernel'));
  const { values } = await outputOf(new Map([...files, ['model.json', renamed]]), 8);
  expectClose(values, whole.values, 'features');
});
