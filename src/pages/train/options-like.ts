import type { EngineInfo } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import { offersFineTuning } from './training-choice.ts';
import type { TrainOptions } from '../../records/training.ts';

type Base = EngineInfo['base'] | undefined;

/**
 * The options of a training with all the settings of an earlier one, on the current photos and the
 * current base. If the earlier training used another base, the first layer to fine-tune is the
 * default of the current base.
 */
export function optionsLike(
  { hyperparameters, base: earlierBase }: Pick<ModelRecord, 'hyperparameters' | 'base'>,
  base: Base,
): TrainOptions {
  const { preset, seed, fineTuning, ...numbers } = hyperparameters;
  const { fromLayer, ...tuning } = fineTuning ?? {};
  const sameLayers = fromLayer !== undefined && base?.id === earlierBase.id;
  return {
    preset: preset === 'tutorial' ? 'tutorial' : 'quick',
    seed,
    hyperparameters: numbers,
    fineTuning: fineTuning !== undefined &&
      offersFineTuning(base) && { ...tuning, ...(sameLayers && { fromLayer }) },
  };
}

/** The id of the model in an address like `#/train?like=ID`. */
export function alikeOf(hash: string): string | undefined {
  return new URLSearchParams(hash.split('?')[1] ?? '').get('like') ?? undefined;
}
