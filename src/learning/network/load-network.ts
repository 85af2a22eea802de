import * as tf from '@tensorflow/tfjs-core';
import { msg, str } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { Problem } from '../../platform/problem.ts';
import { graphFeatures } from '../model-files/cut-graph.ts';
import { describeLayersModel } from '../model-files/describe-layers.ts';
import type { FrozenNetwork } from './frozen-network.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { LayerDescription } from '../../records/summary.ts';

/** A base as it infers: from its own input range to its last feature map, or to a feature vector. */
export interface Network {
  /** Frozen, before any were fused; a GraphModel does not tell them. */
  readonly layers?: readonly LayerDescription[];
  /**
   * @param input `[batch, size, size, 3]`, preprocessed; stays the caller's
   * @returns `[batch, h, w, channels]` or `[batch, channels]`, the caller's
   */
  run(input: tf.Tensor): tf.Tensor;
  /**
   * A pass whose result is read and dropped, in turns where the network allows it.
   *
   * @throws Problem `gpu`
   */
  warmUp(input: tf.Tensor, watch: DeviceWatch, onShare: (share: number) => void): Promise<void>;
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
    throw new Problem('backend', msg(str`“${spec.name}” cannot be built here.`), { cause: thrown });
  }
}

async function loadGraph(artifacts: tf.io.ModelArtifacts): Promise<Network> {
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter');
  const model = await loadGraphModel(tf.io.fromMemory(artifacts));
  const features = graphFeatures(artifacts.modelTopology, model.outputs[0]?.name ?? '');
  const run = (input: tf.Tensor) => {
    const output = features === undefined ? model.execute(input) : model.execute(input, features);
    return Array.isArray(output) ? output[0]! : output;
  };
  return {
    run,
    warmUp: async (input, watch, onShare) => {
      await readAndDrop(run(input), watch);
      onShare(1);
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
    import('../model-files/load-layers.ts'),
    import('./build-frozen-network.ts'),
  ]);
  const model = await loadLayers(artifacts, inputSize);
  const layers = describeLayersModel(model);
  return { layers, ...inferring(freezeLayers(model)) };
}

/** @param frozen owned by the network from now on */
export function inferring(frozen: FrozenNetwork): Network {
  return {
    run: (input) => frozen.run(input),
    warmUp: async (input, watch, onShare) => {
      const pass = frozen.pass(input);
      let step = pass.next();
      for (let done = 1; !step.done; step = pass.next(), done++) {
        onShare(done / frozen.length);
        if (done % TURN === 0) await new Promise((resolve) => setTimeout(resolve));
      }
      await readAndDrop(step.value, watch);
    },
    dispose: () => {
      frozen.dispose();
    },
  };
}

/** Operations of a warm-up before somebody else gets a turn. */
const TURN = 4;

/** Waits for what was queued on a GPU. */
async function readAndDrop(output: tf.Tensor, watch: DeviceWatch): Promise<void> {
  try {
    await watch.read(output);
  } finally {
    output.dispose();
  }
}
