import * as tf from '@tensorflow/tfjs-core';
import { Problem } from '../../problem.ts';
import { graphFeatures } from './cut-graph.ts';
import { describeLayersModel } from './describe-layers.ts';
import type { BaseSpec } from './spec.ts';
import type { LayerDescription } from './summary.ts';

/** A base as it infers: from its own input range to its last feature map, or to a feature vector. */
export interface Network {
  /** Frozen, before any were fused; a GraphModel does not tell them. */
  readonly layers?: readonly LayerDescription[];
  /**
   * @param input `[batch, size, size, 3]`, preprocessed; stays the caller's
   * @returns `[batch, h, w, channels]` or `[batch, channels]`, the caller's
   */
  run(input: tf.Tensor): tf.Tensor;
  dispose(): void;
}

/**
 * Builds a base on the current backend. Each kind of model brings its own loader, and its code
 * arrives only when a base needs it.
 *
 * @throws Problem `backend` when it cannot be built here
 */
export async function loadNetwork(
  spec: Pick<BaseSpec, 'name' | 'format'>,
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
): Promise<Network> {
  try {
    return spec.format === 'graph-model'
      ? await loadGraph(artifacts)
      : await loadFrozenLayers(artifacts, inputSize);
  } catch (thrown) {
    throw new Problem('backend', `“${spec.name}” cannot be built here.`, { cause: thrown });
  }
}

async function loadGraph(artifacts: tf.io.ModelArtifacts): Promise<Network> {
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter');
  const model = await loadGraphModel(tf.io.fromMemory(artifacts));
  const features = graphFeatures(artifacts.modelTopology, model.outputs[0]?.name ?? '');
  return {
    run: (input) => {
      const output = features === undefined ? model.execute(input) : model.execute(input, features);
      return Array.isArray(output) ? output[0]! : output;
    },
    dispose: () => {
      model.dispose();
    },
  };
}

async function loadFrozenLayers(
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
): Promise<Network> {
  const [{ loadLayers }, { freezeLayers }] = await Promise.all([
    import('./load-layers.ts'),
    import('./freeze-layers.ts'),
  ]);
  const model = await loadLayers(artifacts, inputSize);
  const layers = describeLayersModel(model);
  const frozen = freezeLayers(model);
  return {
    layers,
    run: (input) => frozen.run(input),
    dispose: () => {
      frozen.dispose();
    },
  };
}
