import * as tf from '@tensorflow/tfjs-core';
import { graphFeatures } from '../model-files/cut-graph.ts';
import { describeLayersModel } from '../model-files/describe-layers.ts';
import { disposeLayers, disposeLayersIfThrown } from '../model-files/layer-graph.ts';
import { loadLayers } from '../model-files/load-layers.ts';
import { pixelTensor, type PictureBatch } from '../input/picture-batch.ts';
import { buildGraph } from './build-graph.ts';
import { frozenNetwork, operationList } from './build-frozen-network.ts';
import { frozenList, type FrozenList } from './frozen-list.ts';
import type { FrozenNetwork } from './frozen-network.ts';
import { listWithFurther } from './list-with-further.ts';
import type { Network, NetworkBackend, NetworkSpec } from './network.ts';
import { runPlan } from './run-plan.ts';
import { preprocess } from './preprocess.ts';
import { tensorNetwork } from './tensor-network.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { LayerDescription } from '../../records/summary.ts';

/**
 * Builds a base from TensorFlow.js's own model of it; what becomes a plan then still runs as one.
 *
 * @throws TopologyError, or what TensorFlow.js throws
 */
export async function loadWithTensors(
  spec: NetworkSpec,
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
  backend: NetworkBackend,
): Promise<Network> {
  await backend.startTensors();
  if (spec.format === 'graph-model') return loadGraph(spec, artifacts);
  const model = await loadLayers(artifacts, inputSize);
  const layers = disposeLayersIfThrown(model, () => describeLayersModel(model));
  const list = listWithFurther(frozenList(model), spec.further?.layer);
  const network = await runFrozen(list, spec, inputSize, backend);
  return { ...network, describeLayers: () => Promise.resolve(layers) };
}

/** The layers of a base whose plan was made without them. */
export async function describeBase(
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
  backend: NetworkBackend,
): Promise<LayerDescription[]> {
  await backend.startTensors();
  const model = await loadLayers(artifacts, inputSize);
  try {
    return describeLayersModel(model);
  } finally {
    disposeLayers(model);
  }
}

async function loadGraph(spec: NetworkSpec, artifacts: tf.io.ModelArtifacts): Promise<Network> {
  const model = await buildGraph(artifacts);
  const features = featuresOrDispose(model, artifacts);
  const outputs = (pictures: PictureBatch): [tf.Tensor] => {
    const input = preprocess(pixelTensor(pictures), spec);
    const output = features === undefined ? model.execute(input) : model.execute(input, features);
    return [Array.isArray(output) ? output[0]! : output];
  };
  const network = tensorNetwork(outputs, {
    warmUp: async (pictures, watch, onProgress) => {
      await watch.answer(() => network.map(pictures));
      onProgress(1);
    },
    dispose: () => {
      model.dispose();
    },
  });
  return network;
}

function featuresOrDispose(
  model: Awaited<ReturnType<typeof buildGraph>>,
  { modelTopology }: tf.io.ModelArtifacts,
): string | undefined {
  try {
    return graphFeatures(modelTopology, model.outputs[0]?.name ?? '');
  } catch (thrown) {
    model.dispose();
    throw thrown;
  }
}

/**
 * Runs a frozen list: as a plan where the backend has them and a plan can express the list, else by
 * TensorFlow.js, whose backend has started.
 *
 * @param list belongs to the network from now on; it is disposed if this throws
 * @param inputSize side of the input in pixels
 */
export async function runFrozen(
  list: FrozenList,
  spec: Pick<BaseSpec, 'preprocessing' | 'inputRange'>,
  inputSize: number,
  backend: NetworkBackend,
): Promise<Network> {
  try {
    const operations = backend.plans && (await operationList(list));
    const planned = operations && (await runPlan(operations, spec, inputSize, backend));
    if (!planned) return inferring(frozenNetwork(list), spec);
    list.dispose();
    return planned;
  } catch (thrown) {
    list.dispose();
    throw thrown;
  }
}

/** Runs a frozen network by TensorFlow.js. @param frozen the `Network` disposes it */
function inferring(
  frozen: FrozenNetwork,
  spec: Pick<BaseSpec, 'preprocessing' | 'inputRange'>,
): Network {
  const inputOf = (pictures: PictureBatch) =>
    tf.tidy(() => preprocess(pixelTensor(pictures), spec));
  return tensorNetwork((pictures) => frozen.outputs(inputOf(pictures)), {
    warmUp: async (pictures, watch, onProgress) => {
      const input = inputOf(pictures);
      try {
        const pass = frozen.pass(input);
        let step = pass.next();
        for (let done = 1; !step.done; step = pass.next(), done++) {
          onProgress(done / frozen.length);
          if (done % STEPS_BEFORE_YIELD === 0) await new Promise((resolve) => setTimeout(resolve));
        }
        const [output, ...kept] = step.value;
        tf.dispose(kept);
        try {
          await watch.read(output);
        } finally {
          output.dispose();
        }
      } finally {
        input.dispose();
      }
    },
    dispose: () => {
      frozen.dispose();
    },
  });
}

/** Operations of a warm-up before it yields to the event loop. */
const STEPS_BEFORE_YIELD = 4;
