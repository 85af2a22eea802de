import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { baseTopology } from './base-topology.ts';
import { disposeLayersIfThrown } from './layer-graph.ts';
import './keras/extra-layers.ts';
import { weightsByLayer } from './weights-by-layer.ts';

/**
 * Loads the layers of a base on the current backend, from the input to the features. The classifier
 * is removed before the network is built, and no layer is trainable. The result is the input for
 * `freezeLayers` or `splitNetwork`.
 *
 * @param artifacts a LayersModel written by any version of Keras; not changed
 * @param inputSize side of the square input in pixels
 * @returns a model that the caller disposes with `disposeLayers`
 * @throws TopologyError when the topology or the weights are not those of a LayersModel that the app
 *   supports; whatever TensorFlow.js throws when this backend cannot build it
 */
export async function loadLayers(
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
): Promise<LayersModel> {
  const modelTopology = baseTopology(artifacts, inputSize);
  const model = await loadLayersModel(tf.io.fromMemory({ modelTopology }));
  return disposeLayersIfThrown(model, () => {
    const decoded = tf.io.decodeWeights(
      tf.io.CompositeArrayBuffer.join(artifacts.weightData),
      artifacts.weightSpecs ?? [],
    );
    try {
      model.loadWeights(weightsByLayer(model, decoded));
    } finally {
      tf.dispose(decoded);
    }
    model.trainable = false;
    return model;
  });
}
