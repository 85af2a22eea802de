import { runningPlans } from '../backend/running-plans.ts';
import { availableSimd, compileAhead, networkModule } from '../kernels/wasm/network-module.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import { joinRows } from '../../platform/rows.ts';
import { inputRange } from './input-range.ts';
import { prepareProjection } from './map-projection.ts';
import type { Network } from './network.ts';
import { compilePlan } from './plan/compile-plan.ts';
import type { OperationList } from './plan/operation.ts';
import { canShareMemory, useThreads } from './wasm/use-threads.ts';
import { WasmExecutor } from './wasm/wasm-executor.ts';

/** Operations of a warm-up before it yields to the event loop. */
const OPERATIONS_BEFORE_YIELD = 8;
/** Pictures before threads start: a network that only tests something needs none. */
const PICTURES_ALONE = 8;

/**
 * Runs operations as a plan on wasm.
 *
 * @param size side of the input in pixels
 * @returns undefined if no plan can express them or the browser cannot run the plan
 */
export async function runPlanned(
  operations: OperationList,
  spec: Pick<BaseSpec, 'preprocessing' | 'inputRange'>,
  size: number,
): Promise<Network | undefined> {
  const shared = canShareMemory();
  await compileKernels();
  const simd = availableSimd(shared);
  const plan = simd && compilePlan(operations, size, inputRange(spec));
  if (!plan) return undefined;
  const executor = startOrWarn(() => new WasmExecutor(plan, simd, { shared }));
  return executor && plannedNetwork(executor, networkModule(simd, shared), shared);
}

let compiling: Promise<void> | undefined;

/** Compiles the kernels off this thread, once. It never rejects. */
export function compileKernels(): Promise<void> {
  return (compiling ??= compileAhead(canShareMemory()));
}

/**
 * @param module the kernels
 * @param shared whether threads can help the executor, and the kernels work on shared memory
 */
function plannedNetwork(
  executor: WasmExecutor,
  module: WebAssembly.Module,
  shared: boolean,
): Network {
  runningPlans.add(executor);
  let pictures = 0;
  let threads: { readonly stop: () => void } | undefined;
  const count = (batch: PictureBatch): void => {
    pictures += batch.pictures.length;
    if (shared && !threads && pictures > PICTURES_ALONE) {
      threads = useThreads(executor, {
        loadStart: async () => (await import('./wasm/helper-threads.ts')).startWorker,
        processors: navigator.hardwareConcurrency,
      });
    }
  };
  return {
    // It computes one picture after the other; what waits for the worker gets its turn sooner.
    batchPictures: 2,
    map: (batch) => {
      count(batch);
      return Promise.resolve({ values: executor.map(batch), shape: executor.plan.outputShape });
    },
    reader: (wanted) => {
      const { outputShape: mapShape } = executor.plan;
      const project = prepareProjection(module, shared, mapShape, wanted);
      return Promise.resolve({
        read: (batch) => {
          count(batch);
          const pictures = batch.pictures.length;
          const { map, features, kept } = executor.outputs(batch);
          const further = joinRows(wanted.further ? kept : [], pictures);
          return Promise.resolve({ mapShape, features, ...project(map, pictures), further });
        },
        // Nothing but the reader holds its memory.
        dispose: () => undefined,
      });
    },
    warmUp: async ({ pictures: [picture] }, _watch, onProgress) => {
      let done = 0;
      for (const fraction of executor.warmUp(picture!)) {
        onProgress(fraction);
        if (++done % OPERATIONS_BEFORE_YIELD === 0) {
          await new Promise((resolve) => setTimeout(resolve));
        }
      }
    },
    // Nothing but the network and its threads holds the memory.
    dispose: () => {
      runningPlans.delete(executor);
      threads?.stop();
    },
  };
}

/** A device may not have the memory; TensorFlow.js then tries with its own. */
function startOrWarn(start: () => WasmExecutor): WasmExecutor | undefined {
  try {
    return start();
  } catch (thrown) {
    console.warn('The network runs by TensorFlow.js.', thrown);
    return undefined;
  }
}
