import { expect, test } from '@playwright/test';
import { fineTuneLayer } from '../../src/learning/fine-tune/fine-tune-layer.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { hyperparametersOf, variantsOfEpoch } from '../../src/learning/optim/hyperparameters.ts';
import { describeMobileNetV2 } from '../fixtures/describe-mobilenet-v2.ts';
import type { LayerDescription } from '../../src/records/summary.ts';

const LAYER = 'block_11_expand_relu';

function layersNamed(count: number): LayerDescription[] {
  const [, convolution] = describeMobileNetV2(mobileNetV2(), 160);
  return Array.from({ length: count }, (_, i) => ({ ...convolution!, name: `layer ${i}` }));
}

test('of MobileNetV2’s 154 layers, those from the tutorial’s 100th on are fine-tuned', () => {
  const layers = describeMobileNetV2(mobileNetV2(), 160);
  expect(layers).toHaveLength(154);
  expect(fineTuneLayer(layers, mobileNetV2())).toBe(LAYER);
});

test('another base is fine-tuned from as deep, or from where it can be', () => {
  const anywhere = { fineTuneFrom: 'layer 1' };
  expect(fineTuneLayer(layersNamed(77), anywhere)).toBe('layer 50');
  expect(fineTuneLayer(layersNamed(308), anywhere)).toBe('layer 200');
  expect(fineTuneLayer(layersNamed(2), anywhere)).toBe('layer 1');
  expect(fineTuneLayer(layersNamed(77), { fineTuneFrom: 'layer 70' })).toBe('layer 70');
  expect(fineTuneLayer(layersNamed(77), {})).toBeUndefined();
  // Not from behind the last layer that has something to learn.
  const none = { trainable: 0, nonTrainable: 0 };
  const weightless = layersNamed(77).map((layer, i) =>
    i > 40 ? { ...layer, parameters: none } : layer,
  );
  expect(fineTuneLayer(weightless, anywhere)).toBe('layer 40');
});

test('quick does not fine-tune by default; if asked to, it fine-tunes as the tutorial does', () => {
  const quick = hyperparametersOf({ preset: 'quick' }, LAYER);
  expect(quick).not.toHaveProperty('fineTuning');
  expect(quick).toMatchObject({ preset: 'quick', augmentation: 'all', seed: 1 });
  expect(quick.variants).toEqual(['plain', 'flip']);
  const tutorial = hyperparametersOf({ preset: 'tutorial' }, LAYER);
  const tuned = hyperparametersOf({ preset: 'quick', fineTuning: true }, LAYER);
  // Except for the mean with what was before, which the tutorial does not take.
  expect(tuned).toEqual({ ...quick, fineTuning: { ...tutorial.fineTuning, alpha: 0.5 } });
  expect(hyperparametersOf({ preset: 'tutorial', fineTuning: false }, LAYER)).not.toHaveProperty(
    'fineTuning',
  );
});

test('options come before the preset', () => {
  const told = hyperparametersOf(
    {
      preset: 'quick',
      seed: 7,
      fineTuning: { fromLayer: 'Conv_1', epochs: 3 },
      hyperparameters: { epochs: 2, dropout: 0 },
    },
    LAYER,
  );
  const tuned = hyperparametersOf({ preset: 'quick', fineTuning: true }, LAYER);
  expect(told).toEqual({
    ...tuned,
    seed: 7,
    epochs: 2,
    dropout: 0,
    fineTuning: { ...tuned.fineTuning, fromLayer: 'Conv_1', epochs: 3 },
  });
});

test('a base without layers, a GraphModel, is not fine-tuned', () => {
  for (const preset of ['quick', 'tutorial'] as const) {
    for (const fineTuning of [undefined, true, false]) {
      const options = { preset, ...(fineTuning !== undefined && { fineTuning }) };
      expect(hyperparametersOf(options, undefined)).not.toHaveProperty('fineTuning');
    }
  }
});

test('an epoch learns from all variants, or from an augmentation of its own', () => {
  const variants = ['plain', 'flip'];
  expect(variantsOfEpoch({ augmentation: 'all', variants }, 1)).toEqual(variants);
  expect(variantsOfEpoch({ augmentation: 'all', variants }, 12)).toEqual(variants);
  expect(variantsOfEpoch({ augmentation: 'fresh', variants: [] }, 1)).toEqual(['augmented-1']);
  expect(variantsOfEpoch({ augmentation: 'fresh', variants }, 12)).toEqual(['augmented-12']);
});
