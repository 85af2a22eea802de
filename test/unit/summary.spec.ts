import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import {
  describeLayersModel,
  describeWholeModel,
} from '../../src/learning/model-files/describe-layers.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { summary } from '../../src/learning/model-files/summary.ts';
import { describeMobileNetV2 } from '../fixtures/describe-mobilenet-v2.ts';
import { sizeText, summaryText } from '../fixtures/summary-text.ts';

const network = mobileNetV2();

test('the base is 154 layers and 2,257,984 parameters, none of which learns', () => {
  const base = summary(describeMobileNetV2(network));
  expect(base.rows).toHaveLength(154);
  expect(base).toMatchObject({ total: 2_257_984, trainable: 0, nonTrainable: 2_257_984 });
  expect(base.rows[0]).toEqual({
    layer: 'input_1 (InputLayer)',
    outputShape: '[(None, 160, 160, 3)]',
    parameters: 0,
    connectedTo: [],
  });
  expect(base.rows[1]).toEqual({
    layer: 'Conv1 (Conv2D)',
    outputShape: '(None, 80, 80, 32)',
    parameters: 864,
    connectedTo: ['input_1[0][0]'],
  });
  expect(base.rows.find(({ layer }) => layer === 'block_2_add (Add)')!.connectedTo).toEqual([
    'block_1_project_BN[0][0]',
    'block_2_project_BN[0][0]',
  ]);
  expect(base.rows.at(-1)!.outputShape).toBe('(None, 5, 5, 1280)');
});

test('the whole model is the tutorial, frozen and unfrozen from layer 100', () => {
  const frozen = summary(describeWholeModel(describeMobileNetV2(network)));
  expect(frozen).toMatchObject({ total: 2_259_265, trainable: 1281, nonTrainable: 2_257_984 });
  expect(frozen.rows.map(({ layer, connectedTo }) => [layer, ...connectedTo])).toEqual([
    ['input_2 (InputLayer)'],
    ['data_augmentation (Sequential)', 'input_2[0][0]'],
    ['tf.math.truediv (TFOpLambda)', 'data_augmentation[0][0]'],
    ['tf.math.subtract (TFOpLambda)', 'tf.math.truediv[0][0]'],
    ['mobilenetv2_1.00_160 (Functional)', 'tf.math.subtract[0][0]'],
    ['global_average_pooling2d (GlobalAveragePooling2D)', 'mobilenetv2_1.00_160[0][0]'],
    ['dropout (Dropout)', 'global_average_pooling2d[0][0]'],
    ['dense (Dense)', 'dropout[0][0]'],
  ]);
  const tuned = summary(describeWholeModel(describeMobileNetV2(network, 100)));
  expect(tuned).toMatchObject({ total: 2_259_265, trainable: 1_862_721 });
});

test('of batch normalisation gamma and beta learn, the moving statistics do not', () => {
  const layers = describeMobileNetV2(network, 0);
  expect(layers.find(({ name }) => name === 'bn_Conv1')!.parameters).toEqual({
    trainable: 64,
    nonTrainable: 64,
  });
});

test('as text it is what Keras prints', () => {
  const text = summaryText(summary(describeWholeModel(describeMobileNetV2(network))), 'model', {
    connections: false,
  });
  expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
    'Model: "model"',
    '_'.repeat(65),
    ' Layer (type)                Output Shape              Param #',
    '='.repeat(65),
    ' input_2 (InputLayer)        [(None, 160, 160, 3)]     0',
    '',
    ' data_augmentation (Sequent  (None, 160, 160, 3)       0',
    ' ial)',
    '',
    ' tf.math.truediv (TFOpLambd  (None, 160, 160, 3)       0',
    ' a)',
    '',
    ' tf.math.subtract (TFOpLamb  (None, 160, 160, 3)       0',
    ' da)',
    '',
    ' mobilenetv2_1.00_160 (Func  (None, 5, 5, 1280)        2,257,984',
    ' tional)',
    '',
    ' global_average_pooling2d (  (None, 1280)              0',
    ' GlobalAveragePooling2D)',
    '',
    ' dropout (Dropout)           (None, 1280)              0',
    '',
    ' dense (Dense)               (None, 1)                 1,281',
    '',
    '='.repeat(65),
    'Total params: 2,259,265 (8.62 MB)',
    'Trainable params: 1,281 (5.00 KB)',
    'Non-trainable params: 2,257,984 (8.61 MB)',
    '_'.repeat(65),
  ]);
});

