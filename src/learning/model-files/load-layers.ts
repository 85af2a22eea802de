import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { cutClassifier } from './cut-classifier.ts';
import { disposeLayersIfThrown } from './layer-graph.ts';
import { TopologyError } from './keras/keras-json.ts';
import { normalizeTopology } from './keras/normalize-topology.ts';
import './keras/extra-layers.ts';
import { resizeInput } from './resize-input.ts';
import { weightsByLayer } from './weights-by-layer.ts';

/**
 * Loads the layers of a base on the current backend, from the input to the last feature map. A
 * classifier is removed (see `cutClassifier`), and no layer is trainable. The result is the input
 * for `freezeLayers` or `splitNetwork`.
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
  const normalized = normalizeTopology(artifacts.modelTopology);
  const modelTopology = resizeInput(normalized, inputSize);
  const model = await loadLayersModel(tf.io.fromMemory({ modelTopology }));
  return disposeLayersIfThrown(model, () => {
    expectOneInputAndOutput(model);
    const decoded = tf.io.decodeWeights(
      tf.io.CompositeArrayBuffer.join(artifacts.weightData),
      artifacts.weightSpecs ?? [],
    );
    try {
      model.loadWeights(weightsByLayer(model, decoded));
    } finally {
      tf.dispose(decoded);
    }
    const cut = cutClassifier(model);
    cut.trainable = false;
    return cut;
  });
}

function expectOneInputAndOutput({ inputs, outputs }: LayersModel): void {
  if (inputs.length === 1 && outputs.length === 1) return;
  const counts = `${inputs.length} inputs and ${outputs.length} outputs`;
  throw new TopologyError(`it has ${counts}, a base has one of each`);
}
