import type { EngineMemory } from '../../records/engine.ts';
import { tensorsInUse } from './load-tensor-backend.ts';
import { gpuPictureTime, plansInUse } from './running-plans.ts';

/**
 * The tensors of TensorFlow.js, the memory of its backend, and the memory, threads and time on the
 * GPU of plans.
 */
export function engineMemory(): EngineMemory {
  const { gpuBytes, ...tensors } = tensorsInUse();
  const gpuMilliseconds = gpuPictureTime();
  const { bytes: planBytes, gpuBytes: planGpuBytes, threads } = plansInUse();
  return {
    ...tensors,
    ...(threads > 0 && { planBytes, threads }),
    ...(gpuMilliseconds !== undefined && { gpuMilliseconds }),
    ...((gpuBytes !== undefined || planGpuBytes > 0) && {
      gpuBytes: (gpuBytes ?? 0) + planGpuBytes,
    }),
  };
}
