import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { classProbabilities } from '../../src/learning/evaluate/probabilities.ts';
import { normalizeTopology } from '../../src/learning/model-files/keras/normalize-topology.ts';
import '../../src/learning/model-files/keras/extra-layers.ts';
import { readAnyModel } from '../../src/learning/model-files/read-any-model.ts';
import type { ReadModel } from '../../src/learning/model-files/read-model.ts';
import { weightsByLayer } from '../../src/learning/model-files/weights-by-layer.ts';
import { forClasses } from '../../src/learning/training/starting-head.ts';
import { artifactsOf, outputOf } from '../fixtures/base-features.ts';
import {
  chain,
  conv,
  keras2,
  modelFiles,
  norm,
  plain,
  relu6,
  sequential,
  type PlainLayer,
} from '../fixtures/keras-topology.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const SIZE = 16;
const body = [conv('conv', 4, { strides: [2, 2] }), relu6('map')];
const pool = plain('GlobalAveragePooling2D', 'pool');
const dense = (units: number, activation: string, name = 'top') =>
  plain('Dense', name, { units, activation });

/** Classifiers, the features that their base has, and whether these are averages of its map. */
const CLASSIFIERS: Readonly<
  Record<string, { layers: readonly PlainLayer[]; classes: number; last: string; length: number }>
> = {
  'softmax on averages': {
    layers: [...body, pool, plain('Dropout', 'drop', { rate: 0.2 }), dense(3, 'softmax')],
    classes: 3,
    last: 'map',
    length: 4,
  },
  'one sigmoid': {
    layers: [...body, pool, dense(1, 'sigmoid')],
    classes: 2,
    last: 'map',
    length: 4,
  },
  'one logit, as in the tutorial': {
    layers: [
      ...body,
      pool,
      dense(1, 'linear'),
      plain('Activation', 'end', { activation: 'sigmoid' }),
    ],
    classes: 2,
    last: 'map',
    length: 4,
  },
  'softmax of two, in a layer of its own': {
    layers: [...body, pool, dense(2, 'linear'), plain('Softmax', 'end')],
    classes: 2,
    last: 'map',
    length: 4,
  },
  'a pool of the whole map and a batch normalisation': {
    layers: [
      ...body,
      plain('AveragePooling2D', 'pool', { pool_size: [8, 8] }),
      plain('Flatten', 'flat'),
      norm('bn', { axis: [1] }),
      dense(4, 'softmax'),
    ],
    classes: 4,
    last: 'map',
    length: 4,
  },
  'a 1x1 convolution, as MobileNet': {
    layers: [
      ...body,
      pool,
      plain('Reshape', 'reshape', { target_shape: [1, 1, 4] }),
      conv('preds', 3, { kernel_size: [1, 1] }),
      plain('Reshape', 'again', { target_shape: [3] }),
      plain('Activation', 'end', { activation: 'softmax' }),
    ],
    classes: 3,
    last: 'map',
    length: 4,
  },
  'a hidden layer, as Teachable Machine': {
    layers: [...body, pool, dense(6, 'relu', 'hidden'), dense(3, 'softmax')],
    classes: 3,
    last: 'hidden',
    length: 6,
  },
  'a flattened map': {
    layers: [...body, plain('Flatten', 'flat'), dense(2, 'softmax')],
    classes: 2,
    last: 'flat',
    length: 256,
  },
  'the largest values of the map': {
    layers: [...body, plain('GlobalMaxPooling2D', 'pool'), dense(3, 'softmax')],
    classes: 3,
    last: 'pool',
    length: 4,
  },
};

function read(files: ReadonlyMap<string, Uint8Array>, asClassifier = true): Promise<ReadModel> {
  const list = Array.from(files, ([path, bytes]) => new File([new Uint8Array(bytes)], path));
  return readAnyModel({ files: list }, { asClassifier });
}

