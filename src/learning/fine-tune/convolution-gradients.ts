import * as tf from '@tensorflow/tfjs-core';

/** Where a convolution reads: strides, and zeros before the first row and the first column. */
export interface Geometry {
  readonly kernel: readonly [height: number, width: number];
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
}

/*
 * TensorFlow.js's wasm backend has no kernel for the gradients of convolutions. Where a backend has
 * them they are used; else they are built from what every backend has: a product of matrices, a
 * convolution forwards, slices and pads. A 1x1 convolution is a product of matrices everywhere.
 */

/**
 * Gradient of a convolution to its kernel: for each place in the kernel, what was read there times
 * what it led to, summed over all pixels.
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
    const places = Array.from({ length: height * width }, (_, place) =>
      // Else nine products of the size of the activations lie side by side.
      tf.tidy(() => {
        const read = readAt(x, place, geometry);
        return depthwise ? channelSums(tf.mul(read, dy)) : leftTransposed(rows(read), rows(dy));
      }),
    );
    const all = places.length === 1 ? places[0]! : tf.concat(places, 0);
    return tf.reshape(all, filterShape);
  });
}

/**
 * Gradient of a convolution to its input: zeros between the rows and columns of `dy` undo the
 * strides, then a convolution with the kernel turned by 180 degrees.
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
    const spread = placeOn(
      dilate(dy, geometry.strides),
      [height - 1 - top, width - 1 - left],
      [shape[1] + height - 1, shape[2] + width - 1],
    );
    const turned = tf.reverse(kernel, [0, 1]);
    if (depthwise) return tf.depthwiseConv2d(spread, turned, 1, 'valid');
    return tf.conv2d(spread, tf.transpose(turned, [0, 1, 3, 2]), 1, 'valid');
  });
}

/** A 1x1 convolution of stride 1 is a product of matrices. */
export function isPointwise({ kernel, strides }: Geometry): boolean {
  return [...kernel, ...strides].every((value) => value === 1);
}

/** Every pixel a row: `[batch h w, channels]`. */
export function rows(x: tf.Tensor4D): tf.Tensor2D {
  return tf.reshape(x, [-1, x.shape[3]]);
}

/**
 * Sums over all pixels, `[1, channels]`: on wasm through an average pooling, because its `sum` turns
 * its whole operand before it adds.
 */
export function channelSums(x: tf.Tensor4D): tf.Tensor2D {
  if (tf.getBackend() !== 'wasm') return tf.sum<tf.Tensor2D>(rows(x), 0, true);
  const [batch, height, width, channels] = x.shape;
  const means = tf.reshape(tf.avgPool(x, [height, width], 1, 'valid'), [batch, channels]);
  return tf.matMul(tf.fill([1, batch], height * width), means);
}

/** `left^T right`. The wasm backend's fast product of matrices takes none that is to be turned. */
function leftTransposed(left: tf.Tensor2D, right: tf.Tensor2D): tf.Tensor2D {
  return tf.getBackend() === 'wasm'
    ? tf.matMul(tf.transpose(left), right)
    : tf.matMul(left, right, true);
}

function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}

/** As the kernels of gradients want them. */
function attributes({ strides, padding }: Geometry, shape: tf.NamedAttrMap): tf.NamedAttrMap {
  const plain = { dilations: [1, 1], dataFormat: 'NHWC' };
  return { strides: [...strides], pad: padding, ...plain, ...shape };
}

/** Zeros above and left, as TensorFlow's SAME counts them: the smaller half. */
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
 * All pixels that one place of the kernel sees, `[batch, h', w', in]`: a depthwise convolution with
 * a kernel that is 1 there and 0 elsewhere. The wasm backend's `slice` and `stridedSlice` copy the
 * whole of what they read from first.
 */
function readAt(x: tf.Tensor4D, place: number, geometry: Geometry): tf.Tensor4D {
  if (isPointwise(geometry)) return x;
  const [height, width] = geometry.kernel;
  const channels = x.shape[3];
  const values = new Float32Array(height * width * channels);
  values.fill(1, place * channels, (place + 1) * channels);
  const filter = tf.tensor4d(values, [height, width, channels, 1]);
  return tf.depthwiseConv2d(x, filter, [...geometry.strides], geometry.padding);
}

/** Puts `stride - 1` zeros behind each row and each column. */
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

/** The picture `offset` from the corner of one of `size`, the rest zeros; what sticks out is cut. */
function placeOn(
  x: tf.Tensor4D,
  [top, left]: readonly [number, number],
  [height, width]: readonly [number, number],
): tf.Tensor4D {
  const [batch, rowCount, columnCount, channels] = x.shape;
  const kept = [Math.min(rowCount, height - top), Math.min(columnCount, width - left)] as const;
  const whole = kept[0] === rowCount && kept[1] === columnCount;
  const cut = whole ? x : tf.slice(x, [0, 0, 0, 0], [batch, ...kept, channels]);
  const below = height - top - kept[0];
  const right = width - left - kept[1];
  if (top + left + below + right === 0) return cut;
  return tf.pad(cut, [
    [0, 0],
    [top, below],
    [left, right],
    [0, 0],
  ]);
}
