import { expect, test } from '@playwright/test';
import { describeMobileNetV2 } from '../fixtures/describe-mobilenet-v2.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { trainableFrom } from '../../src/learning/fine-tune/trainable-from.ts';
import { tunableBlocks } from '../../src/learning/fine-tune/tunable-blocks.ts';
import type { LayerDescription } from '../../src/records/summary.ts';

const MOBILE = describeMobileNetV2(mobileNetV2(), 160);
const HEAD = 1_281;

test('layers that learn are told from their moving statistics', () => {
  const place = MOBILE.findIndex(({ name }) => name === 'block_11_expand_relu');
  expect(trainableFrom(MOBILE, 'block_11_expand_relu')).toEqual(
    describeMobileNetV2(mobileNetV2(), place),
  );
  expect(trainableFrom(MOBILE, 'no such layer')).toEqual(MOBILE);
});

test('MobileNetV2’s blocks, what is behind the last, and the tutorial’s layer in its place', () => {
  const blocks = tunableBlocks(MOBILE, { fineTuneFrom: 'Conv1' });
  expect(blocks.map(({ name }) => name)).toEqual([
    ...Array.from({ length: 16 }, (_, i) => `block_${i + 1}`),
    'Conv_1',
  ]);
  const tutorial = blocks.find(({ name }) => name === 'block_11')!;
  expect(tutorial).toMatchObject({
    layer: 'block_11_expand_relu',
    parameters: 1_862_721 - HEAD,
  });
  expect(blocks.find(({ name }) => name === 'block_16')!.layer).toBe('block_16_expand');
  const learned = blocks.map(({ parameters }) => parameters);
  expect(learned).toEqual([...learned].sort((a, b) => b - a));
});

test('a base without blocks offers its convolutions, and not before those that can learn', () => {
  const layer = (name: string, className: string, weights: number): LayerDescription => ({
    name,
    className,
    outputShape: [null, 8, 8, 4],
    parameters: { trainable: 0, nonTrainable: weights },
    inputs: [],
  });
  const layers = [
    layer('input', 'InputLayer', 0),
    layer('a', 'Conv2D', 100),
    layer('b', 'Conv2D', 200),
    layer('b_bn', 'BatchNormalization', 16),
    layer('c', 'DepthwiseConv2D', 300),
  ];
  expect(
    tunableBlocks(layers, { fineTuneFrom: 'a' }).map(({ layer, parameters }) => [
      layer,
      parameters,
    ]),
  ).toEqual([
    ['a', 608],
    ['b', 508],
    // The default: as deep as the tutorial's.
    ['b_bn', 308],
    ['c', 300],
  ]);
  const own = tunableBlocks(layers, { fineTuneFrom: 'c' });
  expect(own.map(({ layer }) => layer)).toEqual(['c']);
  expect(tunableBlocks(layers, {})).toEqual([]);
});
