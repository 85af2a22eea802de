import { PRESETS } from '../../records/presets.ts';
import type { Hyperparameters } from '../../records/model.ts';
import type { TrainOptions } from '../../records/training.ts';

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