test('a layer that adds names both that it reads, one a line', () => {
  const lines = summaryText(summary(describeMobileNetV2(network)), 'base').split('\n');
  const add = lines.findIndex((line) => line.includes('block_2_add (Add)'));
  expect(lines[add]).toContain("['block_1_project_BN[0][0]',");
  expect(lines[add + 1]!.trim()).toBe("'block_2_project_BN[0][0]']");
  expect(Math.max(...lines.map((line) => line.length))).toBe(98);
  expect(sizeText(0)).toBe('0.00 Byte');
});

test('other bases: three classes, another range, a feature vector', () => {
  const vector = [
    {
      name: 'in',
      className: 'InputLayer',
      outputShape: [null, 96, 96, 3],
      parameters: { trainable: 0, nonTrainable: 0 },
      inputs: [],
    },
    {
      name: 'features',
      className: 'Dense',
      outputShape: [null, 10],
      parameters: { trainable: 0, nonTrainable: 7 },
      inputs: ['in'],
    },
  ];
  const whole = summary(
    describeWholeModel(vector, { baseName: 'any', inputRange: [0, 1], outputs: 3 }),
  );
  expect(whole.rows.map(({ layer }) => layer.split(' ')[0])).toEqual([
    'input_2',
    'data_augmentation',
    'tf.math.truediv',
    'any',
    'dropout',
    'dense',
  ]);
  expect(whole).toMatchObject({ trainable: 33, nonTrainable: 7 });
});

test('a head that reads an earlier layer too has the mean of both', () => {
  const base = describeMobileNetV2(mobileNetV2({ alpha: 1, size: 160 }));
  const further = { layer: 'block_3_project_BN', length: 32, scale: 1.25 };
  const { rows, trainable } = summary(describeWholeModel(base, { baseName: 'base', further }));
  expect(
    rows.slice(-6).map(({ layer, outputShape, connectedTo }) => [layer, outputShape, connectedTo]),
  ).toEqual([
    ['global_average_pooling2d (GlobalAveragePooling2D)', '(None, 1280)', ['base[0][0]']],
    [
      'global_average_pooling2d_1 (GlobalAveragePooling2D)',
      '(None, 32)',
      ['base/block_3_project_BN[0][0]'],
    ],
    ['rescaling (Rescaling)', '(None, 32)', ['global_average_pooling2d_1[0][0]']],
    [
      'concatenate (Concatenate)',
      '(None, 1312)',
      ['global_average_pooling2d[0][0]', 'rescaling[0][0]'],
    ],
    ['dropout (Dropout)', '(None, 1312)', ['concatenate[0][0]']],
    ['dense (Dense)', '(None, 1)', ['dropout[0][0]']],
  ]);
  expect(trainable).toBe(1313);
});

test('a LayersModel describes itself as the plain data does, trainability included', async () => {
  await tf.setBackend('cpu');
  const tiny = mobileNetV2({ alpha: 0.125, divisor: 4, size: 33, lastFilters: 32 });
  const specs = tiny.weights.map(({ name, shape }) => ({
    name,
    shape: [...shape],
    dtype: 'float32' as const,
  }));
  const model = await loadLayersModel(
    tf.io.fromMemory({
      modelTopology: tiny.topology,
      weightSpecs: specs,
      weightData: new ArrayBuffer(4 * tiny.parameters),
    }),
  );
  for (const trainableFrom of [100, Infinity]) {
    model.layers.forEach((layer, index) => (layer.trainable = index >= trainableFrom));
    expect(describeLayersModel(model)).toEqual(describeMobileNetV2(tiny, trainableFrom));
  }
  model.dispose();
});
