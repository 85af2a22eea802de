import { heapOf, type HeapBackend } from './heap.ts';

type Exports = WebAssembly.Instance['exports'];

/**
 * A WebAssembly module of kernels that work on the tensors of the wasm backend, compiled on first
 * use.
 */
export class HeapModule {
  readonly #make: () => Uint8Array<ArrayBuffer>;
  #bytes: Uint8Array<ArrayBuffer> | undefined;
  /** One instance per backend, because each backend has its own memory. */
  readonly #exports = new WeakMap<HeapBackend, Exports>();

  /** @param make gives the bytes of the module, which imports `env.memory` */
  constructor(make: () => Uint8Array<ArrayBuffer>) {
    this.#make = make;
  }

  /**
   * Whether the module runs on a backend: the browser needs relaxed SIMD, which Chromium has since
   * 114. With plain SIMD the kernels would not be faster than those of the backend.
   */
  runsOn(backend: HeapBackend): boolean {
    return heapOf(backend) !== undefined && WebAssembly.validate((this.#bytes ??= this.#make()));
  }

  /** The exported functions, working on a backend's memory. `runsOn(backend)` must be true. */
  on(backend: HeapBackend): Exports {
    let exports = this.#exports.get(backend);
    if (!exports) {
      const module = new WebAssembly.Module((this.#bytes ??= this.#make()));
      const memory = heapOf(backend)!;
      ({ exports } = new WebAssembly.Instance(module, { env: { memory } }));
      this.#exports.set(backend, exports);
    }
    return exports;
  }
}
