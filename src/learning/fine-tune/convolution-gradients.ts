import * as tf from '@tensorflow/tfjs-core';

/** Kernel size, strides and padding of a convolution, as in Keras. */
export interface Geometry {
  readonly kernel: readonly [height: number, width: number];
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
}

/*
 * TensorFlow.js's wasm backend has no kernels for the gradients of convolutions. On a backend that
 * has these kernels, they are used. Otherwise the gradients are built from operations that every
 * backend has: matrix products, forward convolutions, slices and pads. A 1x1 convolution is a
 * matrix product on every backend.
 */

/**
 * Gradient of a convolution with respect to its kernel. For each position in the kernel, it is the
 * product of the input read at that position and the gradient of the output, summed over all
 * pixels.
 *
 * @param x `[batch, h, w, in]`
 * @param dy `[batch, h', w', out]`; `out` is `in` when `depthwise`
 * @returns `[kh, kw, in, out]`, or `[kh, kw, in, 1]` when `depthwise`
 */
export function kernelGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  geometry: Geometry,
  depthwise: boolean,
): tf.Tensor4D {
  return tf.tidy(() => {
    const [height, width] = geometry.kernel;
    const filterShape: tf.Tensor4D['shape'] = [
      ...geometry.kernel,
      x.shape[3],
      depthwise ? 1 : dy.shape[3],
    ];
    const kernel = depthwise ? tf.DepthwiseConv2dNativeBackpropFilter : tf.Conv2DBackpropFilter;
    if (!isPointwise(geometry) && hasKernel(kernel)) {
      return tf.engine().runKernel(kernel, { x, dy }, attributes(geometry, { filterShape }));
    }
    const gradients = Array.from({ length: height * width }, (_, position) =>
      // One tidy per position, so that only one product of the size of the activations exists.
      tf.tidy(() => {
        const inputs = inputsAt(x, position, geometry);
        return depthwise
          ? channelSums(tf.mul(inputs, dy))
          : matMulTransposed(rows(inputs), rows(dy));
      }),
    );
    const all = gradients.length === 1 ? gradients[0]! : tf.concat(gradients, 0);
    return tf.reshape(all, filterShape);
  });
}

/**
 * Gradient of a convolution with respect to its input: `dy` is dilated with zeros to undo the
 * strides, then convolved with the kernel rotated by 180 degrees.
 *
 * @param dy `[batch, h', w', out]`
 * @param kernel `[kh, kw, in, out]`, or `[kh, kw, in, 1]` when `depthwise`
 * @param shape of the input, `[batch, h, w, in]`
 */
export function inputGradient(
  dy: tf.Tensor4D,
  kernel: tf.Tensor4D,
  shape: tf.Tensor4D['shape'],
  geometry: Geometry,
  depthwise: boolean,
): tf.Tensor4D {
  return tf.tidy(() => {
    if (!depthwise && isPointwise(geometry)) {
      const matrix = tf.reshape(kernel, [shape[3], dy.shape[3]]);
      return tf.reshape(tf.matMul(rows(dy), tf.transpose(matrix)), shape);
    }
    const native = depthwise ? tf.DepthwiseConv2dNativeBackpropInput : tf.Conv2DBackpropInput;
    if (hasKernel(native)) {
      const inputs = { dy, filter: kernel };
      return tf.engine().runKernel(native, inputs, attributes(geometry, { inputShape: shape }));
    }
    const [height, width] = geometry.kernel;
    const [top, left] = paddingBefore(shape, dy.shape, geometry);
    const padded = placeOnZeros(
      dilate(dy, geometry.strides),
      [height - 1 - top, width - 1 - left],
      [shape[1] + height - 1, shape[2] + width - 1],
    );
    const rotated = tf.reverse(kernel, [0, 1]);
    if (depthwise) return tf.depthwiseConv2d(padded, rotated, 1, 'valid');
    return tf.conv2d(padded, tf.transpose(rotated, [0, 1, 3, 2]), 1, 'valid');
  });
}

/** Whether a convolution is 1x1 with stride 1, and thus a matrix product. */
export function isPointwise({ kernel, strides }: Geometry): boolean {
  return [...kernel, ...strides].every((value) => value === 1);
}

/** Reshapes to one row per pixel: `[batch h w, channels]`. */
export function rows(x: tf.Tensor4D): tf.Tensor2D {
  return tf.reshape(x, [-1, x.shape[3]]);
}

