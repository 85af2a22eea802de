import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { normalizeTopology } from '../../src/learning/model-files/keras/normalize-topology.ts';
import { outputOf } from '../fixtures/base-features.ts';
import { expectClose } from '../fixtures/fine-tune-checks.ts';
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
  type PlainLayer,
} from '../fixtures/keras-topology.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const layersOf = (topology: unknown) => normalizeTopology(topology).config.layers;

/** Two ways to write one model, with the same weights, give the same features. */
async function expectSame(one: unknown, other: unknown, size = 16): Promise<void> {
  const [expected, found] = [await modelFiles(one), await modelFiles(other)];
  const before = tf.memory().numTensors;
  const { shape, values } = await outputOf(expected, size);
  const again = await outputOf(found, size);
  expect(again.shape).toEqual(shape);
  expectClose(again.values, values, 'features');
  expect(values.some((value) => value !== 0)).toBe(true);
  expect(tf.memory().numTensors).toBe(before);
}

const SAME: Readonly<Record<string, unknown>> = {
  'in a model_config': {
    keras_version: '2.2.4',
    backend: 'tensorflow',
    model_config: { ...keras2(classifier()), class_name: 'Model' },
  },
  'in a model_config that is text': { model_config: JSON.stringify(keras2(classifier())) },
  'of Keras 3': keras3(classifier()),
  'as a Sequential': sequential(classifier()),
  'as a Sequential of Keras 2.0': sequential(classifier(), true),
};

for (const [name, topology] of Object.entries(SAME)) {
  test(`a model ${name} is the same model`, () => expectSame(keras2(classifier()), topology));
}

test('ReLU6 in any of its forms is ReLU6', async () => {
  const model = (third: PlainLayer) => keras2(chain(16, conv('conv', 4), norm('bn'), third));
  const lambda = { function: 'relu6', function_type: 'function' };
  const custom = { class_name: 'function', config: 'relu6', registered_name: 'relu6' };
  for (const third of [
    plain('Activation', 'r', { activation: 'relu6' }),
    plain('Activation', 'r', { activation: custom }),
    plain('Lambda', 'r', lambda),
    plain('ReLU', 'r', { max_value: [6] }),
    plain('relu6', 'r'),
  ]) {
    await expectSame(model(relu6('r')), model(third));
  }
});

test('what only training knows is left out, whatever it is', () => {
  const [, first, second] = layersOf(
    keras2(
      chain(
        16,
        plain('StochasticDepth', 'drop', { survival_probability: 0.8 }),
        conv('conv', 4, { bias_constraint: { class_name: 'Mine', config: {} } }),
      ),
    ),
  );
  expect(first).toMatchObject({ class_name: 'Activation', config: { activation: 'linear' } });
  expect(second!.config).not.toHaveProperty('kernel_regularizer');
  expect(second!.config).not.toHaveProperty('bias_constraint');
  expect(second!.config['kernel_initializer']).toMatchObject({ class_name: 'Zeros' });
});

test('paddings, axes, types and shapes are written as TF.js reads them', () => {
  const half = { class_name: 'Policy', config: { name: 'mixed_float16' } };
  const [input, pad, wide, bn] = layersOf(
    keras3(
      chain(
        16,
        plain('ZeroPadding2D', 'pad', { padding: 1, dtype: half }),
        plain('ZeroPadding2D', 'wide', { padding: [1, [2, 3]] }),
        norm('bn', { axis: [3] }),
      ),
    ),
  );
  expect(input!.config).toMatchObject({ batch_input_shape: [null, 16, 16, 3], dtype: 'float32' });
  expect(pad!.config).toMatchObject({
    dtype: 'float32',
    padding: [
      [1, 1],
      [1, 1],
    ],
  });
  expect(wide!.config['padding']).toEqual([
    [1, 1],
    [2, 3],
  ]);
  expect(bn!.config['axis']).toBe(3);
});

