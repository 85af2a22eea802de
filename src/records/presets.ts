import type { FineTuningOptions, Hyperparameters } from './model.ts';

export type PresetName = 'quick' | 'tutorial';

/** The numbers of a head with a `Prior`, which replace those of the preset. */
interface PriorPreset extends Pick<Hyperparameters, 'l2' | 'priorTemperature'> {
  /** As `Prior.strength`. */
  readonly strength: number;
}

/** A named set of hyperparameters. */
export interface Preset extends Omit<Hyperparameters, 'preset' | 'seed' | 'fineTuning'> {
  /** Values of a head that starts from what the base knows; absent if it never does. */
  readonly prior?: PriorPreset;
  /** Options of the fine-tuning, if there is one. */
  readonly tuning: Omit<FineTuningOptions, 'fromLayer'>;
  /** Whether to fine-tune by default. */
  readonly fineTunes: boolean;
}

/**
 * The presets. `tutorial`: the values of TensorFlow's tutorial "Transfer learning and fine-tuning".
 * `quick`: the default, for a few photos up to a few hundred; docs/learning.md explains how it was
 * chosen.
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
    prior: { strength: 8, l2: 0.15, priorTemperature: 1 },
    tuning: { epochs: 10, batchSize: 32, learningRate: 1e-5, alpha: 0.5 },
    fineTunes: false,
  },
};
