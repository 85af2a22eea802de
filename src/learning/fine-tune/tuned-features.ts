import { runFrozen } from '../network/load-with-tensors.ts';
import type { ModelRecord } from '../../records/model.ts';
import { weightOf } from '../../models/repository.ts';
import { extractorOf, type FeatureExtractor } from '../features/feature-extractor.ts';
import { loadTail } from './tail-weights.ts';
import { tunedSpaceId } from '../features/feature-space-id.ts';

/**
 * Builds the extractor of a fine-tuned model: the base with the model's fine-tuned layers, as fast
 * as the base itself.
 *
 * @param model one that `isTuned`
 * @param weights the stored bytes that `model.weights` describes
 * @throws Problem `damaged` if weights of a layer are missing
 */
export async function createTunedExtractor(
  base: FeatureExtractor,
  model: ModelRecord,
  weights: ArrayBuffer,
): Promise<FeatureExtractor> {
  const { fromLayer } = model.fineTuning!.options;
  const list = loadTail(await base.loadLayers(), fromLayer, (name) =>
    weightOf(model, weights, name),
  );
  const { spec, inputSize, backend, known } = base;
  const featureSpaceId = tunedSpaceId(model.base.featureSpaceId, model.id);
  const network = await runFrozen(list, spec, inputSize, backend);
  // Without a prior, the model's features are all that is read, as before there were known classes.
  const ownKnown = model.prior && known && { known };
  const identity = { spec, inputSize, featureSpaceId, backend, ...ownKnown };
  return extractorOf(network, identity, () => base.loadLayers());
}
