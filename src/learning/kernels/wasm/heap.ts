import * as tf from '@tensorflow/tfjs-core';

/** What the kernels use of the wasm backend; its own types leave out where Emscripten has the memory. */
export interface HeapBackend {
  readonly wasm: { readonly asm?: { readonly memory?: unknown } };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
}

/** The wasm backend, when it is TensorFlow.js's backend now. */
export function currentHeap(): HeapBackend | undefined {
  return tf.getBackend() === 'wasm' ? (tf.backend() as unknown as HeapBackend) : undefined;
}

/** The memory that the wasm backend keeps its tensors in; undefined when it does not show it. */
export function heapOf({ wasm }: HeapBackend): WebAssembly.Memory | undefined {
  const memory = wasm.asm?.memory;
  return memory instanceof WebAssembly.Memory ? memory : undefined;
}

/** The address of a tensor's first number in `heapOf(backend)`; it stays while the tensor lives. */
export function addressOf(backend: HeapBackend, { dataId }: tf.TensorInfo): number {
  return backend.dataIdMap.get(dataId).memoryOffset;
}
