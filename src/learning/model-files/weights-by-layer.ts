import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { TopologyError } from './keras/keras-json.ts';
import { WeightDirectory } from './keras/weight-names.ts';

/**
 * Finds the weights of a model by the names that its layers use; see `WeightDirectory`. Files also
 * contain weights that the model does not need, such as the count of a Normalization layer.
 *
 * @param weights tensors by their names in the manifest
 * @returns the same tensors by `originalName`
 * @throws TopologyError when a weight is missing
 */
export function weightsByLayer(
  model: LayersModel,
  weights: Readonly<Record<string, tf.Tensor>>,
): Record<string, tf.Tensor> {
  const directory = new WeightDirectory(Object.entries(weights));
  const found: Record<string, tf.Tensor> = {};
  const missing: string[] = [];
  for (const layer of model.layers) {
    for (const { originalName: name } of layer.weights) {
      const tensor = directory.find(name, layer.getClassName());
      if (tensor) found[name] = tensor;
      else missing.push(name);
    }
  }
  if (missing.length > 0) throw missingWeights(missing);
  return found;
}

/** The error for weights that a network needs and its files do not have. */
export function missingWeights(names: readonly string[]): TopologyError {
  const first = names.slice(0, 5).join(', ');
  return new TopologyError(`${names.length} weights are not there: ${first}`);
}
