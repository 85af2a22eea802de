import { isTunable } from '../../records/base-spec.ts';
import type { EngineInfo } from '../../records/engine.ts';
import { PRESETS } from '../../records/presets.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { TrainOptions } from '../../records/training.ts';

/**
 * The options of the next training: as the user chose, else as in the training of the model in use,
 * else Quick.
 *
 * @param chosen the user's choices; a setting stored by another version may lack some fields
 * @param before the model in use
 * @param layers names of the layers from which the base can be fine-tuned; a chosen layer that is
 *   not among them, as after a change of the base, is dropped
 */
export function trainOptions(
  chosen: Partial<TrainOptions>,
  before: Pick<ModelRecord, 'hyperparameters'> | undefined,
  base: EngineInfo['base'] | undefined,
  layers?: readonly string[],
): TrainOptions & { readonly fineTuning: NonNullable<TrainOptions['fineTuning']> } {
  const used = before?.hyperparameters;
  const presetName = chosen.preset ?? used?.preset;
  const preset = presetName === 'tutorial' ? 'tutorial' : 'quick';
  const tunesByDefault =
    used?.preset === preset ? used.fineTuning !== undefined : PRESETS[preset].fineTunes;
  const fineTuning = offersFineTuning(base) && (chosen.fineTuning ?? tunesByDefault);
  return {
    preset,
    fineTuning: typeof fineTuning === 'object' ? withKnownLayer(fineTuning, layers) : fineTuning,
    ...(chosen.hyperparameters && { hyperparameters: chosen.hyperparameters }),
    ...(chosen.seed !== undefined && { seed: chosen.seed }),
  };
}

/** Whether to offer fine-tuning: yes until the base is known, then only if it can be fine-tuned. */
export function offersFineTuning(base: EngineInfo['base'] | undefined): boolean {
  return base === undefined || isTunable(base);
}

function withKnownLayer<Options extends { readonly fromLayer?: string }>(
  options: Options,
  layers: readonly string[] | undefined,
): Options | true {
  const { fromLayer, ...others } = options;
  if (!layers || fromLayer === undefined || layers.includes(fromLayer)) return options;
  return Object.keys(others).length > 0 ? (others as unknown as Options) : true;
}
