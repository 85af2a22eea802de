import * as tf from '@tensorflow/tfjs-core';
import type { EngineMemory } from '../../records/engine.ts';
import { gpuPictureTime, plansInUse } from './running-plans.ts';

/** The part of the wasm backend that is read here, typed without importing the backend's code. */
interface WasmBackend {
  readonly wasm?: { readonly HEAPU8?: Uint8Array };
}

/**
 * The tensors of TensorFlow.js, the memory of its backend, and the memory, threads and time on the
 * GPU of plans.
 */
export function engineMemory(): EngineMemory {
  const { numTensors, numBytes, ...more } = tf.memory();
  const heapBytes = (tf.backend() as WasmBackend).wasm?.HEAPU8?.buffer.byteLength;
  const { numBytesInGPU: gpuBytes } = more as { readonly numBytesInGPU?: number };
  const gpuMilliseconds = gpuPictureTime();
  const { bytes: planBytes, gpuBytes: planGpuBytes, threads } = plansInUse();
  return {
    tensors: numTensors,
    bytes: numBytes,
    ...(heapBytes !== undefined && { heapBytes }),
    ...(threads > 0 && { planBytes, threads }),
    ...(gpuMilliseconds !== undefined && { gpuMilliseconds }),
    ...(gpuBytes !== undefined && { gpuBytes: gpuBytes + planGpuBytes }),
  };
}
