import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { graphFeatures } from '../../src/learning/model-files/cut-graph.ts';
import { outputOf } from '../fixtures/base-features.ts';

interface Node {
  readonly name: string;
  readonly op: string;
  readonly input?: string[];
}

/** A graph whose nodes each read the one before; a node named `op+weight` reads a constant too. */
function graph(...ops: readonly string[]): { node: Node[] } {
  const node: Node[] = [{ name: 'x', op: 'Placeholder' }];
  let before = 'x';
  for (const text of ops) {
    const [op, weight] = text.split('+');
    const name = op!.toLowerCase();
    if (weight) {
      node.push({ name: `${name}/${weight}`, op: 'Const' });
      node.push({ name: `${name}/read`, op: 'Identity', input: [`${name}/${weight}`] });
    }
    node.push({ name, op: op!, input: [before, ...(weight ? [`${name}/read`] : [])] });
    before = name;
  }
  return { node };
}

const ENDS: readonly (readonly [string, readonly string[], string | undefined])[] = [
  ['a feature map', ['Conv2D+w', 'Relu6'], undefined],
  ['a vector, as TensorFlow Hub gives it', ['Conv2D+w', 'Relu6', 'Mean+axes', 'Identity'], 'relu6'],
  ['a classifier', ['Conv2D+w', 'Relu', 'Mean+axes', 'MatMul+w', 'BiasAdd+b', 'Softmax'], 'relu'],
  [
    'a fused classifier behind a squeeze',
    ['Conv2D+w', 'Relu', 'AvgPool', 'Squeeze', '_FusedMatMul+w', 'Softmax'],
    'relu',
  ],
  [
    'a 1x1 convolution, as MobileNet',
    ['Conv2D+w', 'Relu6', 'AvgPool', '_FusedConv2D+w', 'Squeeze', 'Softmax'],
    'relu6',
  ],
  ['dense layers on a flattened map', ['Relu', 'MaxPool', 'Reshape+shape', 'MatMul+w'], 'maxpool'],
  ['a dense layer on a vector that is made otherwise', ['Conv2D+w', 'Max', 'MatMul+w'], 'max'],
  ['a pool that leaves a map', ['Conv2D+w', 'AvgPool'], undefined],
];

for (const [what, ops, expected] of ENDS) {
  test(`a GraphModel that ends in ${what}`, () => {
    const topology = graph(...ops);
    expect(graphFeatures(topology, `${topology.node.at(-1)!.name}:0`)).toBe(expected);
  });
}

test('a graph that goes in circles ends the search', () => {
  const node = [
    { name: 'a', op: 'Identity', input: ['b'] },
    { name: 'b', op: 'Identity', input: ['a'] },
  ];
  expect(graphFeatures({ node }, 'a')).toBeUndefined();
});

test('the features of a classifier are the map under its pooling, its weights stored as uint8', async () => {
  await tf.setBackend('cpu');
  const dim = (...sides: number[]) => ({ dim: sides.map((size) => ({ size: String(size) })) });
  const dtype = { dtype: { type: 'DT_FLOAT' } };
  const constant = (name: string, type: string, ...sides: number[]) => ({
    name,
    op: 'Const',
    attr: { dtype: { type }, value: { tensor: { dtype: type, tensorShape: dim(...sides) } } },
  });
  const float = { T: { type: 'DT_FLOAT' } };
  const node = [
    { name: 'x', op: 'Placeholder', attr: { ...dtype, shape: { shape: dim(-1, 16, 16, 3) } } },
    constant('scale', 'DT_FLOAT', 3),
    constant('axes', 'DT_INT32', 2),
    constant('top', 'DT_FLOAT', 3, 5),
    { name: 'map', op: 'Mul', input: ['x', 'scale'], attr: float },
    {
      name: 'pool',
      op: 'Mean',
      input: ['map', 'axes'],
      attr: { ...float, keep_dims: { b: false } },
    },
    { name: 'logits', op: 'MatMul', input: ['pool', 'top'], attr: float },
    { name: 'softmax', op: 'Softmax', input: ['logits'], attr: float },
  ];
  const quantization = { dtype: 'uint8', original_dtype: 'float32', min: 1, scale: 1 };
  const weights = [
    { name: 'scale', shape: [3], dtype: 'float32', quantization },
    { name: 'axes', shape: [2], dtype: 'int32' },
    { name: 'top', shape: [3, 5], dtype: 'float32', quantization },
  ];
  const json = {
    format: 'graph-model',
    modelTopology: { node, library: {}, versions: {} },
    weightsManifest: [{ paths: ['w.bin'], weights }],
  };
  const axes = new Uint8Array(Int32Array.of(1, 2).buffer);
  const files = new Map<string, Uint8Array>([
    ['model.json', Buffer.from(JSON.stringify(json))],
    ['w.bin', Buffer.concat([Uint8Array.of(0, 1, 2), axes, new Uint8Array(15)])],
  ]);
  const { shape, values } = await outputOf(files, 16, 'graph-model');
  expect(shape).toEqual([1, 16, 16, 3]);
  const input = tf.randomUniform([1, 16, 16, 3], -1, 1, 'float32', 7);
  const pixels = input.dataSync();
  input.dispose();
  // Red, green, blue times 1, 2, 3: what uint8 stands for.
  expect(values[0]).toBeCloseTo(pixels[0]!, 5);
  expect(values[1]).toBeCloseTo(2 * pixels[1]!, 5);
  expect(values[2]).toBeCloseTo(3 * pixels[2]!, 5);
});
