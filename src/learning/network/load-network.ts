import * as tf from '@tensorflow/tfjs-core';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { msg, str } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { Problem } from '../../platform/problem.ts';
import { graphFeatures } from '../model-files/cut-graph.ts';
import { describeLayersModel } from '../model-files/describe-layers.ts';
import { TopologyError } from '../model-files/keras/keras-json.ts';
import { disposeLayersIfThrown } from '../model-files/layer-graph.ts';
import type { FrozenNetwork } from './frozen-network.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { LayerDescription } from '../../records/summary.ts';

/** A base for inference: from preprocessed pictures to the last feature map or a feature vector. */
export interface Network {
  /**
   * The frozen layers before fusion; undefined for a GraphModel, which does not list its layers.
   */
  readonly layers?: readonly LayerDescription[];
  /**
   * @param input `[batch, size, size, 3]`, preprocessed; the caller disposes it
   * @returns `[batch, h, w, channels]` or `[batch, channels]`; the caller disposes it
   */
  run(input: tf.Tensor): tf.Tensor;
  /**
   * Makes a forward pass and discards the result, so that later passes find everything compiled.
   * Yields to the event loop in between, if the network can run step by step.
   *
   * @param onProgress reports the fraction of the operations that are done, 0 to 1
   * @throws Problem `gpu`
   */
  warmUp(
    input: tf.Tensor,
    watch: DeviceWatch,
    onProgress: (fraction: number) => void,
  ): Promise<void>;
  dispose(): void;
}

/**
 * Builds a base on the current backend. The code for each format is imported only when a base needs
 * it.
 *
 * @param inputSize side of the input in pixels
 * @throws Problem `base` when no backend can build it, `backend` when this one cannot
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
    const kind = thrown instanceof TopologyError ? 'base' : 'backend';
    throw new Problem(kind, msg(str`“${spec.name}” cannot be built here.`), { cause: thrown });
  }
}

async function loadGraph(artifacts: tf.io.ModelArtifacts): Promise<Network> {
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter');
  const model = await loadGraphModel(tf.io.fromMemory(artifacts));
  const features = featuresOrDispose(model, artifacts);
  const run = (input: tf.Tensor) => {
    const output = features === undefined ? model.execute(input) : model.execute(input, features);
    return Array.isArray(output) ? output[0]! : output;
  };
  return {
    run,
    warmUp: async (input, watch, onProgress) => {
      await readAndDispose(run(input), watch);
      onProgress(1);
    },
    dispose: () => {
      model.dispose();
    },
  };
}

function featuresOrDispose(
  model: GraphModel,
  { modelTopology }: tf.io.ModelArtifacts,
): string | undefined {
  try {
    return graphFeatures(modelTopology, model.outputs[0]?.name ?? '');
  } catch (thrown) {
    model.dispose();
    throw thrown;
  }
}

async function loadFrozenLayers(
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
): Promise<Network> {
  const [{ loadLayers }, { freezeLayers }] = await Promise.all([
    import('../model-files/load-layers.ts'),
    import('./build-frozen-network.ts'),
  ]);
  const model = await loadLayers(artifacts, inputSize);
  const layers = disposeLayersIfThrown(model, () => describeLayersModel(model));
  return { layers, ...inferring(freezeLayers(model)) };
}

/** Wraps a frozen network as a `Network`. @param frozen the `Network` disposes it */
export function inferring(frozen: FrozenNetwork): Network {
  return {
    run: (input) => frozen.run(input),
    warmUp: async (input, watch, onProgress) => {
      const pass = frozen.pass(input);
      let step = pass.next();
      for (let done = 1; !step.done; step = pass.next(), done++) {
        onProgress(done / frozen.length);
        if (done % STEPS_BEFORE_YIELD === 0) await new Promise((resolve) => setTimeout(resolve));
      }
      await readAndDispose(step.value, watch);
    },
    dispose: () => {
      frozen.dispose();
    },
  };
}

/** Operations of a warm-up before it yields to the event loop. */
const STEPS_BEFORE_YIELD = 4;

/** Waits until a GPU has computed a tensor, and disposes the tensor. */
async function readAndDispose(output: tf.Tensor, watch: DeviceWatch): Promise<void> {
  try {
    await watch.read(output);
  } finally {
    output.dispose();
  }
}
