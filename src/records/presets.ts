import type { FineTuningOptions, Hyperparameters } from './model.ts';

export type PresetName = 'quick' | 'tutorial';

/**
 * The numbers of a head with a `Prior`. Its weights have a normal prior distribution around zero, so
 * that the mean loss has an L2 that falls with the number of training photos.
 */
interface PriorPreset {
  /** What the cross-validation chooses from; the first one before there is evidence. */
  readonly strengths: readonly {
    /** As `Prior.strength`; 0: a head alone, with the preset's own L2. */
    readonly strength: number;
    /** As `StrengthCandidate.doubt`. */
    readonly doubt: number;
  }[];
  /** Inverse of the variance of each weight of the kernel. */
  readonly kernelPrecision: number;
  /** Inverse of the variance of the bias. */
  readonly biasPrecision: number;
}

/** A named set of hyperparameters. */
export interface Preset extends Omit<Hyperparameters, 'preset' | 'seed' | 'fineTuning'> {
  /** Values of a head that starts from what the base knows; absent if it never does. */
  readonly prior?: PriorPreset;
  /**
   * Set if the head may read further features of the base: by how many nats, summed over the photos,
   * it must do better with them in the cross-validation.
   */
  readonly furtherDoubt?: number;
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
    prior: {
      strengths: [
        { strength: 4, doubt: 0 },
        { strength: 2, doubt: 1 },
        { strength: 0, doubt: 2 },
      ],
      kernelPrecision: 10,
      biasPrecision: 4,
    },
    furtherDoubt: 2,
    tuning: { epochs: 10, batchSize: 32, learningRate: 1e-5, alpha: 0.5 },
    fineTunes: false,
  },
};

/** The hyperparameters of a preset, for a head without a prior. */
export function numbersOf({
  tuning: _tuning,
  fineTunes: _fineTunes,
  prior: _prior,
  furtherDoubt: _furtherDoubt,
  ...numbers
}: Preset): Omit<Hyperparameters, 'preset' | 'seed' | 'fineTuning'> {
  return numbers;
}
