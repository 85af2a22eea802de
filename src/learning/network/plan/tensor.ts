/** In bytes from the start of the executor's memory. */
export type Address = number;

/** `[height, width, channels]`. */
export type MapShape = readonly [number, number, number];

/** A tensor in the memory. */
export interface Span {
  readonly at: Address;
  /** Number of floats. */
  readonly length: number;
}
