import * as tf from '@tensorflow/tfjs-core';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { splitFused } from '../model-files/split-fused.ts';

/**
 * Builds a GraphModel, which the caller disposes; its code is imported only then. Where it cannot be
 * built, none of its weights is left.
 */
export async function buildGraph(
  artifacts: tf.io.ModelArtifacts,
): Promise<GraphModel<tf.io.IOHandlerSync>> {
  const { loadGraphModelSync } = await import('@tensorflow/tfjs-converter');
  const { modelTopology, weightSpecs = [] } = artifacts;
  const runnable = { ...artifacts, modelTopology: splitFused(modelTopology, weightSpecs) };
  let model: GraphModel<tf.io.IOHandlerSync> | undefined;
  tf.tidy(() => {
    model = loadGraphModelSync(tf.io.fromMemorySync(runnable));
    return model.weights;
  });
  return model!;
}
