/** A tensor in memory. */
export interface Values {
  /** With the batch first. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array;
}
