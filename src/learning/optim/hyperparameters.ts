import { numbersOf, PRESETS, type Preset } from '../../records/presets.ts';
import type { Hyperparameters } from '../../records/model.ts';
import type { TrainOptions } from '../../records/training.ts';

/**
 * The hyperparameters of a training: those of the preset, overridden by the options.
 *
 * @param fineTuneLayer Keras name of the first layer to fine-tune, unless the options name one;
 *   undefined if the base cannot be fine-tuned
 * @param photosOfPrior number of training photos, if the head starts from what the base knows
 */
export function hyperparametersOf(
  { preset, seed = 1, fineTuning, hyperparameters }: TrainOptions,
  fineTuneLayer: string | undefined,
  photosOfPrior?: number,
): Hyperparameters {
  const { tuning, fineTunes, prior } = PRESETS[preset];
  const tunes = fineTuning ?? fineTunes;
  const overrides = typeof tunes === 'object' ? tunes : {};
  const fromLayer = overrides.fromLayer ?? fineTuneLayer;
  return {
    preset,
    ...numbersOf(PRESETS[preset]),
    ...(prior && photosOfPrior !== undefined && priorDecay(prior, photosOfPrior)),
    ...hyperparameters,
    seed,
    ...(tunes !== false &&
      fromLayer !== undefined && { fineTuning: { ...tuning, ...overrides, fromLayer } }),
  };
}

/** Whether a training with these options fine-tunes, if its base can be fine-tuned. */
export function wantsFineTuning({ preset, fineTuning }: TrainOptions): boolean {
  return (fineTuning ?? PRESETS[preset].fineTunes) !== false;
}

/**
 * The L2 of a head with a prior. The mean loss over `photos` counts each photo `1 / photos`, so the
 * logarithm of the weights' normal distribution does too.
 */
function priorDecay(
  { kernelPrecision, biasPrecision }: NonNullable<Preset['prior']>,
  photos: number,
): Required<Pick<Hyperparameters, 'l2' | 'biasL2'>> {
  const count = Math.max(1, photos);
  return { l2: kernelPrecision / count, biasL2: biasPrecision / count };
}

/**
 * The hyperparameters of a training that was planned with a prior and does without: those of the
 * preset and the options.
 */
export function withoutPrior(
  { biasL2: _, ...planned }: Hyperparameters,
  { preset, hyperparameters }: TrainOptions,
): Hyperparameters {
  return { ...planned, l2: hyperparameters?.l2 ?? PRESETS[preset].l2 };
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
