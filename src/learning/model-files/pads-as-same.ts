export type Pair = readonly [number, number];

/**
 * Whether a padding of its own before a VALID convolution pads exactly as SAME would: Keras writes
 * strided convolutions this way.
 *
 * @param sides height and width of the map before the padding, where they are known
 * @param padding before and after, of the height and of the width
 */
export function padsAsSame(
  sides: readonly (number | null | undefined)[],
  padding: readonly [Pair, Pair],
  kernel: Pair,
  strides: Pair,
): boolean {
  return ([0, 1] as const).every((axis) => {
    const side = sides[axis];
    if (side == null) return false;
    const covered = (Math.ceil(side / strides[axis]) - 1) * strides[axis] + kernel[axis];
    const total = Math.max(covered - side, 0);
    const start = Math.floor(total / 2);
    return padding[axis][0] === start && padding[axis][1] === total - start;
  });
}
