import type { Values } from '../operations/values.ts';
import { broadcast, gather, stridesOf } from '../operations/strides.ts';

// What ONNX's operators do to tensors of any rank, in plain JavaScript. Nothing changes its inputs.

/** Each element by a function of its own value. */
export function mapped({ shape, data }: Values, change: (value: number) => number): Values {
  return { shape, data: data.map(change) };
}

/** Elements of two tensors in pairs, with the broadcasting of ONNX and NumPy. */
export function combined(a: Values, b: Values, pair: (a: number, b: number) => number): Values {
  const rank = Math.max(a.shape.length, b.shape.length);
  const side = (shape: readonly number[], axis: number) => shape[shape.length - rank + axis] ?? 1;
  const shape = Array.from({ length: rank }, (_, axis) =>
    Math.max(side(a.shape, axis), side(b.shape, axis)),
  );
  const [indexA, indexB] = [broadcast(a.shape, shape), broadcast(b.shape, shape)];
  const data = new Float32Array(shape.reduce((product, length) => product * length, 1));
  for (let i = 0; i < data.length; i++) data[i] = pair(a.data[indexA(i)]!, b.data[indexB(i)]!);
  return { shape, data };
}

/** @param order of the axes: the axis of the tensor that each axis of the result is */
export function transposed({ shape, data }: Values, order: readonly number[]): Values {
  const strides = stridesOf(shape);
  const target = order.map((axis) => shape[axis]!);
  return {
    shape: target,
    data: gather(
      data,
      target,
      order.map((axis) => strides[axis]!),
    ),
  };
}

/** Tensors one after another along an axis; their other axes are equal. */
export function joined(inputs: readonly Values[], axis: number): Values {
  const first = inputs[0]!.shape;
  const total = inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const shape = first.map((side, i) => (i === axis ? total : side));
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
  const inner = first.slice(axis + 1).reduce((a, b) => a * b, 1);
  const rows = first.slice(0, axis).reduce((a, b) => a * b, 1);
  let offset = 0;
  for (const { shape: own, data: values } of inputs) {
    const length = own[axis]! * inner;
    for (let row = 0; row < rows; row++) {
      data.set(values.subarray(row * length, (row + 1) * length), row * total * inner + offset);
    }
    offset += length;
  }
  return { shape, data };
}

/** The two halves along the first axis, which is of even length. */
export function halves({ shape, data }: Values): Values[] {
  const half = data.length / 2;
  const sides = [shape[0]! / 2, ...shape.slice(1)];
  return [data.subarray(0, half), data.subarray(half)].map((part) => ({
    shape: sides,
    data: part,
  }));
}

/** Each axis forwards, or a whole axis backwards. */
export function sliced(
  x: Values,
  [starts = [], ends = [], axes = [], steps = []]: number[][],
): Values {
  const strides = stridesOf(x.shape);
  const shape = [...x.shape];
  let first = 0;
  axes.forEach((axis, i) => {
    const side = x.shape[axis]!;
    const start = starts[i]! < 0 ? side + starts[i]! : starts[i]!;
    shape[axis] = steps[i]! < 0 ? side : ends[i]! - start;
    first += start * strides[axis]!;
    if (steps[i]! < 0) strides[axis] = -strides[axis]!;
  });
  return { shape, data: gather(x.data, shape, strides, first) };
}

/** Each row of a `[rows, length]` tensor by a function, which gives rows of equal length. */
export function perRow(
  { shape, data }: Values,
  of: (row: Float32Array) => readonly number[],
): Values {
  const [rows = 0, length = 0] = shape;
  const results = Array.from({ length: rows }, (_, row) =>
    of(data.subarray(row * length, (row + 1) * length)),
  );
  return { shape: [rows, results[0]!.length], data: Float32Array.from(results.flat()) };
}
