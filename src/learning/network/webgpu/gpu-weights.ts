/** Collects all weights of a plan in one buffer of `vec4f`. */
export class GpuWeights {
  readonly #parts: Float32Array[] = [];
  #vectors = 0;

  /** @returns where the weights will begin, in vectors */
  add(weights: Float32Array): number {
    const at = this.#vectors;
    this.#parts.push(weights);
    this.#vectors += Math.ceil(weights.length / 4);
    return at;
  }

  build(): Float32Array<ArrayBuffer> {
    const all = new Float32Array(4 * this.#vectors);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += 4 * Math.ceil(part.length / 4);
    }
    return all;
  }
}
