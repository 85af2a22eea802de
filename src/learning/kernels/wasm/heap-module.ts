import { heapOf, type HeapBackend } from './heap.ts';

type Exports = WebAssembly.Instance['exports'];

/** A module of kernels, made when it is first needed. */
export class HeapModule {
  readonly #make: () => Uint8Array<ArrayBuffer>;
  #bytes: Uint8Array<ArrayBuffer> | undefined;
  /** Each backend has a memory of its own. */
  readonly #exports = new WeakMap<HeapBackend, Exports>();

  constructor(make: () => Uint8Array<ArrayBuffer>) {
    this.#make = make;
  }

  /**
   * Whether it runs on a backend: in a browser with relaxed SIMD, as Chromium has since 114. With plain
   * SIMD it would be no faster than the backend itself.
   */
  runsOn(backend: HeapBackend): boolean {
    return heapOf(backend) !== undefined && WebAssembly.validate((this.#bytes ??= this.#make()));
  }

  /** Its functions, over the tensors of a backend that it runs on. */
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
