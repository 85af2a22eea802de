/** A batch normalization in plain numbers, each `[channels]`. */
interface NormNumbers {
  readonly gamma: Float32Array | undefined;
  readonly beta: Float32Array | undefined;
  readonly mean: Float32Array | undefined;
  readonly variance: Float32Array | undefined;
  readonly epsilon: number;
  /** Whether it has the gamma and the beta that its configuration asks for. */
  readonly isWhole: boolean;
}

/**
 * What `foldBatchNorm` computes, rounded to float32 after each operation as it is there, so that the
 * features are the same bit for bit.
 *
 * @param convolution `kernel`: channels last; it is changed in place; without a `bias` it is 0
 * @returns undefined if a number is missing or a length does not fit
 */
export function foldNumbers(
  {
    kernel,
    bias,
    channels,
  }: {
    readonly kernel: Float32Array;
    readonly bias: Float32Array | undefined;
    readonly channels: number;
  },
  norm: NormNumbers | undefined,
): { kernel: Float32Array; bias: Float32Array } | undefined {
  const oldBias = bias ?? new Float32Array(channels);
  if (oldBias.length !== channels) return undefined;
  if (!norm) return { kernel, bias: oldBias };
  const { gamma, beta, mean, variance, epsilon, isWhole } = norm;
  const given = [gamma, beta, mean, variance].filter((values) => values !== undefined);
  if (!isWhole || !mean || !variance) return undefined;
  if (given.some(({ length }) => length !== channels)) return undefined;
  const round = Math.fround;
  const small = round(epsilon);
  const scale = variance.map((value, channel) => {
    const inverse = round(1 / round(Math.sqrt(round(value + small))));
    return gamma ? gamma[channel]! * inverse : inverse;
  });
  const newBias = oldBias.map((value, channel) => {
    const shifted = round(round(value - mean[channel]!) * scale[channel]!);
    return beta ? shifted + beta[channel]! : shifted;
  });
  for (let at = 0; at < kernel.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) kernel[at + channel]! *= scale[channel]!;
  }
  return { kernel, bias: newBias };
}