/** Hard swish as the three versions of Keras that have MobileNetV3 write it. */
test('arithmetic between layers becomes layers: hard swish', async () => {
  const ordinary = chain(
    16,
    conv('conv', 4),
    plain('Rescaling', 'plus', { scale: 1, offset: 3 }),
    relu6('six'),
    plain('Rescaling', 'sixth', { scale: 1 / 6 }),
    { ...plain('Multiply', 'out'), reads: ['conv', 'sixth'] },
  );
  const asKeras2 = keras2(ordinary);
  const lambdas: Record<string, object> = {
    plus: {
      class_name: 'TFOpLambda',
      config: { name: 'plus', function: '__operators__.add' },
      inbound_nodes: [['conv', 0, 0, { y: 3.0, name: null }]],
    },
    sixth: {
      class_name: 'TFOpLambda',
      config: { name: 'sixth', function: 'math.multiply' },
      inbound_nodes: [['six', 0, 0, { y: 1 / 6, name: null }]],
    },
    out: {
      class_name: 'TFOpLambda',
      config: { name: 'out', function: 'math.multiply' },
      inbound_nodes: [['conv', 0, 0, { y: ['sixth', 0, 0], name: null }]],
    },
  };
  const operations: Record<string, object> = {
    plus: {
      class_name: 'TensorFlowOpLayer',
      config: { name: 'plus', node_def: { op: 'AddV2' }, constants: { 1: 3.0 } },
    },
    sixth: {
      class_name: 'TensorFlowOpLayer',
      config: { name: 'sixth', node_def: JSON.stringify({ op: 'Mul' }), constants: { 1: 1 / 6 } },
    },
  };
  const tensor = (from: string) => ({ config: { keras_history: [from, 0, 0] } });
  const keras3Operations: Record<string, object> = {
    plus: {
      module: 'keras.src.ops.numpy',
      class_name: 'Add',
      config: { name: 'plus' },
      inbound_nodes: [{ args: [tensor('conv'), 3.0], kwargs: {} }],
    },
    sixth: {
      module: 'keras.src.ops.numpy',
      class_name: 'Multiply',
      config: { name: 'sixth' },
      inbound_nodes: [{ args: [tensor('six'), 1 / 6], kwargs: {} }],
    },
  };
  for (const replaced of [lambdas, operations, keras3Operations]) {
    const { config } = structuredClone(asKeras2);
    config.layers = config.layers.map((layer) => ({ ...layer, ...replaced[layer.name] }));
    await expectSame(asKeras2, { class_name: 'Functional', config });
  }
  const swish = (name: string) =>
    keras2(chain(16, conv('conv', 4), plain('Activation', 'out', { activation: name })));
  await expectSame(asKeras2, swish('hard_swish'));
  await expectSame(asKeras2, swish('hard_silu'));
  await expectSame(swish('swish'), swish('silu'));
});

test('a separable convolution is built, as Xception and NASNet have it', async () => {
  const config = { filters: 4, kernel_size: [3, 3], padding: 'same', use_bias: false };
  const given = { kernel_initializer: { class_name: 'Orthogonal', config: {} } };
  const files = await modelFiles(
    keras2(chain(8, plain('SeparableConv2D', 'sep', { ...config, ...given }))),
  );
  const { shape, values } = await outputOf(files, 8);
  expect(shape).toEqual([1, 8, 8, 4]);
  expect(values.some((value) => value !== 0)).toBe(true);
});

test('squeeze and excite with pooling that keeps its dimensions', () => {
  const block = (pool: readonly PlainLayer[]) =>
    keras2(
      chain(16, conv('conv', 4), ...pool, conv('gate', 4, { kernel_size: [1, 1] }), {
        ...plain('Multiply', 'out'),
        reads: ['conv', 'gate'],
      }),
    );
  return expectSame(
    block([
      plain('GlobalAveragePooling2D', 'pool'),
      plain('Reshape', 'shape', { target_shape: [1, 1, 4] }),
    ]),
    block([plain('GlobalAveragePooling2D', 'pool', { keepdims: true })]),
  );
});

test("a normalisation is Keras's, its count is not missed", async () => {
  const topology = keras2(chain(8, plain('Normalization', 'n', { axis: [3] })));
  const files = await modelFiles(topology, {
    edit: (name, values) => values.set(name.endsWith('mean') ? [1, 2, 3] : [4, 9, 0]),
  });
  const { values } = await outputOf(files, 8);
  const input = tf.randomUniform([1, 8, 8, 3], -1, 1, 'float32', 7);
  const pixels = input.dataSync();
  input.dispose();
  const deviations = [2, 3, 1e-7];
  const expected = Array.from(pixels, (x, i) => (x - ((i % 3) + 1)) / deviations[i % 3]!);
  expectClose(values, expected, 'normalised');
});

