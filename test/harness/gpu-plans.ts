import { gpuAdapter } from '../../src/learning/backend/gpu-adapter.ts';
import type { PictureBatch } from '../../src/learning/input/picture-batch.ts';
import type { InputRange } from '../../src/learning/network/plan/plan.ts';
import type { OperationList } from '../../src/learning/network/plan/operation.ts';
import { GpuExecutor } from '../../src/learning/network/webgpu/gpu-executor.ts';
import { compileGpuPlan } from '../../src/learning/network/webgpu/gpu-plan.ts';
import type { Readout } from '../../src/learning/network/readout.ts';

let device: Promise<GPUDevice> | undefined;

/** What a plan gives for some pictures: the map, and each of some readouts. */
export async function runGpuPlan(
  list: OperationList,
  range: InputRange,
  batch: PictureBatch,
  readouts: readonly Parameters<GpuExecutor['reader']>[0][],
): Promise<{ map: Float32Array; readouts: Readout[] }> {
  const plan = compileGpuPlan(list, batch.size, range);
  if (!plan) throw new Error('No plan');
  const executor = await GpuExecutor.open(await (device ??= openDevice()), plan);
  const found: Readout[] = [];
  for (const wanted of readouts) {
    const reader = await executor.reader(wanted);
    found.push(await reader.read(batch));
    reader.dispose();
  }
  const map = await executor.map(batch);
  executor.dispose();
  return { map, readouts: found };
}

async function openDevice(): Promise<GPUDevice> {
  await gpuAdapter();
  const device = await (await navigator.gpu.requestAdapter())!.requestDevice();
  device.addEventListener('uncapturederror', ({ error }) => {
    console.error(error.message);
  });
  return device;
}
