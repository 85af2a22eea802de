/**
 * How fast a device is with one base, input size and backend: seconds for a piece of each kind of
 * work, as they were measured; absent where nothing was yet.
 */
export interface Throughput {
  /** A picture from its bytes to its stored features. */
  readonly picture?: number;
  /** A variant of a photo that the head learns from. */
  readonly example?: number;
  /** What an epoch of the head takes besides: validation and its checkpoint. */
  readonly headEpoch?: number;
  /** A picture from its bytes to its stored boundary activation. */
  readonly boundary?: number;
  /** Fine-tuning's work of one forward pass of the whole base: see `Workload.passes`. */
  readonly pass?: number;
}
