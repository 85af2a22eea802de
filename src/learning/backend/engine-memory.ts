import * as tf from '@tensorflow/tfjs-core';
import type { EngineMemory } from '../../records/engine.ts';

/** The part of the wasm backend that is read here, typed without importing the backend's code. */
interface WasmBackend {
  readonly wasm?: { readonly HEAPU8?: Uint8Array };
}

/** The tensors that TensorFlow.js holds now, and the memory of its backend in bytes. */
export function engineMemory(): EngineMemory {
  const { numTensors, numBytes, ...more } = tf.memory();
  const heapBytes = (tf.backend() as WasmBackend).wasm?.HEAPU8?.buffer.byteLength;
  const { numBytesInGPU: gpuBytes } = more as { readonly numBytesInGPU?: number };
  return {
    tensors: numTensors,
    bytes: numBytes,
    ...(heapBytes !== undefined && { heapBytes }),
    ...(gpuBytes !== undefined && { gpuBytes }),
  };
}
