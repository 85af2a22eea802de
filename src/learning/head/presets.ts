import type { Hyperparameters } from '../../models/record.ts';
import type { TrainOptions } from '../service.ts';

type Preset = Omit<Hyperparameters, 'preset' | 'seed'>;

/**
 * `tutorial`: the numbers of TensorFlow's "Transfer learning and fine-tuning".
 * `quick`: the default, for a few photos to a few hundred; see docs/learning.md for how it was chosen.
 */
export const PRESETS: Readonly<Record<TrainOptions['preset'], Preset>> = {
  tutorial: {
    epochs: 10,
    batchSize: 32,
    learningRate: 1e-4,
    schedule: 'constant',
    l2: 0,
    dropout: 0.2,
    variants: ['plain', 'flip'],
    askedVariants: ['plain'],
  },
  quick: {
    epochs: 40,
    batchSize: 16,
    learningRate: 1e-2,
    schedule: 'cosine',
    l2: 1e-2,
    dropout: 0.2,
    variants: ['plain', 'flip'],
    askedVariants: ['plain', 'flip'],
  },
};
