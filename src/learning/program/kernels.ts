import { filterName, type FilterRows, type Taps } from '../kernels/wasm/depthwise-module.ts';
import { strideOfFunction } from '../kernels/wasm/filter-runs.ts';
import { availableSimd, networkModule } from '../kernels/wasm/network-module.ts';
import { tilesName, type MultiplyTiles } from '../kernels/wasm/pointwise-module.ts';

const PAGE_BYTES = 65_536;

/** The WebAssembly kernels and the memory that they work on. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  /** @param height number of rows of a tile */
  tiles(height: number): MultiplyTiles;
  /** @param rows the part of the filter's rows that lies within the picture */
  filter(rows: Taps, stride: number): FilterRows;
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
    return {
      memory,
      tiles: (height) => exports[tilesName(height)] as MultiplyTiles,
      filter: (rows, stride) => exports[filterName(rows, strideOfFunction(stride))] as FilterRows,
    };
  } catch {
    return undefined;
  }
}
