import { outputsFor } from '../head/dense-head.ts';
import type { ModelSummaries, SummaryOptions } from '../service.ts';
import { describeWholeModel } from './describe-layers.ts';
import type { BaseSpec } from './spec.ts';
import { summary, type LayerDescription } from './summary.ts';
import { trainableFrom } from './trainable-from.ts';

/** The base and the whole model around it, as Keras prints them. */
export function modelSummaries(
  spec: BaseSpec,
  frozen: readonly LayerDescription[],
  { fromLayer, classes }: SummaryOptions & { readonly classes: number },
): ModelSummaries {
  const { architecture: baseName, inputRange, preprocessing } = spec;
  const layers = fromLayer === undefined ? frozen : trainableFrom(frozen, fromLayer);
  const options = { baseName, inputRange, preprocessing, outputs: outputsFor(classes) };
  return { base: summary(layers), whole: summary(describeWholeModel(layers, options)) };
}
