import * as tf from '@tensorflow/tfjs-core';
import { webGpuDevice } from '../backend/webgpu-device.ts';
import { runningPlans } from '../backend/running-plans.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import { inputRange } from './input-range.ts';
import type { OperationList } from './plan/operation.ts';
import { BATCH_PICTURES, type Network } from './network.ts';
import { GpuExecutor } from './webgpu/gpu-executor.ts';
import { compileGpuPlan } from './webgpu/gpu-plan.ts';

/**
 * Runs operations as a plan on the device of TensorFlow.js's WebGPU backend.
 *
 * @param size side of the input in pixels
 * @returns undefined if no plan can express them or the device cannot run the plan
 */
export async function runOnGpu(
  operations: OperationList,
  spec: Pick<BaseSpec, 'preprocessing' | 'inputRange'>,
  size: number,
): Promise<Network | undefined> {
  const device = webGpuDevice();
  const plan = device && compileGpuPlan(operations, size, inputRange(spec));
  if (!plan) return undefined;
  const executor = await openOrWarn(() => GpuExecutor.open(device, plan));
  if (!executor) return undefined;
  const { bytes, timer } = executor;
  const running = { bytes, threads: 0, ...(timer && { timer }) };
  runningPlans.add(running);
  return {
    gpu: executor,
    batchPictures: BATCH_PICTURES,
    run: (batch) => {
      const buffer = executor.mapOnDevice(batch);
      const shape = [batch.pictures.length, ...plan.outputShape];
      try {
        // TensorFlow.js copies it at once.
        return tf.tensor({ buffer }, shape, 'float32');
      } finally {
        buffer.destroy();
      }
    },
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
