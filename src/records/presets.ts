import type { FineTuningOptions, Hyperparameters } from './model.ts';

export type PresetName = 'quick' | 'tutorial';

export interface Preset extends Omit<Hyperparameters, 'preset' | 'seed' | 'fineTuning'> {
  /** How the top of the base learns, where it does. */
  readonly tuning: Omit<FineTuningOptions, 'fromLayer'>;
  /** Whether it does unless told. */
  readonly fineTunes: boolean;
}

/**
 * `tutorial`: the numbers of TensorFlow's "Transfer learning and fine-tuning".
 * `quick`: the default, for a few photos to a few hundred; see docs/learning.md for how it was chosen.
 */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  tutorial: {
    epochs: 10,
    batchSize: 32,
    learningRate: 1e-4,
    schedule: 'constant',
    l2: 0,
    dropout: 0.2,
    centred: false,
    priorTemperature: 1,
    variants: [],
    augmentation: 'fresh',
    askedVariants: ['plain'],
    tuning: { epochs: 10, batchSize: 32, learningRate: 1e-5, alpha: 1 },
    fineTunes: true,
  },
  quick: {
    epochs: 40,
    batchSize: 16,
    learningRate: 3e-2,
    schedule: 'cosine',
    l2: 5e-2,
    dropout: 0.2,
    centred: true,
    priorTemperature: 0.55,
    variants: ['plain', 'flip'],
    augmentation: 'all',
    askedVariants: ['plain', 'flip'],
    tuning: { epochs: 10, batchSize: 32, learningRate: 1e-5, alpha: 0.5 },
    fineTunes: false,
  },
};
