import { guessMode } from '../../model-files/preprocessing-mode.ts';
import type { BaseSpec } from '../../../records/base-spec.ts';
import type { PreprocessingMode, ModelFacts } from '../../../records/base-inspection.ts';

/**
 * Sizes in pixels to offer for a base that takes any size: those of ImageNet and of the tutorial.
 */
const COMMON_SIZES = [224, 160];

/**
 * The input sizes to offer, in pixels: first the model's own size or the requested one, then common
 * sizes if the model takes any size.
 */
export function inputSizesOf(
  { ownSize, anySize }: Pick<ModelFacts, 'ownSize' | 'anySize'>,
  requested?: number,
): number[] {
  const first = ownSize ?? requested ?? COMMON_SIZES[0]!;
  return anySize ? [...new Set([first, ...COMMON_SIZES])] : [first];
}

/** The preprocessing mode to suggest for a model: see `guessMode`. */
export function modeFor(
  model: { readonly name: string; readonly format: BaseSpec['format'] },
  { architecture, firstLayers }: Pick<ModelFacts, 'architecture' | 'firstLayers'>,
): PreprocessingMode {
  return guessMode({ format: model.format, names: [architecture, model.name], firstLayers });
}

/** The fields of a spec that come from the model's facts. */
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
