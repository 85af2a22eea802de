/**
 * Runs one base by several engines and times them, in a worker, because a thread that waits for
 * others may not be the page's. Its name gives it the headers of the learning worker.
 */
import * as Comlink from 'comlink';
import * as tf from '@tensorflow/tfjs-core';
import { model as makeModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { activateTensors } from '../../src/learning/backend/backends.ts';
import { loadBaseFiles } from '../../src/learning/bases/base-files.ts';
import { listBases } from '../../src/learning/bases/registry.ts';
import { pool } from '../../src/learning/network/global-average-pooling.ts';
import { pixelTensor, type PictureBatch } from '../../src/learning/input/picture-batch.ts';
import { availableSimd } from '../../src/learning/kernels/wasm/network-module.ts';
import { TUTORIAL_LAYER } from '../../src/learning/fine-tune/fine-tune-layer.ts';
import { findCut } from '../../src/learning/model-files/find-cut.ts';
import { loadLayers } from '../../src/learning/model-files/load-layers.ts';
import { modelArtifacts } from '../../src/learning/model-files/model-artifacts.ts';
import { frozenNetwork, operationList } from '../../src/learning/network/build-frozen-network.ts';
import { frozenList } from '../../src/learning/network/frozen-list.ts';
import { goldenBatch } from '../../src/learning/network/golden-check.ts';
import { inputRange } from '../../src/learning/network/input-range.ts';
import { compilePlan } from '../../src/learning/network/plan/compile-plan.ts';
import type { Plan } from '../../src/learning/network/plan/plan.ts';
import { preprocess } from '../../src/learning/network/preprocess.ts';
import { startWorker } from '../../src/learning/network/wasm/helper-threads.ts';
import { canShareMemory } from '../../src/learning/network/wasm/use-threads.ts';
import { MAX_THREADS, WasmExecutor } from '../../src/learning/network/wasm/wasm-executor.ts';
import { GpuExecutor } from '../../src/learning/network/webgpu/gpu-executor.ts';
import { compileGpuPlan, type GpuPlan } from '../../src/learning/network/webgpu/gpu-plan.ts';
import type { BaseSpec } from '../../src/records/base-spec.ts';
import { featureModels, type FeatureModels } from './feature-model.ts';

/** An engine with a number of threads. */
export interface Contender {
  readonly engine: string;
  readonly threads: number;
}

type Features = (batch: PictureBatch) => Float32Array | Promise<Float32Array>;

/** Where engines are compared. */
export type NetworkBackend = 'wasm' | 'webgpu';

/**
 * How far they compute: to the pooled features, or to the boundary activations from which the tutorial's
 * layers are fine-tuned.
 */
export type NetworkPart = 'features' | 'boundary';

const engines: (Contender & { readonly features: Features })[] = [];
let side = 0;
let model: LayersModel | undefined;
let spec: BaseSpec | undefined;

const service = {
  /** Builds every engine of a backend for one input size. @returns what takes part */
  async start(
    basesUrl: string,
    size: number,
    backend: NetworkBackend,
    part: NetworkPart,
  ): Promise<Contender[]> {
    const { plans } = await activateTensors(backend);
    const [base] = await listBases(basesUrl);
    ({ spec } = base!);
    const preprocessing = spec;
    const artifacts = modelArtifacts(spec, (await loadBaseFiles(base!)).bytes);
    const list = frozenList(await layersOf(artifacts, size, part));
    const operations = await operationList(list);
    if (!operations) throw new Error('No plan can express this base');
    const range = inputRange(spec);
    engines.push(
      ...(plans instanceof GPUDevice
        ? [await onWebGpu(plans, compileGpuPlan(operations, size, range))]
        : await onWasm(compilePlan(operations, size, range), part)),
    );
    const frozen = frozenNetwork(list);
    const layers = await layersOf(artifacts, size, part);
    model = layers;
    const end = part === 'features' ? pool : (map: tf.Tensor) => map;
    const byTensorFlow =
      (run: (x: tf.Tensor) => tf.Tensor): Features =>
      async (batch) => {
        const output = tf.tidy(() => end(run(preprocess(pixelTensor(batch), preprocessing))));
        const values = await output.data<'float32'>();
        output.dispose();
        return values;
      };
    engines.push(
      {
        engine: 'fused, in TensorFlow.js',
        threads: 1,
        features: byTensorFlow((x) => frozen.run(x)),
      },
      {
        ...{ engine: 'LayersModel', threads: 1 },
        features: byTensorFlow((x) => layers.predict(x) as tf.Tensor),
      },
    );
    side = size;
    return engines.map(({ engine, threads }) => ({ engine, threads }));
  },

  /** What an engine computes of the golden pictures, `[batch, ...]`. */
  async features(index: number, batch: number): Promise<Float32Array> {
    return engines[index]!.features(goldenBatch(side, batch));
  },

  /** The base in the formats of other runtimes. */
  models(batch: number): FeatureModels {
    return featureModels(model!, spec!, batch);
  },

  /** Milliseconds of each of some passes, after two that do not count. */
  async time(index: number, batch: number, passes: number): Promise<number[]> {
    const pictures = goldenBatch(side, batch);
    const { features } = engines[index]!;
    for (let pass = 0; pass < 2; pass++) await features(pictures);
    const times: number[] = [];
    for (let pass = 0; pass < passes; pass++) {
      const started = performance.now();
      await features(pictures);
      times.push(performance.now() - started);
    }
    return times;
  },
};

type Engine = (typeof engines)[number];

/** The layers that compute a part of a base. */
async function layersOf(
  artifacts: tf.io.ModelArtifacts,
  size: number,
  part: NetworkPart,
): Promise<LayersModel> {
  const whole = await loadLayers(artifacts, size);
  if (part === 'features') return whole;
  const { output } = findCut(whole, TUTORIAL_LAYER).boundary;
  return makeModel({ inputs: whole.inputs, outputs: output });
}

/** The app's executor on wasm: with one thread, with all, and with plain SIMD. */
async function onWasm(plan: Plan | undefined, part: NetworkPart): Promise<Engine[]> {
  const simd = availableSimd();
  if (!simd || !plan) throw new Error('No plan can express this base here');
  const shared = canShareMemory();
  const executor = new WasmExecutor(plan, simd, { shared });
  const most = shared ? Math.min(MAX_THREADS, navigator.hardwareConcurrency) : 1;
  await executor.addHelpers(most - 1, startWorker);
  const run = (on: WasmExecutor, batch: PictureBatch) =>
    part === 'features' ? on.features(batch) : on.map(batch);
  const own = [...new Set([1, most])].map((threads): Engine => {
    const features = (batch: PictureBatch) => {
      executor.threads = threads;
      return run(executor, batch);
    };
    return { engine: 'ours', threads, features };
  });
  if (simd !== 'relaxed') return own;
  const plain = new WasmExecutor(plan, 'plain');
  const features = (batch: PictureBatch) => run(plain, batch);
  return [...own, { engine: 'ours, plain SIMD', threads: 1, features }];
}

/** The app's executor on WebGPU. */
async function onWebGpu(device: GPUDevice, plan: GpuPlan | undefined): Promise<Engine> {
  if (!plan) throw new Error('No plan can express this base here');
  const reader = await (await GpuExecutor.open(device, plan)).reader({});
  const features = async (batch: PictureBatch) => (await reader.read(batch)).features;
  return { engine: 'ours', threads: 1, features };
}

export type NetworkService = typeof service;

Comlink.expose(service);
