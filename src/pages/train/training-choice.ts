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
  return { preset, fineTuning: isTunable(base) && (chosen.fineTuning ?? usual) };
}

/** Whether a base has layers that can learn: a GraphModel has none, and some of one's own neither. */
export function isTunable(base: EngineInfo['base'] | undefined): boolean {
  if (base?.own && base.fineTuneFrom === undefined) return false;
  return base?.format !== 'graph-model';
}

/** Whether a preset fine-tunes unless told. */
const PRESET_FINE_TUNES: Readonly<Record<Preset, boolean>> = { quick: false, tutorial: true };
