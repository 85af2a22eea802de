import { isTunable } from '../../learning/base/spec.ts';
import type { EngineInfo, TrainOptions } from '../../learning/service.ts';
import type { ModelRecord } from '../../models/record.ts';
import type { Preset } from '../../app/training-run.ts';

/** What the person chose in the options; undefined where they left it as it was. */
export interface Chosen {
  readonly preset?: Preset;
  readonly fineTuning?: boolean;
}

/** How the next training goes: as chosen, else as the one before, else Quick. */
export function trainOptions(
  chosen: Chosen,
  before: Pick<ModelRecord, 'hyperparameters'> | undefined,
  base: EngineInfo['base'] | undefined,
): Required<Pick<TrainOptions, 'preset'>> & { readonly fineTuning: boolean } {
  const used = before?.hyperparameters;
  const preset = chosen.preset ?? (used?.preset === 'tutorial' ? 'tutorial' : 'quick');
  const usual = used?.preset === preset ? used.fineTuning !== undefined : PRESET_FINE_TUNES[preset];
  return { preset, fineTuning: offersFineTuning(base) && (chosen.fineTuning ?? usual) };
}

/** Whether fine-tuning is to be offered: as long as no base is there, nothing speaks against it. */
export function offersFineTuning(base: EngineInfo['base'] | undefined): boolean {
  return base === undefined || isTunable(base);
}

/** Whether a preset fine-tunes unless told. */
const PRESET_FINE_TUNES: Readonly<Record<Preset, boolean>> = { quick: false, tutorial: true };
