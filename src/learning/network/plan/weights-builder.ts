import { packPanels, panelFloats, type Matrix } from '../../kernels/wasm/pack-panels.ts';
import { aligned } from '../../kernels/wasm/place-buffers.ts';

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

  /** Writes all weights. @param memory of `bytes`, from the start of the block */
  writeTo(memory: Float32Array): void {
    for (const { at, weights } of this.#parts) {
      const start = memory.subarray(at / 4);
      if (weights instanceof Float32Array) start.set(weights);
      else packPanels(weights, start);
    }
  }
}
