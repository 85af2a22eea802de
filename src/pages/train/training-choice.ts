import { isTunable } from '../../records/base-spec.ts';
import type { EngineInfo } from '../../records/engine.ts';
import { PRESETS } from '../../records/presets.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { TrainOptions } from '../../records/training.ts';

/**
 * How the next training goes: as chosen, else as the one before, else Quick.
 *
 * @param chosen what the person chose; a setting that another version stored may lack some of it
 * @param layers from which the base can be fine-tuned; a choice among those of another base is dropped
 */
export function trainOptions(
  chosen: Partial<TrainOptions>,
  before: Pick<ModelRecord, 'hyperparameters'> | undefined,
  base: EngineInfo['base'] | undefined,
  layers?: readonly string[],
): TrainOptions & { readonly fineTuning: NonNullable<TrainOptions['fineTuning']> } {
  const used = before?.hyperparameters;
  const asked = chosen.preset ?? used?.preset;
  const preset = asked === 'tutorial' ? 'tutorial' : 'quick';
  const usual = used?.preset === preset ? used.fineTuning !== undefined : PRESETS[preset].fineTunes;
  const fineTuning = offersFineTuning(base) && (chosen.fineTuning ?? usual);
  return {
    preset,
    fineTuning: typeof fineTuning === 'object' ? withKnownLayer(fineTuning, layers) : fineTuning,
    ...(chosen.hyperparameters && { hyperparameters: chosen.hyperparameters }),
    ...(chosen.seed !== undefined && { seed: chosen.seed }),
  };
}

/** Whether fine-tuning is to be offered: as long as no base is there, nothing speaks against it. */
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
