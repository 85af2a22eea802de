import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { TopologyError } from './keras/keras-json.ts';

/**
 * Finds the weights of a model by the names that its layers use. Converters write a weight as
 * `layer/kernel`, with the cell or the layer in between (`layer/layer/kernel`), with the suffix
 * `:0`, or after the name of a nested model. They also write weights that the model does not need,
 * such as the count of a Normalization layer.
 *
 * @param weights tensors by their names in the manifest
 * @returns the same tensors by `originalName`
 * @throws TopologyError when a weight is missing
 */
export function weightsByLayer(
  model: LayersModel,
  weights: Readonly<Record<string, tf.Tensor>>,
): Record<string, tf.Tensor> {
  const byName = new Map(Object.entries(weights));
  /** By the end of the name; undefined if several names have the same end. */
  const byEnd = new Map<string, tf.Tensor | undefined>();
  for (const [name, tensor] of byName) {
    const parts = name.replace(/:\d+$/, '').split('/');
    for (const end of new Set([parts.slice(-2).join('/'), `${parts.at(-3)}/${parts.at(-1)}`])) {
      byEnd.set(end, byEnd.has(end) ? undefined : tensor);
    }
  }
  const found: Record<string, tf.Tensor> = {};
  const missing: string[] = [];
  for (const layer of model.layers) {
    for (const { originalName: name } of layer.weights) {
      const names = [name];
      // Keras 3 names the depthwise kernel just `kernel`, and gives the weight of LayerScale no
      // name.
      if (layer.getClassName() === 'DepthwiseConv2D') names.push(name.replace('depthwise_', ''));
      if (layer.getClassName() === 'LayerScale') {
        names.push(...[...byName.keys()].filter((each) => each.startsWith(`${layer.name}/`)));
      }
      const tensor = names
        .map((each) => byName.get(each) ?? byName.get(`${each}:0`) ?? byEnd.get(each))
        .find((each) => each !== undefined);
      if (tensor) found[name] = tensor;
      else missing.push(name);
    }
  }
  if (missing.length > 0) {
    const names = missing.slice(0, 5).join(', ');
    throw new TopologyError(`${missing.length} weights are not there: ${names}`);
  }
  return found;
}