/**
 * Sums over all pixels of the batch, `[1, channels]`. On wasm it uses average pooling, because the
 * `sum` of that backend transposes its whole operand first.
 */
export function channelSums(x: tf.Tensor4D): tf.Tensor2D {
  if (tf.getBackend() !== 'wasm') return tf.sum<tf.Tensor2D>(rows(x), 0, true);
  const [batch, height, width, channels] = x.shape;
  const means = tf.reshape(tf.avgPool(x, [height, width], 1, 'valid'), [batch, channels]);
  return tf.matMul(tf.fill([1, batch], height * width), means);
}

/**
 * `left^T right`. The fast matrix product of the wasm backend cannot transpose an operand itself.
 */
function matMulTransposed(left: tf.Tensor2D, right: tf.Tensor2D): tf.Tensor2D {
  return tf.getBackend() === 'wasm'
    ? tf.matMul(tf.transpose(left), right)
    : tf.matMul(left, right, true);
}

function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}

/** The attributes that TensorFlow.js's gradient kernels expect. */
function attributes({ strides, padding }: Geometry, shape: tf.NamedAttrMap): tf.NamedAttrMap {
  const plain = { dilations: [1, 1], dataFormat: 'NHWC' };
  return { strides: [...strides], pad: padding, ...plain, ...shape };
}

/**
 * Rows and columns of zeros that TensorFlow's SAME padding adds at the top and the left: the
 * smaller half.
 */
function paddingBefore(
  input: tf.Tensor4D['shape'],
  output: tf.Tensor4D['shape'],
  { kernel, strides, padding }: Geometry,
): [top: number, left: number] {
  if (padding === 'valid') return [0, 0];
  const before = (axis: 0 | 1) => {
    const read = (output[axis + 1]! - 1) * strides[axis] + kernel[axis];
    return Math.floor(Math.max(read - input[axis + 1]!, 0) / 2);
  };
  return [before(0), before(1)];
}

/**
 * The input pixels that one position of the kernel reads, `[batch, h', w', in]`. It is computed as
 * a depthwise convolution with a kernel that is 1 at the position and 0 elsewhere, because `slice`
 * and `stridedSlice` of the wasm backend first copy their whole input.
 *
 * @param position index in the kernel, row-major
 */
function inputsAt(x: tf.Tensor4D, position: number, geometry: Geometry): tf.Tensor4D {
  if (isPointwise(geometry)) return x;
  const [height, width] = geometry.kernel;
  const channels = x.shape[3];
  const values = new Float32Array(height * width * channels);
  values.fill(1, position * channels, (position + 1) * channels);
  const filter = tf.tensor4d(values, [height, width, channels, 1]);
  return tf.depthwiseConv2d(x, filter, [...geometry.strides], geometry.padding);
}

/** Inserts `stride - 1` rows and columns of zeros after each row and each column. */
function dilate(x: tf.Tensor4D, [down, across]: readonly [number, number]): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  let flat: tf.Tensor2D = tf.reshape(x, [-1, channels]);
  flat = withZeroColumns(flat, (across - 1) * channels);
  flat = tf.reshape(flat, [batch * height, -1]);
  flat = withZeroColumns(flat, (down - 1) * flat.shape[1]);
  return tf.reshape(flat, [batch, height * down, width * across, channels]);
}

function withZeroColumns(matrix: tf.Tensor2D, count: number): tf.Tensor2D {
  return count === 0 ? matrix : tf.concat([matrix, tf.zeros([matrix.shape[0], count])], 1);
}

/**
 * Places the picture at an offset on a picture of zeros of the given size, and crops what exceeds
 * it.
 */
function placeOnZeros(
  x: tf.Tensor4D,
  [top, left]: readonly [number, number],
  [height, width]: readonly [number, number],
): tf.Tensor4D {
  const [batch, rowCount, columnCount, channels] = x.shape;
  const inside = [Math.min(rowCount, height - top), Math.min(columnCount, width - left)] as const;
  const fits = inside[0] === rowCount && inside[1] === columnCount;
  const cropped = fits ? x : tf.slice(x, [0, 0, 0, 0], [batch, ...inside, channels]);
  const below = height - top - inside[0];
  const right = width - left - inside[1];
  if (top + left + below + right === 0) return cropped;
  return tf.pad(cropped, [
    [0, 0],
    [top, below],
    [left, right],
    [0, 0],
  ]);
}
