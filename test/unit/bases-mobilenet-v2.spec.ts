import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { makeDivisible, mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { hasSharedModels, SHARED_MODELS } from '../fixtures/shared-material.ts';

test('MobileNetV2 1.00 has the layers and parameters that Keras counts', () => {
  const { layers, parameters, featureLength } = mobileNetV2();
  expect(layers).toHaveLength(154);
  expect(parameters).toBe(2_257_984);
  expect(featureLength).toBe(1280);
});

test('fine-tuning from layer 100 trains the number of parameters that the tutorial states', () => {
  const fromLayer100 = mobileNetV2().layers.slice(100);
  const trainable = fromLayer100
    .flatMap(({ weights }) => weights)
    .filter(({ name }) => !name.includes('/moving_'))
    .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  expect(trainable + 1281).toBe(1_862_721);
});

test('alpha scales filters as in Keras, and spares the last convolution below 1', () => {
  expect(mobileNetV2({ alpha: 0.35, size: 224 }).parameters).toBe(410_208);
  expect(mobileNetV2({ alpha: 1.4 }).featureLength).toBe(1792);
  expect([1.5, 12, 33.6, 11.2].map((value) => makeDivisible(value, 8))).toEqual([8, 16, 32, 16]);
});

test('a stride pads as Keras does, by one side for even sizes and by both for odd ones', () => {
  const padding = (size: number) =>
    mobileNetV2({ size })
      .layers.filter(({ className }) => className === 'ZeroPadding2D')
      .map(({ config }) => JSON.stringify(config['padding']));
  const [one, both] = ['[[0,1],[0,1]]', '[[1,1],[1,1]]'];
  expect(padding(160)).toEqual([one, one, one, one]);
  expect(padding(150)).toEqual([both, one, both, one]); // 75, 38, 19, 10
});

interface KerasLayer {
  readonly name: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes: unknown;
}

interface KerasModel {
  readonly modelTopology: { readonly config: { readonly layers: readonly KerasLayer[] } };
  readonly weightsManifest: readonly {
    readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  }[];
}

for (const [folder, alpha, size] of [
  ['mobilenetv2_1.00_160', 1, 160],
  ['mobilenetv2_0.35_224', 0.35, 224],
] as const) {
  test(`it is the network of ${folder}, layer by layer`, async () => {
    test.skip(!hasSharedModels, 'the shared models are not here');
    const text = await readFile(join(SHARED_MODELS, folder, 'model.json'), 'utf8');
    const keras = JSON.parse(text) as KerasModel;
    const network = mobileNetV2({ alpha, size });
    const own = (network.topology as unknown as KerasModel['modelTopology']).config.layers;
    const theirs = keras.modelTopology.config.layers;
    expect(own.map(({ name }) => name)).toEqual(theirs.map(({ name }) => name));
    for (const [i, layer] of own.entries()) {
      expect(theirs[i]).toMatchObject(JSON.parse(JSON.stringify(layer)) as Record<string, unknown>);
    }
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    const weights = keras.weightsManifest[0]!.weights.map(({ name, shape }) => ({ name, shape }));
    expect([...network.weights].sort(byName)).toEqual(weights.sort(byName));
  });
}
