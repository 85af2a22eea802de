import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { resizeInput } from './resize-input.ts';

/**
 * The layers of a base on the current backend, from the input to the last feature map; none of them
 * learns. For `freezeLayers`, or to be split for fine-tuning.
 *
 * @param artifacts of a LayersModel; not changed
 * @param inputSize side of the square input in pixels
 * @returns the caller's to dispose
 */
export async function loadLayers(
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
): Promise<LayersModel> {
  const modelTopology = resizeInput(artifacts.modelTopology!, inputSize);
  const model = await loadLayersModel(tf.io.fromMemory({ ...artifacts, modelTopology }));
  model.trainable = false;
  return model;
}
