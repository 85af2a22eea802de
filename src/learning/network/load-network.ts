import * as tf from '@tensorflow/tfjs-core';
import { msg, str } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { Problem } from '../../platform/problem.ts';
import { graphFeatures } from '../model-files/cut-graph.ts';
import { describeLayersModel } from '../model-files/describe-layers.ts';
import { TopologyError } from '../model-files/keras/keras-json.ts';
import { disposeLayers, disposeLayersIfThrown } from '../model-files/layer-graph.ts';
import { pixelTensor, type PictureBatch } from '../input/picture-batch.ts';
import { buildGraph } from './build-graph.ts';
import type { FrozenList } from './frozen-list.ts';
import type { FrozenNetwork } from './frozen-network.ts';
import { listTopology } from './list-topology.ts';
import { listWithFurther, operationsWithFurther } from './with-further.ts';
import { BATCH_PICTURES, type Network } from './network.ts';
import type { OperationList } from './plan/operation.ts';
import { preprocess } from './preprocess.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { BackendName } from '../../records/engine.ts';
import type { LayerDescription } from '../../records/summary.ts';

/** What of a base's spec its network needs. */
type NetworkSpec = Pick<BaseSpec, 'name' | 'format' | 'preprocessing' | 'inputRange' | 'further'>;

/**
 * Builds a base on the current backend. The code for each format is imported only when a base needs
 * it.
 *
 * @param inputSize side of the input in pixels
 * @param plans whether it may run as a plan, without TensorFlow.js: see `runFrozen`
 * @throws Problem `base` when no backend can build it, `backend` when this one cannot
 */
export async function loadNetwork(
  spec: NetworkSpec,
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
  plans: boolean,
): Promise<Network> {
  try {
    return spec.format === 'graph-model'
      ? await loadGraph(spec, artifacts)
      : await loadFrozenLayers(spec, artifacts, inputSize, plans);
  } catch (thrown) {
    const kind = thrown instanceof TopologyError ? 'base' : 'backend';
    throw new Problem(kind, msg(str`“${spec.name}” cannot be built here.`), { cause: thrown });
  }
}

async function loadGraph(spec: NetworkSpec, artifacts: tf.io.ModelArtifacts): Promise<Network> {
  const model = await buildGraph(artifacts);
  const features = featuresOrDispose(model, artifacts);
  const run = (pictures: PictureBatch) =>
    tf.tidy(() => {
      const input = preprocess(pixelTensor(pictures), spec);
      const output = features === undefined ? model.execute(input) : model.execute(input, features);
      return Array.isArray(output) ? output[0]! : output;
    });
  return {
    batchPictures: BATCH_PICTURES,
    run,
    warmUp: async (pictures, watch, onProgress) => {
      await readAndDispose(run(pictures), watch);
      onProgress(1);
    },
    dispose: () => {
      model.dispose();
    },
  };
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

async function loadFrozenLayers(
  spec: NetworkSpec,
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
  plans: boolean,
): Promise<Network> {
  const operations = plans && hasExecutor() && listTopology(artifacts, inputSize);
  const further = spec.further?.layer;
  const planned =
    operations && (await runPlan(operationsWithFurther(operations, further), spec, inputSize));
  if (planned) return { ...planned, describeLayers: () => describeLayers(artifacts, inputSize) };
  const [{ loadLayers }, { frozenList }] = await Promise.all([
    import('../model-files/load-layers.ts'),
    import('./frozen-list.ts'),
  ]);
  const model = await loadLayers(artifacts, inputSize);
  const layers = disposeLayersIfThrown(model, () => describeLayersModel(model));
  const list = listWithFurther(frozenList(model), further);
  const network = await runFrozen(list, spec, inputSize, plans);
  return { ...network, describeLayers: () => Promise.resolve(layers) };
}

/** The layers of a base whose plan was made without them. */
async function describeLayers(
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
): Promise<LayerDescription[]> {
  const { loadLayers } = await import('../model-files/load-layers.ts');
  const model = await loadLayers(artifacts, inputSize);
  try {
    return describeLayersModel(model);
  } finally {
    disposeLayers(model);
  }
}

/** Loads the code of a backend's executor, which a base is likely to need next. */
export function loadExecutor(backend: BackendName): void {
  const load = async () => {
    if (backend === 'webgpu') await import('./gpu-network.ts');
    if (backend === 'wasm') await (await import('./planned-network.ts')).compileKernels();
  };
  // What fails here fails again where it is needed.
  load().catch(() => undefined);
}

/** Whether the backend has an executor of plans. */
function hasExecutor(): boolean {
  return ['wasm', 'webgpu'].includes(tf.getBackend());
}

/** Runs operations as a plan; undefined if no plan expresses them or the device cannot run it. */
async function runPlan(
  operations: OperationList,
  spec: Pick<BaseSpec, 'preprocessing' | 'inputRange'>,
  inputSize: number,
): Promise<Network | undefined> {
  if (tf.getBackend() === 'wasm') {
    const { runPlanned } = await import('./planned-network.ts');
    return runPlanned(operations, spec, inputSize);
  }
  const { runOnGpu } = await import('./gpu-network.ts');
  return runOnGpu(operations, spec, inputSize);
}

/**
 * Runs a frozen list: as a plan where the backend is wasm or WebGPU and a plan can express the list,
 * else by TensorFlow.js.
 *
 * @param list belongs to the network from now on; it is disposed if this throws
 * @param inputSize side of the input in pixels
 * @param plans whether a plan may run it; false once a plan gave wrong features here
 */
export async function runFrozen(
  list: FrozenList,
  spec: Pick<BaseSpec, 'preprocessing' | 'inputRange'>,
  inputSize: number,
  plans: boolean,
): Promise<Network> {
  try {
    const { frozenNetwork, operationList } = await import('./build-frozen-network.ts');
    const operations = plans && hasExecutor() && (await operationList(list));
    const planned = operations && (await runPlan(operations, spec, inputSize));
    if (!planned) return inferring(frozenNetwork(list), spec, list.kept !== undefined);
    list.dispose();
    return planned;
  } catch (thrown) {
    list.dispose();
    throw thrown;
  }
}

/**
 * Runs a frozen network by TensorFlow.js.
 *
 * @param frozen the `Network` disposes it
 * @param givesFurther whether it keeps the mean of an earlier layer
 */
function inferring(
  frozen: FrozenNetwork,
  spec: Pick<BaseSpec, 'preprocessing' | 'inputRange'>,
  givesFurther: boolean,
): Network {
  const inputOf = (pictures: PictureBatch) =>
    tf.tidy(() => preprocess(pixelTensor(pictures), spec));
  return {
    batchPictures: BATCH_PICTURES,
    run: (pictures) => tf.tidy(() => frozen.run(inputOf(pictures))),
    ...(givesFurther && {
      withFurther: (pictures) =>
        tf.tidy(() => {
          const [map, further] = frozen.outputs(inputOf(pictures));
          return { map, further: further as tf.Tensor2D };
        }),
    }),
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
        await readAndDispose(output, watch);
      } finally {
        input.dispose();
      }
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
