/** The distance of neighbours along each axis of a row-major tensor, in numbers; 1 for the last. */
export function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
}

/**
 * Reads numbers in the order of `shape`, each axis with its stride in `data`.
 *
 * @param strides one for each axis of `shape`, in numbers
 * @param first index of the first number
 * @returns row-major, of the shape `shape`
 */
export function gather(
  data: Float32Array,
  shape: readonly number[],
  strides: readonly number[],
  first = 0,
): Float32Array {
  const result = new Float32Array(shape.reduce((a, b) => a * b, 1));
  const place = shape.map(() => 0);
  let from = first;
  for (let i = 0; i < result.length; i++) {
    result[i] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++place[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      place[axis] = 0;
    }
  }
  return result;
}

/**
 * Maps an index into a row-major tensor of `shape` to one into a smaller tensor, whose axes of
 * length 1 are repeated.
 *
 * @param own shape of the smaller one; if it has fewer axes, they are the last ones of `shape`
 */
export function broadcast(
  own: readonly number[],
  shape: readonly number[],
): (index: number) => number {
  if (own.length === shape.length && own.every((length, axis) => length === shape[axis])) {
    return (index) => index;
  }
  const lengths = [...shape.map(() => 1), ...own].slice(-shape.length);
  return (index) => {
    let at = 0;
    let stride = 1;
    let rest = index;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const place = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
      if (lengths[axis]! > 1) at += place * stride;
      stride *= lengths[axis]!;
    }
    return at;
  };
}
