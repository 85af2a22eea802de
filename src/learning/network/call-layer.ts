import * as tf from '@tensorflow/tfjs-core';
import type { Layer } from '../model-files/layer-graph.ts';

/** A layer's output in inference mode; the sum of a shortcut is one operation less without tfjs-layers. */
export function callLayer(layer: Layer, inputs: readonly tf.Tensor[]): tf.Tensor {
  if (layer.getClassName() === 'Add') return tf.addN([...inputs]);
  const output = layer.call([...inputs], { training: false });
  return Array.isArray(output) ? output[0]! : output;
}
