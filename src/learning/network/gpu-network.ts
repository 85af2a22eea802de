import { runningPlans } from '../backend/running-plans.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import { inputRange } from './input-range.ts';
import type { OperationList } from './plan/operation.ts';
import { BATCH_PICTURES, type Network } from './network.ts';
import { GpuExecutor } from './webgpu/gpu-executor.ts';
import { compileGpuPlan } from './webgpu/gpu-plan.ts';

/**
 * Runs operations as a plan on WebGPU.
 *
 * @param size side of the input in pixels
 * @returns undefined if no plan can express them or the device cannot run the plan
 */
export async function runOnGpu(
  device: GPUDevice,
  operations: OperationList,
  spec: Pick<BaseSpec, 'preprocessing' | 'inputRange'>,
  size: number,
): Promise<Network | undefined> {
  const plan = compileGpuPlan(operations, size, inputRange(spec));
  if (!plan) return undefined;
  const executor = await openOrWarn(() => GpuExecutor.open(device, plan));
  if (!executor) return undefined;
  const { bytes, timer } = executor;
  const running = { bytes, threads: 0, ...(timer && { timer }) };
  runningPlans.add(running);
  return {
    batchPictures: BATCH_PICTURES,
    map: async (batch) => ({ values: await executor.map(batch), shape: plan.outputShape }),
    reader: (wanted) => executor.reader(wanted),
    warmUp: async (pictures, watch, onProgress) => {
      await watch.answer(() => executor.map(pictures));
      onProgress(1);
    },
    dispose: () => {
      runningPlans.delete(running);
      executor.dispose();
    },
  };
}

/** A device may not have the memory, or refuse a shader; TensorFlow.js then tries with its own. */
async function openOrWarn(open: () => Promise<GpuExecutor>): Promise<GpuExecutor | undefined> {
  try {
    return await open();
  } catch (thrown) {
    console.warn('The network runs by TensorFlow.js.', thrown);
    return undefined;
  }
}