/** The answer of the whole network, as TensorFlow.js computes it. */
async function wholeAnswer(files: ReadonlyMap<string, Uint8Array>): Promise<number[]> {
  const artifacts = artifactsOf(files);
  const modelTopology = normalizeTopology(artifacts.modelTopology);
  const model = await loadLayersModel(tf.io.fromMemory({ modelTopology }));
  const bytes = tf.io.CompositeArrayBuffer.join(artifacts.weightData);
  model.loadWeights(weightsByLayer(model, tf.io.decodeWeights(bytes, artifacts.weightSpecs!)));
  const input = tf.randomUniform([1, SIZE, SIZE, 3], -1, 1, 'float32', 7);
  const output = [...(model.predict(input) as tf.Tensor).dataSync()];
  return output.length === 1 ? [1 - output[0]!, output[0]!] : output;
}

for (const [what, { layers, classes, last, length }] of Object.entries(CLASSIFIERS)) {
  for (const stored of ['float32', 'uint8'] as const) {
    test(`base and head answer as the whole network, ${stored}: ${what}`, async () => {
      const files = await modelFiles(keras2(chain(SIZE, ...layers)), { stored });
      const model = await read(files);
      expect(model.classifier).toMatchObject({ classes });
      const { kernel, bias } = model.classifier!.head;
      const { shape, values } = await outputOf(model.files, SIZE);
      const features = averages(shape, values);
      expect(features).toHaveLength(length);
      const outputs = bias.length;
      const logits = Array.from(bias, (start, output) =>
        features.reduce((sum, value, i) => sum + value * kernel[i * outputs + output]!, start),
      );
      const answer = classProbabilities(logits, 1);
      const expected = await wholeAnswer(files);
      expect(answer).toHaveLength(expected.length);
      answer.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 5);
      });
      // Without its classes, the base ends where class activation maps can be had.
      expect((await read(files, false)).classifier).toBeUndefined();
      const names = JSON.stringify(model.json.topology);
      expect(names).toContain(`"${last}"`);
    });
  }
}

function averages(shape: readonly number[], values: Float32Array): number[] {
  const channels = shape.at(-1)!;
  const sums = Array.from({ length: channels }, () => 0);
  values.forEach((value, i) => (sums[i % channels]! += value));
  return sums.map((sum) => (sum * channels) / values.length);
}

test('a Sequential network within another, as Teachable Machine saves it', async () => {
  const inner = sequential(chain(SIZE, ...body, pool));
  const head = sequential([
    { name: 'in', kind: 'InputLayer', config: { batch_input_shape: [null, 4] } },
    dense(5, 'relu', 'hidden'),
    dense(2, 'softmax'),
  ]);
  const topology = {
    class_name: 'Sequential',
    config: { name: 'whole', layers: [named(inner, 'inner'), named(head, 'head')] },
  };
  const model = await read(await modelFiles(topology));
  expect(model.classifier).toMatchObject({ classes: 2 });
  expect(model.classifier!.head.kernel).toHaveLength(5);
});

function named(model: ReturnType<typeof sequential>, name: string) {
  return { ...model, config: { ...(model.config as object), name } };
}

test('what is no classifier of the app stays a base, and why is stated', async () => {
  const fault = async (...top: readonly PlainLayer[]) => {
    const files = await modelFiles(keras2(chain(SIZE, ...body, ...top)));
    const model = await read(files);
    expect(model.classifier).toBeUndefined();
    expect(model.files.get('model.json')).toEqual(files.get('model.json'));
    return model.fault;
  };
  expect(await fault(pool, dense(9, 'softmax'))).toEqual({ kind: 'classes', count: 9 });
  expect(await fault(pool, dense(3, 'relu'))).toEqual({ kind: 'form' });
  expect(await fault(pool, dense(1, 'softmax'))).toEqual({ kind: 'form' });
  expect(await fault()).toBeUndefined();
  const wide = [conv('wide', 80), plain('Flatten', 'flat'), dense(2, 'softmax')];
  expect(await fault(...wide)).toEqual({ kind: 'features', count: 5120 });
});

test('a head for other classes: another order, new ones, and a single logit', () => {
  const one = Float32Array.of(2, -3);
  expect([...forClasses(one, 2, ['a', 'b'], ['b', 'a'])]).toEqual([-2, 3]);
  expect([...forClasses(one, 2, ['a', 'b'], ['a', 'new', 'b'])]).toEqual([0, 0, 2, 0, 0, -3]);
  const three = Float32Array.of(1, 2, 3);
  expect([...forClasses(three, 1, ['a', 'b', 'c'], ['c', 'a', 'b'])]).toEqual([3, 1, 2]);
});
