import { PRESETS } from '../../records/presets.ts';
import type { Hyperparameters } from '../../records/model.ts';
import type { TrainOptions } from '../../records/training.ts';

/**
 * The hyperparameters of a training: those of the preset, overridden by the options.
 *
 * @param fineTuneLayer Keras name of the first layer to fine-tune, unless the options name one;
 *   undefined if the base cannot be fine-tuned
 * @param hasPrior whether the head starts from what the base knows
 */
export function hyperparametersOf(
  { preset, seed = 1, fineTuning, hyperparameters }: TrainOptions,
  fineTuneLayer: string | undefined,
  hasPrior = false,
): Hyperparameters {
  const { tuning, fineTunes, prior, ...numbers } = PRESETS[preset];
  const tunes = fineTuning ?? fineTunes;
  const overrides = typeof tunes === 'object' ? tunes : {};
  const fromLayer = overrides.fromLayer ?? fineTuneLayer;
  return {
    preset,
    ...numbers,
    ...(hasPrior && prior && { l2: prior.l2, priorTemperature: prior.priorTemperature }),
    ...hyperparameters,
    seed,
    ...(tunes !== false &&
      fromLayer !== undefined && { fineTuning: { ...tuning, ...overrides, fromLayer } }),
  };
}

/**
 * Variants of a training photo that an epoch trains on.
 *
 * @param epoch 1 for the first epoch of the head; the epochs of fine-tuning continue the count
 */
export function variantsOfEpoch(
  { augmentation, variants }: Pick<Hyperparameters, 'augmentation' | 'variants'>,
  epoch: number,
): readonly string[] {
  return augmentation === 'fresh' ? [`augmented-${epoch}`] : variants;
}
