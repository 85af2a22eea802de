import type { FineTuningOptions, Hyperparameters } from '../../models/record.ts';
import type { TrainOptions } from '../service.ts';

interface Preset extends Omit<Hyperparameters, 'preset' | 'seed' | 'fineTuning'> {
  /** How the top of the base learns, where it does. */
  readonly tuning: Omit<FineTuningOptions, 'fromLayer'>;
  /** Whether it does unless told. */
  readonly fineTunes: boolean;
}

/**
 * `tutorial`: the numbers of TensorFlow's "Transfer learning and fine-tuning".
 * `quick`: the default, for a few photos to a few hundred; see docs/learning.md for how it was chosen.
 */
const PRESETS: Readonly<Record<TrainOptions['preset'], Preset>> = {
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
    tuning: { epochs: 10, batchSize: 32, learningRate: 1e-5, share: 1 },
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
    tuning: { epochs: 10, batchSize: 32, learningRate: 1e-5, share: 0.5 },
    fineTunes: false,
  },
};

/**
 * The numbers of a training: the preset's, and what the options change of them.
 *
 * @param fineTuneLayer the layer from which the base is fine-tuned unless told
 */
export function hyperparametersOf(
  { preset, seed = 1, fineTuning, hyperparameters }: TrainOptions,
  fineTuneLayer: string | undefined,
): Hyperparameters {
  const { tuning, fineTunes, ...numbers } = PRESETS[preset];
  const tunes = fineTuning ?? fineTunes;
  const told = typeof tunes === 'object' ? tunes : {};
  const fromLayer = told.fromLayer ?? fineTuneLayer;
  return {
    preset,
    ...numbers,
    ...hyperparameters,
    seed,
    ...(tunes !== false &&
      fromLayer !== undefined && { fineTuning: { ...tuning, ...told, fromLayer } }),
  };
}

/**
 * Variants of a training photo that an epoch learns from.
 *
 * @param epoch 1 for the first of the head; those of the fine-tuning are counted on from there
 */
export function variantsOfEpoch(
  { augmentation, variants }: Pick<Hyperparameters, 'augmentation' | 'variants'>,
  epoch: number,
): readonly string[] {
  return augmentation === 'fresh' ? [`augmented-${epoch}`] : variants;
}
