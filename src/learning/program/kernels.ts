import {
  depthwiseModule,
  filterName,
  type FilterRow,
  type Taps,
} from '../kernels/wasm/depthwise-module.ts';
import { fusedMultiplyAdd, plainMultiplyAdd } from '../kernels/wasm/instructions.ts';
import {
  pointwiseModule,
  tilesName,
  type MultiplyTiles,
} from '../kernels/wasm/pointwise-module.ts';

const PAGE_BYTES = 65_536;

/** The WebAssembly kernels and the memory that they work on. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  tiles(height: number): MultiplyTiles;
  filter(rows: Taps, columns: Taps): FilterRow;
}

/**
 * Compiles the kernels: with relaxed SIMD, or else with plain SIMD.
 *
 * @param bytes size of the memory
 * @returns undefined in a browser without SIMD, or without that much memory
 */
export function startKernels(bytes: number): Kernels | undefined {
  const multiplyAdd = [fusedMultiplyAdd, plainMultiplyAdd].find((code) =>
    WebAssembly.validate(depthwiseModule(code)),
  );
  if (!multiplyAdd) return undefined;
  try {
    const pages = Math.ceil(bytes / PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const [pointwise, depthwise] = [pointwiseModule, depthwiseModule].map((make) => {
      const module = new WebAssembly.Module(make(multiplyAdd));
      return new WebAssembly.Instance(module, { env: { memory } }).exports;
    });
    return {
      memory,
      tiles: (height) => pointwise![tilesName(height)] as MultiplyTiles,
      filter: (rows, columns) => depthwise![filterName(rows, columns)] as FilterRow,
    };
  } catch {
    return undefined;
  }
}
