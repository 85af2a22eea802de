import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { cutClassifier } from './cut-classifier.ts';
import { disposeLayersIfThrown } from './layer-graph.ts';
import { isObject, TopologyError, type FunctionalJson } from './keras/keras-json.ts';
import { normalizeTopology } from './keras/normalize-topology.ts';
import './keras/extra-layers.ts';
import { resizeInput } from './resize-input.ts';
import { weightsByLayer } from './weights-by-layer.ts';

/** `userDefinedMetadata` of a model that is not cut: its output is the features. */
export const FEATURES_METADATA = { purrceptron: { output: 'features' } } as const;

/**
 * The network of a base as JSON, from the input to the features: without its classifier (see
 * `cutClassifier`), unless the files state that the output is the features.
 *
 * @throws TopologyError
 */
function baseTopology(artifacts: tf.io.ModelArtifacts): FunctionalJson {
  const model = normalizeTopology(artifacts.modelTopology);
  expectOneInputAndOutput(model);
  return isFeatures(artifacts) ? model : cutClassifier(model).body;
}

/** Whether the files state that the output of the model is the features: `FEATURES_METADATA`. */
export function isFeatures({ userDefinedMetadata }: tf.io.ModelArtifacts): boolean {
  const metadata: unknown = userDefinedMetadata;
  const own = isObject(metadata) ? metadata['purrceptron'] : undefined;
  return isObject(own) && own['output'] === FEATURES_METADATA.purrceptron.output;
}

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
  const modelTopology = resizeInput(baseTopology(artifacts), inputSize);
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

/** @throws TopologyError for a network with several inputs or outputs */
export function expectOneInputAndOutput({ config }: FunctionalJson): void {
  const [inputs, outputs] = [config.input_layers.length, config.output_layers.length];
  if (inputs === 1 && outputs === 1) return;
  const counts = `${inputs} inputs and ${outputs} outputs`;
  throw new TopologyError(`it has ${counts}, a base has one of each`);
}
