import { packPanels, panelFloats } from '../../kernels/wasm/pack-panels.ts';
import { aligned } from '../../kernels/wasm/place-buffers.ts';

/** A matrix with its bias, for `packPanels`. */
interface Matrix {
  readonly depth: number;
  readonly bias: Float32Array;
  /** The number at a row and a column. */
  readonly weight: (row: number, column: number) => number;
}

/** Collects all weights of a plan in one block of memory. */
export class WeightsBuilder {
  /** Bytes of everything so far. */
  bytes = 0;
  readonly #start: number;
  readonly #parts: { readonly at: number; readonly weights: Float32Array | Matrix }[] = [];

  /** @param start address of the block */
  constructor(start: number) {
    this.#start = start;
  }

  /** @returns the address at which the weights will be */
  add(weights: Float32Array | Matrix): number {
    const at = this.bytes;
    this.#parts.push({ at, weights });
    const floats =
      weights instanceof Float32Array
        ? weights.length
        : panelFloats(weights.depth, weights.bias.length);
    this.bytes += aligned(4 * floats);
    return this.#start + at;
  }

  build(): Float32Array {
    const all = new Float32Array(this.bytes / 4);
    for (const { at, weights } of this.#parts) {
      const floats =
        weights instanceof Float32Array
          ? weights
          : packPanels(weights.depth, weights.bias, weights.weight);
      all.set(floats, at / 4);
    }
    return all;
  }
}
