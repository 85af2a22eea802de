import type { Operation } from '../../models/formats/operations/operation.ts';
import type { Values } from '../../models/formats/operations/values.ts';

/** Rows of the result of a convolution. */
interface Rows {
  readonly first: number;
  /** After the last row. */
  readonly end: number;
}

/**
 * Lays out what the filter of a convolution reads at each place (im2col), so that the convolution is
 * a matrix product.
 *
 * @param x `[1, h, w, channels]`
 * @param to receives `[places, rows * columns * channels]`
 */
export function writePatches(
  operation: Extract<Operation, { kind: 'convolution' }>,
  x: Values,
  { first, end }: Rows,
  to: Float32Array,
): void {
  const { kernel, shape, strides, dilations, padding } = operation;
  const [rows, columns] = kernel.shape;
  const [, height = 0, width = 0, channels = 0] = x.shape;
  let at = 0;
  for (let y = first; y < end; y++) {
    for (let column = 0; column < shape[1]!; column++) {
      for (let i = 0; i < rows; i++) {
        const inY = y * strides[0] + i * dilations[0] - padding.top;
        for (let j = 0; j < columns; j++, at += channels) {
          const inX = column * strides[1] + j * dilations[1] - padding.left;
          if (inY < 0 || inY >= height || inX < 0 || inX >= width) {
            to.fill(0, at, at + channels);
          } else {
            const from = (inY * width + inX) * channels;
            for (let c = 0; c < channels; c++) to[at + c] = x.data[from + c]!;
          }
        }
      }
    }
  }
}
