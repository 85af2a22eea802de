import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describeWholeModel } from '../../src/learning/model-files/describe-layers.ts';
import { preprocess } from '../../src/learning/network/preprocess.ts';
import { guessMode, specOfMode } from '../../src/learning/model-files/preprocessing-mode.ts';
import type { PreprocessingMode } from '../../src/records/base-inspection.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** One pixel: red 0, green 128, blue 255. Figures by hand from Keras's `imagenet_utils`. */
const EXPECTED: Readonly<Record<PreprocessingMode, readonly number[]>> = {
  tf: [-1, 128 / 127.5 - 1, 1],
  tm: [-1, 128 / 127 - 1, 255 / 127 - 1],
  torch: [-0.485 / 0.229, (128 / 255 - 0.456) / 0.224, (1 - 0.406) / 0.225],
  caffe: [255 - 103.939, 128 - 116.779, -123.68],
  '0..1': [0, 128 / 255, 1],
  '0..255': [0, 128, 255],
};

for (const [mode, expected] of Object.entries(EXPECTED)) {
  test(`preprocessing ${mode}`, () => {
    const before = tf.memory().numTensors;
    const pixel = tf.tensor4d([0, 128, 255], [1, 1, 1, 3], 'int32');
    const output = preprocess(pixel, specOfMode(mode as PreprocessingMode));
    expect(output.dtype).toBe('float32');
    const values = output.dataSync();
    expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 4));
    tf.dispose([pixel, output]);
    expect(tf.memory().numTensors).toBe(before);
  });
}

test("the summary names the preprocessing's operations", () => {
  const layers = [
    {
      name: 'i',
      className: 'InputLayer',
      outputShape: [null, 8, 8, 3],
      inputs: [],
      parameters: { trainable: 0, nonTrainable: 0 },
    },
  ];
  const names = (mode: PreprocessingMode) =>
    describeWholeModel(layers, specOfMode(mode))
      .filter(({ className }) => className === 'TFOpLambda')
      .map(({ name }) => name);
  expect(names('tf')).toEqual(['tf.math.truediv', 'tf.math.subtract']);
  expect(names('torch')).toEqual(['tf.math.truediv', 'tf.nn.bias_add', 'tf.math.truediv_1']);
  expect(names('caffe')).toEqual(['tf.__operators__.getitem', 'tf.nn.bias_add']);
  expect(names('0..255')).toEqual([]);
});

test('the mode is guessed from the name of the architecture', () => {
  const guess = (
    name: string,
    firstLayers: string[] = [],
    format: 'layers-model' | 'graph-model' = 'layers-model',
  ) => guessMode({ format, names: [name], firstLayers });
  expect(['resnet50', 'vgg16', 'ResNet101'].map((name) => guess(name))).toEqual([
    'caffe',
    'caffe',
    'caffe',
  ]);
  expect(guess('densenet121')).toBe('torch');
  expect(
    [
      'mobilenet_1.00_224',
      'mobilenetv2_1.00_160',
      'inception_v3',
      'xception',
      'NASNet',
      'resnet50v2',
      'inception_resnet_v2',
    ].map((name) => guess(name)),
  ).toEqual(Array(7).fill('tf'));
  expect(guess('MobilenetV3small', ['Rescaling', 'Conv2D'])).toBe('0..255');
  expect(guess('efficientnetb0', ['Rescaling', 'Normalization'])).toBe('0..255');
  expect(guess('feature_vector', [], 'graph-model')).toBe('0..1');
  expect(guess('my_model')).toBe('tf');
});
