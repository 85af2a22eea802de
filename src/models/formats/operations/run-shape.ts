import { gather, stridesOf } from './strides.ts';
import type { Operation } from './operation.ts';
import type { Values } from './values.ts';
import type { Elementwise } from './run-elementwise.ts';

/** Operations that move numbers, and those that look at several places of a picture. */
type ShapeOperation = Exclude<
  Operation,
  Elementwise | { kind: 'convolution' | 'depthwise' | 'dense' }
>;

/**
 * Computes one operation on plain arrays.
 *
 * @param inputs in the order of `operation.inputs`, `[batch, ...]`; only `concatenate` has several
 * @returns `[batch, ...operation.shape]`; `withMirror` doubles the batch, `meanOfViews` and
 *   `firstView` halve it
 */
export function runShape(operation: ShapeOperation, inputs: readonly Values[]): Values {
  const x = inputs[0]!;
  const [batch = 0] = x.shape;
  const shape = [batch, ...operation.shape];
  const size = shape.reduce((a, b) => a * b, 1);
  switch (operation.kind) {
    case 'reshape':
      return { shape, data: x.data };
    case 'concatenate': {
      const total = shape.at(-1)!;
      const data = new Float32Array(size);
      let offset = 0;
      for (const { shape: own, data: values } of inputs) {
        const channels = own.at(-1)!;
        for (let row = 0; row * channels < values.length; row++) {
          data.set(values.subarray(row * channels, (row + 1) * channels), row * total + offset);
        }
        offset += channels;
      }
      return { shape, data };
    }
    case 'transpose': {
      const strides = stridesOf(x.shape);
      const axes = [0, ...operation.axes];
      return {
        shape,
        data: gather(
          x.data,
          shape,
          axes.map((axis) => strides[axis]!),
          0,
        ),
      };
    }
    case 'pad':
    case 'crop': {
      const { padding } = operation;
      const sign = operation.kind === 'pad' ? 1 : -1;
      return placed(x, shape, sign * padding.top, sign * padding.left);
    }
    case 'upsample': {
      const [rows, columns] = operation.factors;
      return fromPixels(x, shape, (y, column) => [
        Math.floor(y / rows),
        Math.floor(column / columns),
      ]);
    }
    case 'maxPool':
    case 'averagePool':
      return pool(operation, x);
    case 'globalAverage':
    case 'globalMaximum': {
      const [, height = 0, width = 0] = x.shape;
      const data = poolWindow(x, shape.at(-1)!, operation.kind === 'globalMaximum', {
        ...{ outHeight: 1, outWidth: 1, window: [height, width], strides: [1, 1], top: 0, left: 0 },
      });
      return { shape, data };
    }
    case 'withMirror': {
      const [, , width = 0] = x.shape;
      const mirrored = fromPixels(x, [batch, ...operation.shape], (y, column) => [
        y,
        width - 1 - column,
      ]);
      const data = new Float32Array(2 * x.data.length);
      data.set(x.data);
      data.set(mirrored.data, x.data.length);
      return { shape: [2 * batch, ...operation.shape], data };
    }
    case 'meanOfViews': {
      const half = x.data.length / 2;
      const data = x.data.subarray(0, half).map((value, i) => (value + x.data[half + i]!) / 2);
      return { shape: [batch / 2, ...operation.shape], data };
    }
    case 'firstView': {
      const data = x.data.slice(0, x.data.length / 2);
      return { shape: [batch / 2, ...operation.shape], data };
    }
  }
}

/** Copies a picture into a frame of zeros, moved down and to the right. */
function placed(x: Values, shape: readonly number[], top: number, left: number): Values {
  return fromPixels(x, shape, (y, column) => [y - top, column - left]);
}

/** Copies pixels; those from outside the picture are zeros. */
function fromPixels(
  x: Values,
  shape: readonly number[],
  from: (y: number, x: number) => readonly [number, number],
): Values {
  const [batch = 0, outHeight = 0, outWidth = 0, channels = 0] = shape;
  const [, height = 0, width = 0] = x.shape;
  const data = new Float32Array(batch * outHeight * outWidth * channels);
  let to = 0;
  for (let picture = 0; picture < batch; picture++) {
    for (let y = 0; y < outHeight; y++) {
      for (let column = 0; column < outWidth; column++, to += channels) {
        const [inY, inX] = from(y, column);
        if (inY < 0 || inY >= height || inX < 0 || inX >= width) continue;
        const at = ((picture * height + inY) * width + inX) * channels;
        data.set(x.data.subarray(at, at + channels), to);
      }
    }
  }
  return { shape, data };
}

function pool(
  operation: Extract<Operation, { kind: 'maxPool' | 'averagePool' }>,
  x: Values,
): Values {
  const { shape: own, window, strides, padding } = operation;
  const [outHeight = 0, outWidth = 0, channels = 0] = own;
  const data = poolWindow(x, channels, operation.kind === 'maxPool', {
    ...{ outHeight, outWidth, window, strides, top: padding.top, left: padding.left },
  });
  return { shape: [x.shape[0]!, ...own], data };
}

interface Windows {
  readonly outHeight: number;
  readonly outWidth: number;
  readonly window: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly top: number;
  readonly left: number;
}

function poolWindow(
  { shape: [batch = 0, height = 0, width = 0], data: values }: Values,
  channels: number,
  isMaximum: boolean,
  { outHeight, outWidth, window, strides, top, left }: Windows,
): Float32Array {
  const data = new Float32Array(batch * outHeight * outWidth * channels);
  const sums = new Float64Array(channels);
  let to = 0;
  for (let picture = 0; picture < batch; picture++) {
    for (let y = 0; y < outHeight; y++) {
      for (let column = 0; column < outWidth; column++) {
        sums.fill(isMaximum ? -Infinity : 0);
        let count = 0;
        for (
          let i = Math.max(0, y * strides[0] - top);
          i < Math.min(height, y * strides[0] - top + window[0]);
          i++
        ) {
          for (
            let j = Math.max(0, column * strides[1] - left);
            j < Math.min(width, column * strides[1] - left + window[1]);
            j++
          ) {
            const from = ((picture * height + i) * width + j) * channels;
            count++;
            for (let c = 0; c < channels; c++) {
              const value = values[from + c]!;
              sums[c] = isMaximum ? Math.max(sums[c]!, value) : sums[c]! + value;
            }
          }
        }
        for (let c = 0; c < channels; c++) data[to++] = isMaximum ? sums[c]! : sums[c]! / count;
      }
    }
  }
  return data;
}
