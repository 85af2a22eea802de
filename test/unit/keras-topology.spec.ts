import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { normalizeTopology } from '../../src/learning/model-files/keras/normalize-topology.ts';
import {
  chain,
  classifier,
  conv,
  keras2,
  keras3,
  norm,
  plain,
  relu6,
  sequential,
} from '../fixtures/keras-topology.ts';
import { expectSame } from '../fixtures/same-model.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const layersOf = (topology: unknown) => normalizeTopology(topology).config.layers;

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
