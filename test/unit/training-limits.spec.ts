import { expect, test } from '@playwright/test';
import { describeMobileNetV2 } from '../fixtures/describe-mobilenet-v2.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { assertComputable } from '../../src/learning/training/assert-computable.ts';
import { hyperparametersOf } from '../../src/learning/optim/hyperparameters.ts';
import { PRESETS } from '../../src/records/presets.ts';
import { limitFault } from '../../src/pages/train/limit-fault.ts';
import { TRAINING_LIMITS } from '../../src/records/training-limits.ts';
import type { TrainOptions } from '../../src/records/training.ts';

const LAYERS = describeMobileNetV2(mobileNetV2());

const check = (options: Omit<TrainOptions, 'preset'>) => {
  const hyperparameters = hyperparametersOf({ preset: 'tutorial', ...options }, 'Conv_1');
  assertComputable(hyperparameters, LAYERS);
};

test('the presets are within the limits and can be computed', () => {
  for (const preset of ['quick', 'tutorial'] as const) {
    const { epochs, batchSize, learningRate, dropout, tuning } = PRESETS[preset];
    const values = { epochs, batchSize, learningRate, dropout, tuningEpochs: tuning.epochs };
    for (const [name, value] of Object.entries({ ...values, tuningRate: tuning.learningRate })) {
      expect(limitFault(value, TRAINING_LIMITS[name as 'epochs']), name).toBeUndefined();
    }
    expect(() => {
      assertComputable(hyperparametersOf({ preset, fineTuning: true }, 'Conv_1'), LAYERS);
    }).not.toThrow();
  }
});

test('what is wrong with a number', () => {
  const { epochs, dropout } = TRAINING_LIMITS;
  expect(limitFault(NaN, epochs)).toBe('no-number');
  expect(limitFault(Infinity, epochs)).toBe('no-number');
  expect(limitFault(0, epochs)).toBe('outside');
  expect(limitFault(501, epochs)).toBe('outside');
  expect(limitFault(2.5, epochs)).toBe('not-whole');
  expect(limitFault(500, epochs)).toBeUndefined();
  expect(limitFault(0.25, dropout)).toBeUndefined();
});

for (const [name, options] of Object.entries<Omit<TrainOptions, 'preset'>>({
  'epochs cannot be 0': { hyperparameters: { epochs: 0 } },
  'epochs cannot be 1.5': { hyperparameters: { epochs: 1.5 } },
  'batch size cannot be -1': { hyperparameters: { batchSize: -1 } },
  'learning rate cannot be NaN': { hyperparameters: { learningRate: NaN } },
  'dropout cannot be 1': { hyperparameters: { dropout: 1 } },
  'seed cannot be 0.5': { seed: 0.5 },
  'variant cannot be sideways': { hyperparameters: { askedVariants: ['sideways'] } },
  'variants is not one': { hyperparameters: { augmentation: 'all', variants: [] } },
  'augmentation cannot be none': { hyperparameters: { augmentation: 'none' as 'all' } },
  'epochs of the fine-tuning cannot be Infinity': { fineTuning: { epochs: Infinity } },
  'learning rate of the fine-tuning cannot be 0': { fineTuning: { learningRate: 0 } },
  'no layer “input_1” to fine-tune from': { fineTuning: { fromLayer: 'input_1' } },
  'no layer “conv9” to fine-tune from': { fineTuning: { fromLayer: 'conv9' } },
})) {
  test(`a training is refused: ${name}`, () => {
    expect(() => {
      check(options);
    }).toThrow(name);
  });
}
