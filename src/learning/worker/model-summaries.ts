import { outputsFor } from '../../records/class.ts';
import { describeWholeModel } from '../model-files/describe-layers.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import { summary } from '../model-files/summary.ts';
import { trainableFrom } from '../fine-tune/trainable-from.ts';
import type { ModelSummaries, SummaryOptions, LayerDescription } from '../../records/summary.ts';

/**
 * Summaries of the base and of the whole model (preprocessing, base and head), as Keras prints
 * them.
 *
 * @param frozen the layers of the base, none of them trainable
 */
export function modelSummaries(
  spec: BaseSpec,
  frozen: readonly LayerDescription[],
  { fromLayer, classes, further }: SummaryOptions & { readonly classes: number },
): ModelSummaries {
  const { architecture: baseName, inputRange, preprocessing } = spec;
  const layers = fromLayer === undefined ? frozen : trainableFrom(frozen, fromLayer);
  const outputs = outputsFor(classes);
  const options = { baseName, inputRange, preprocessing, outputs, further };
  return { base: summary(layers), whole: summary(describeWholeModel(layers, options)) };
}
