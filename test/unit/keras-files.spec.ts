import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { readAnyModel } from '../../src/learning/model-files/read-any-model.ts';
import type { ReadModel } from '../../src/learning/model-files/read-model.ts';
import { Problem } from '../../src/platform/problem.ts';
import { outputOf } from '../fixtures/base-features.ts';
import { kerasH5, kerasZip } from '../fixtures/keras-file.ts';
import {
  chain,
  classifier,
  conv,
  keras2,
  keras3,
  modelFiles,
  norm,
  plain,
  relu6,
  sequential,
} from '../fixtures/keras-topology.ts';
import { spoiltJson } from '../fixtures/spoilt-json.ts';
import { zipBytes } from '../fixtures/zip-bytes.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const LAYERS = chain(
  16,
  conv('conv1', 4, { strides: [2, 2], use_bias: false }),
  norm('bn1', { scale: false }),
  relu6('relu1'),
  plain('DepthwiseConv2D', 'depthwise', { kernel_size: [3, 3], padding: 'same' }),
  plain('SeparableConv2D', 'separable', { filters: 5, kernel_size: [3, 3], padding: 'same' }),
  norm('bn2'),
  plain('ReLU', 'relu2'),
);

function read(bytes: Uint8Array, name: string, asClassifier = true): Promise<ReadModel> {
  return readAnyModel({ files: [new File([new Uint8Array(bytes)], name)] }, { asClassifier });
}

const FORMATS: Readonly<Record<string, () => Promise<[Uint8Array, string]>>> = {
  'an .h5 file of Keras 2': async () => [await kerasH5(keras2(LAYERS)), 'net.h5'],
  'an .h5 file, Sequential': async () => [await kerasH5(sequential(LAYERS)), 'net.h5'],
  'a .keras file': async () => [await kerasZip(keras3(LAYERS)), 'net.keras'],
  'a .keras file without names of layers': async () => [
    await kerasZip(keras3(LAYERS), { named: false }),
    'net.keras',
  ],
  'an .h5 file under the name .keras': async () => [await kerasH5(keras2(LAYERS)), 'net.keras'],
  'a .keras file in a zip, with a folder': async () => [
    zipBytes([{ name: 'out/net.keras', bytes: await kerasZip(keras3(LAYERS)) }]),
    'all.zip',
  ],
};

for (const [what, make] of Object.entries(FORMATS)) {
  test(`${what} is the network that it was`, async () => {
    const model = await read(...(await make()));
    expect(model).toMatchObject({ name: 'net', format: 'layers-model' });
    expect([...model.files.keys()]).toEqual(['model.json', 'weights.bin']);
    const expected = await outputOf(await modelFiles(keras2(LAYERS)), 16);
    const got = await outputOf(model.files, 16);
    expect(got.shape).toEqual(expected.shape);
    const difference = got.values.map((value, i) => Math.abs(value - expected.values[i]!));
    expect(Math.max(...difference)).toBeLessThan(1e-6);
  });
}

test('only the weights of the body are read, and the classifier gives a head', async () => {
  const layers = classifier(16);
  for (const bytes of [await kerasH5(keras2(layers)), await kerasZip(keras3(layers))]) {
    const name = bytes[0] === 0x50 ? 'net.keras' : 'net.h5';
    const model = await read(bytes, name);
    expect(model.weights.map((weight) => weight.name)).not.toContain('predictions/kernel');
    expect(model.classifier).toMatchObject({ classes: 5 });
    expect(model.classifier!.head.kernel).toHaveLength(30);
    expect((await read(bytes, name, false)).classifier).toBeUndefined();
  }
});

test('class names lie beside an .h5 file, as Teachable Machine packs them, or in it', async () => {
  const bytes = await kerasH5(keras2(classifier(16)));
  const labels = new TextEncoder().encode('0 Fox\n1 Hare\n2 Owl\n3 Red deer\n4 Wolf\n');
  const zip = zipBytes([
    { name: 'keras_model.h5', bytes },
    { name: 'labels.txt', bytes: labels },
  ]);
  const names = ['Fox', 'Hare', 'Owl', 'Red deer', 'Wolf'];
  expect((await read(zip, 'converted_keras.zip')).labels).toEqual(names);
  const inside = await kerasH5(keras2(classifier(16)), {
    attributes: { class_names: JSON.stringify(names) },
  });
  expect((await read(inside, 'net.h5')).labels).toEqual(names);
});

