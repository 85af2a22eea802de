/** Classes that are read of the last map, as a 1x1 convolution on it: see `KnownClasses`. */
export interface KnownReadout {
  /** `[channels, classes * anchors]` */
  readonly kernel: Float32Array;
  /** `[classes * anchors]` */
  readonly bias: Float32Array;
  readonly anchors: number;
  readonly pooling: 'mean' | 'log-sum-exp';
}

/** A linear map of each place: the kernel of a head, the boxes of a detector. */
export interface PlaceReadout {
  /** `[channels, outputs]` */
  readonly kernel: Float32Array;
  /** `[outputs]`; absent if it is 0 */
  readonly bias?: Float32Array;
  readonly outputs: number;
}

/** What is read of each picture besides the features. */
export interface WantedReadout {
  readonly known?: KnownReadout | undefined;
  /** Read at each place, with the known classes; without it no place is read. */
  readonly head?: PlaceReadout | undefined;
  /** Whether to read the means of the kept maps. */
  readonly further?: boolean;
}

/** What a pass gives for each picture; each array has one row for each picture. */
export interface Readout {
  /** Shape of the last map: `[height, width, channels]`, or `[channels]` if the network pools itself. */
  readonly mapShape: readonly number[];
  /** `[pictures, channels]`: the mean over the places of the last map. */
  readonly features: Float32Array;
  /** `[pictures, classes]`: logits of the known classes. */
  readonly known: Float32Array;
  /** `[pictures, places, classes + outputs]`: known classes and head at each place alone. */
  readonly places: Float32Array;
  /** `[pictures, length]`: the mean of each kept map, one after the other; empty without any. */
  readonly further: Float32Array;
}

/**
 * The weights of a readout as one 1x1 convolution: the known classes, then the head, then zeros.
 *
 * @param multiple the columns are a multiple of this number
 * @returns `kernel`: `[channels, columns]`, `bias`: `[columns]`; 0 columns if neither is wanted
 */
export function joinedReadout(
  { known, head }: WantedReadout,
  multiple: number,
): {
  readonly kernel: Float32Array<ArrayBuffer>;
  readonly bias: Float32Array<ArrayBuffer>;
  readonly columns: number;
} {
  const anchored = known?.bias.length ?? 0;
  const outputs = head?.outputs ?? 0;
  const channels = known
    ? known.kernel.length / anchored
    : (head?.kernel.length ?? 0) / (outputs || 1);
  const columns = multiple * Math.ceil((anchored + outputs) / multiple);
  const kernel = new Float32Array(channels * columns);
  const bias = new Float32Array(columns);
  if (known) bias.set(known.bias);
  if (head?.bias) bias.set(head.bias, anchored);
  for (let channel = 0; channel < channels; channel++) {
    const row = channel * columns;
    if (known) kernel.set(known.kernel.subarray(channel * anchored, (channel + 1) * anchored), row);
    if (head)
      kernel.set(head.kernel.subarray(channel * outputs, (channel + 1) * outputs), row + anchored);
  }
  return { kernel, bias, columns };
}