test('grouped convolutions filter each group on its own', async () => {
  const topology = keras2(
    chain(8, conv('wide', 4, { kernel_size: [1, 1] }), conv('grouped', 6, { groups: 2 })),
  );
  const files = await modelFiles(topology, {
    edit: (name, values) => {
      // The second half of the first convolution is zero: the grouped one's second half is its bias.
      if (name.startsWith('wide'))
        values.forEach((_, i) => {
          if (i % 4 >= 2) values[i] = 0;
        });
      if (name === 'grouped/bias') values.fill(0.25);
    },
  });
  const { shape, values } = await outputOf(files, 8);
  expect(shape).toEqual([1, 8, 8, 6]);
  expect(Array.from(values.slice(3, 6))).toEqual([0.25, 0.25, 0.25]);
  expect(values[0]).not.toBe(0.25);
});

test('models within models are laid open, as Teachable Machine nests them', async () => {
  const [input, ...layers] = classifier();
  const base = keras2([input!, ...layers.slice(0, 6)], 'base');
  const nested = {
    class_name: 'Sequential',
    config: {
      name: 'whole',
      layers: [
        {
          class_name: 'Sequential',
          config: {
            name: 'features',
            layers: [base, { class_name: 'GlobalAveragePooling2D', config: { name: 'pool' } }],
          },
        },
        {
          class_name: 'Sequential',
          config: {
            name: 'head',
            layers: [
              {
                class_name: 'Dense',
                config: { name: 'predictions', units: 5, batch_input_shape: [null, 6] },
              },
            ],
          },
        },
      ],
    },
  };
  expect(layersOf(nested).map(({ name }) => name)).toEqual([
    'features_input',
    ...layers.slice(0, 7).map(({ name }) => name),
    'predictions',
  ]);
  await expectSame(keras2(classifier()), nested);
});

test('a model that is called twice stays a layer', () => {
  const inner = keras2(chain(16, conv('c', 3), relu6('r')), 'inner');
  const outer = keras2(chain(16, plain('Add', 'sum')));
  const call = (from: string, node: number) => [[from, node, 0, {}]];
  outer.config.layers.splice(1, 0, {
    ...inner,
    name: 'inner',
    inbound_nodes: [call('input', 0), call('inner', 0)],
  } as never);
  outer.config.layers.at(-1)!.inbound_nodes = [
    [
      ['inner', 0, 0, {}],
      ['inner', 1, 0, {}],
    ],
  ];
  const names = layersOf(outer).map(({ class_name }) => class_name);
  expect(names).toEqual(['InputLayer', 'Model', 'Add']);
});

for (const [what, topology, message] of [
  ['nothing', undefined, 'no layers'],
  ['a layer that nobody knows', keras2(chain(8, plain('Mystery', 'm'))), 'the layer Mystery (“m”)'],
  ['Python code', keras2(chain(8, plain('Lambda', 'l', { function: ['4wEA'] }))), 'Python code'],
  [
    'an unknown operation',
    keras2(chain(8, plain('TFOpLambda', 'l', { function: 'linalg.inv' }))),
    'linalg.inv',
  ],
  [
    'a tensor that no layer makes',
    keras2(chain(8, { ...conv('c', 3), reads: ['ghost'] })),
    'read what no layer gives',
  ],
  [
    'a circle',
    keras2(
      chain(8, { ...plain('Add', 'a'), reads: ['input', 'b'] }, { ...conv('b', 3), reads: ['a'] }),
    ),
    'read what no layer gives',
  ],
  ['one name twice', keras2(chain(8, conv('c', 3), conv('c', 3))), 'two layers named “c”'],
  [
    'a dilated depthwise convolution',
    keras2(chain(8, plain('DepthwiseConv2D', 'd', { kernel_size: 3, dilation_rate: [2, 2] }))),
    'dilated',
  ],
  [
    'no size',
    { class_name: 'Sequential', config: [{ class_name: 'Flatten', config: { name: 'f' } }] },
    'no size of its input',
  ],
] as const) {
  test(`refused: ${what}`, () => {
    expect(() => normalizeTopology(topology)).toThrow(message);
  });
}