const REFUSED: Readonly<
  Record<string, { make: () => Promise<[Uint8Array, string]>; says: string }>
> = {
  'weights alone': {
    make: async () => [await kerasH5(keras2(LAYERS), { config: null }), 'weights.h5'],
    says: 'holds weights alone',
  },
  'bytes after the signature of HDF5': {
    make: () =>
      Promise.resolve([Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10, 1, 2), 'a.h5']),
    says: 'is no Keras model that can be read',
  },
  'half a file': {
    make: async () => {
      const bytes = await kerasH5(keras2(LAYERS));
      return [bytes.slice(0, bytes.length / 2), 'net.h5'];
    },
    says: 'is no Keras model that can be read',
  },
  'a weight that is missing': {
    make: async () => [
      await kerasH5(keras2(LAYERS), {
        config: JSON.stringify(keras2(chain(16, conv('other', 4), ...LAYERS.slice(1)))),
      }),
      'net.h5',
    ],
    says: 'cannot be built',
  },
  'a prototype': {
    make: async () => [await kerasZip(keras3(LAYERS), { config: '{"__proto__": {}}' }), 'a.keras'],
    says: 'a name that no model has',
  },
  'a configuration that is nested without end': {
    make: async () => [await kerasZip(keras3(LAYERS), { config: '['.repeat(9_000) }), 'a.keras'],
    says: 'nested deeper',
  },
  'a circle': {
    make: async () => {
      const topology = keras2(LAYERS);
      topology.config.layers[1]!.inbound_nodes = [[['relu2', 0, 0, {}]]];
      const config = JSON.stringify(topology);
      return [await kerasH5(keras2(LAYERS), { config }), 'net.h5'];
    },
    says: 'cannot be built',
  },
  'one name twice': {
    make: async () => {
      const topology = keras2(LAYERS);
      topology.config.layers.push(topology.config.layers[1]!);
      const config = JSON.stringify(topology);
      return [await kerasH5(keras2(LAYERS), { config }), 'net.h5'];
    },
    says: 'cannot be built',
  },
};

for (const [what, { make, says }] of Object.entries(REFUSED)) {
  test(`refused: ${what}`, async () => {
    const before = tf.memory().numTensors;
    const thrown: unknown = await read(...(await make())).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({ kind: 'base', message: expect.stringContaining(says) });
    expect(tf.memory().numTensors).toBe(before);
  });
}

test('a file that ends anywhere, and a .keras file with any byte changed, give a problem in words', async () => {
  const h5 = { bytes: await kerasH5(keras2(LAYERS)), name: 'net.h5' };
  const keras = { bytes: await kerasZip(keras3(LAYERS)), name: 'net.keras' };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(h5, keras), fc.nat(), async ({ bytes, name }, cut) => {
      await expectModelOrProblem(bytes.slice(0, cut % bytes.length), name);
    }),
    { numRuns: 30, seed: 3 },
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const bytes = keras.bytes.slice();
      bytes[at % bytes.length]! ^= change;
      await expectModelOrProblem(bytes, keras.name);
    }),
    { numRuns: 30, seed: 4 },
  );
});

test('any spoilt configuration gives a model, or a problem in words', async () => {
  const [h5, zip] = [keras2(classifier(16)), keras3(classifier(16))];
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      spoiltJson([h5]),
      spoiltJson([zip]),
      async (isH5, one, other) => {
        const bytes = isH5
          ? await kerasH5(h5, { config: JSON.stringify(one) })
          : await kerasZip(zip, { config: JSON.stringify(other) });
        await expectModelOrProblem(bytes, isH5 ? 'net.h5' : 'net.keras');
      },
    ),
    { numRuns: 30, seed: 5 },
  );
});

async function expectModelOrProblem(bytes: Uint8Array, name: string): Promise<void> {
  const before = tf.memory().numTensors;
  const result = await read(bytes, name).catch((thrown: unknown) => thrown);
  if (result instanceof Problem) expect(result.kind).toBe('base');
  else expect((result as ReadModel).files.size).toBe(2);
  expect(tf.memory().numTensors).toBe(before);
}
