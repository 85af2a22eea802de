import { availableSimd, networkModule } from '../kernels/wasm/network-module.ts';

const PAGE_BYTES = 65_536;

/** The WebAssembly kernels and the memory that they work on. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  /** The functions of `networkModule`. */
  readonly exports: WebAssembly.Exports;
}

/**
 * Compiles the kernels: with relaxed SIMD, or else with plain SIMD.
 *
 * @param bytes size of the memory
 * @returns undefined in a browser without SIMD, or without that much memory
 */
export function startKernels(bytes: number): Kernels | undefined {
  const simd = availableSimd();
  if (!simd) return undefined;
  try {
    const pages = Math.ceil(bytes / PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const module = networkModule(simd, false);
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return { memory, exports };
  } catch {
    return undefined;
  }
}
