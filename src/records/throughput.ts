/**
 * The measured speed of a device with one base, input size and backend: seconds per unit of each
 * kind of work. A value is absent until it has been measured.
 */
export interface Throughput {
  /** Seconds per picture from its bytes to its stored features. */
  readonly picture?: number;
  /** Seconds per training example of the head. */
  readonly example?: number;
  /** Seconds per epoch of the head in addition to the examples: validation and checkpoint. */
  readonly headEpoch?: number;
  /** Seconds per picture from its bytes to its stored boundary activations. */
  readonly boundary?: number;
  /** Seconds of fine-tuning per unit of `Workload.passes`: one forward pass of the whole base. */
  readonly pass?: number;
}
