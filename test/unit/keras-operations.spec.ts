import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { outputOf } from '../fixtures/base-features.ts';
import { expectClose } from '../fixtures/fine-tune-checks.ts';
import {
  chain,
  conv,
  keras2,
  modelFiles,
  norm,
  plain,
  relu6,
  type PlainLayer,
} from '../fixtures/keras-topology.ts';
import { expectSame } from '../fixtures/same-model.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

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
