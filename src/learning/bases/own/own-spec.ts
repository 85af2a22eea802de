import { guessMode } from '../../model-files/preprocessing-mode.ts';
import type { BaseSpec } from '../../../records/base-spec.ts';
import type { PreprocessingMode, ModelFacts } from '../../../records/base-inspection.ts';

/** Sizes that a base of any size is offered at: the tutorial's, and ImageNet's. */
const COMMON_SIZES = [224, 160];

/** The sizes to offer: its own or the one asked for first, then others where it takes any. */
export function inputSizesOf(
  { ownSize, anySize }: Pick<ModelFacts, 'ownSize' | 'anySize'>,
  asked?: number,
): number[] {
  const first = ownSize ?? asked ?? COMMON_SIZES[0]!;
  return anySize ? [...new Set([first, ...COMMON_SIZES])] : [first];
}

/** The mode to suggest for a model: see `guessMode`. */
export function modeFor(
  model: { readonly name: string; readonly format: BaseSpec['format'] },
  { architecture, firstLayers }: Pick<ModelFacts, 'architecture' | 'firstLayers'>,
): PreprocessingMode {
  return guessMode({ format: model.format, names: [architecture, model.name], firstLayers });
}

/** What stands in a spec out of the model's own facts. */
export function specOfFacts(facts: ModelFacts) {
  const { architecture, featureLength, layers, parameters, fineTuneFrom } = facts;
  return {
    architecture,
    featureLength,
    parameters,
    ...(layers !== undefined && { layers }),
    ...(fineTuneFrom !== undefined && { fineTuneFrom }),
  };
}
