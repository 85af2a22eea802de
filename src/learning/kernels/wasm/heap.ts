import * as tf from '@tensorflow/tfjs-core';

/**
 * The parts of TensorFlow.js's wasm backend that the kernels use. They are internals, which an
 * update of TensorFlow.js may change (last checked with 4.22):
 *
 * - `wasm.asm.memory`, the memory as Emscripten's module exports it, is in no type declaration. If
 *   it is gone, `heapOf` returns undefined, and TensorFlow.js's own kernels run instead, more
 *   slowly.
 * - `dataIdMap` and `makeOutput` give the address of a tensor and allocate one.
 *
 * After an update run test/unit/depthwise.spec.ts and test/unit/pointwise.spec.ts: they fail if the
 * kernels are unavailable or compute wrong values. The self-test in features/self-test.ts refuses
 * the backend at the start of the app if the features are wrong.
 */
export interface HeapBackend {
  readonly wasm: { readonly asm?: { readonly memory?: unknown } };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
}

/** The wasm backend, if it is the current backend of TensorFlow.js. */
export function currentHeap(): HeapBackend | undefined {
  return tf.getBackend() === 'wasm' ? (tf.backend() as unknown as HeapBackend) : undefined;
}

/** The memory that holds the tensors of the wasm backend; undefined if it is not accessible. */
export function heapOf({ wasm }: HeapBackend): WebAssembly.Memory | undefined {
  const memory = wasm.asm?.memory;
  return memory instanceof WebAssembly.Memory ? memory : undefined;
}

/**
 * The byte address of a tensor's data in `heapOf(backend)`; constant until the tensor is disposed.
 */
export function addressOf(backend: HeapBackend, { dataId }: tf.TensorInfo): number {
  return backend.dataIdMap.get(dataId).memoryOffset;
}
