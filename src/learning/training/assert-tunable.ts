import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { findCut } from '../model-files/find-cut.ts';
import { disposeLayers } from '../model-files/layer-graph.ts';
import type { FineTuningOptions } from '../../records/model.ts';

/**
 * Checks that the base can be fine-tuned from the layer, before the time for the head is spent.
 *
 * @throws Problem `base`
 */
export async function assertTunable(
  extractor: FeatureExtractor,
  { fromLayer }: FineTuningOptions,
): Promise<void> {
  const model = await extractor.loadLayers();
  try {
    findCut(model, fromLayer);
  } finally {
    disposeLayers(model);
  }
}
