import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { cutClassifier } from './cut-classifier.ts';
import { disposeLayers } from './layer-graph.ts';
import { normalizeTopology } from './keras/normalize-topology.ts';
import './keras/extra-layers.ts';
import { resizeInput } from './resize-input.ts';
import { weightsByLayer } from './weights-by-layer.ts';

/**
 * The layers of a base on the current backend, from the input to the last feature map, without the
 * classifier that it may have had; none of them learns. For `freezeLayers`, or to be split for
 * fine-tuning.
 *
 * @param artifacts of a LayersModel of any version of Keras; not changed
 * @param inputSize side of the square input in pixels
 * @returns the caller's to dispose
 * @throws Error when its topology or its weights are not those of such a model
 */
export async function loadLayers(
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
): Promise<LayersModel> {
  const normal = normalizeTopology(artifacts.modelTopology);
  const modelTopology = resizeInput(normal, inputSize);
  const model = await loadLayersModel(tf.io.fromMemory({ modelTopology }));
  try {
    expectOne(model);
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
  } catch (thrown) {
    disposeLayers(model);
    throw thrown;
  }
}

function expectOne({ inputs, outputs }: LayersModel): void {
  if (inputs.length === 1 && outputs.length === 1) return;
  const counts = `${inputs.length} inputs and ${outputs.length} outputs`;
  throw new Error(`it has ${counts}, a base has one of each`);
}
