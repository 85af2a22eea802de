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
    dropout: 0.2,
    variants: ['plain', 'flip'],
  },
  quick: {
    epochs: 40,
    batchSize: 16,
    learningRate: 1e-3,
    dropout: 0.2,
    variants: ['plain', 'flip'],
  },
};
