import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * The weights that a model needs, by the names that it knows them by. Converters write a weight as
 * `layer/kernel`, with the cell or the layer between (`layer/layer/kernel`), with `:0`, or behind the
 * name of the model that was a layer of another; and they write what a model need not have, such as
 * the count of a normalisation.
 *
 * @param weights by their names in the manifest
 * @throws Error when one is missing
 */
export function weightsByLayer(
  model: LayersModel,
  weights: Readonly<Record<string, tf.Tensor>>,
): Record<string, tf.Tensor> {
  const byName = new Map(Object.entries(weights));
  /** By the last two parts of the name; undefined where several end alike. */
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
      // Keras 3 calls the one just kernel, and gives the other no name at all.
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
    throw new Error(`${missing.length} weights are not there: ${missing.slice(0, 5).join(', ')}`);
  }
  return found;
}
