import * as tf from '@tensorflow/tfjs-core';
import type { EngineMemory } from '../../records/engine.ts';

/** What of the wasm backend is looked at, without its code. */
interface WasmBackend {
  readonly wasm?: { readonly HEAPU8?: Uint8Array };
}

/** What TensorFlow.js holds now, and what its backend says of the memory that it took for that. */
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
