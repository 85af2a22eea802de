import { outputsFor } from '../head/dense-head.ts';
import { describeWholeModel } from '../model-files/describe-layers.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import { summary } from '../model-files/summary.ts';
import { trainableFrom } from '../fine-tune/trainable-from.ts';
import type { ModelSummaries, SummaryOptions, LayerDescription } from '../../records/summary.ts';

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
