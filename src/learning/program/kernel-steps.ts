import { GROUP, SIDE } from '../kernels/wasm/depthwise-module.ts';
import { PANEL } from '../kernels/wasm/pointwise-module.ts';
import { runsAlong, type Run } from '../kernels/wasm/filter-runs.ts';
import type { Operation, Program } from '../../models/formats/operations/operation.ts';

type Convolution = Extract<Operation, { kind: 'convolution' }>;
type Depthwise = Extract<Operation, { kind: 'depthwise' }>;

/** An operation that the WebAssembly kernels compute. */
export type KernelOperation = Convolution | Depthwise;

/** A tensor of a program: its shape with the batch. */
export type Shape = readonly [batch: number, ...rest: number[]];

/** The shapes of all tensors of a program for one picture; two views are a batch of two. */
export function shapesOf({ input, size, operations }: Program): Map<string, Shape> {
  const shapes = new Map<string, Shape>([[input, [1, size, size, 3]]]);
  for (const { kind, inputs, output, shape } of operations) {
    const [batch] = shapes.get(inputs[0]!)!;
    const isHalf = kind === 'meanOfViews' || kind === 'firstView';
    shapes.set(output, [kind === 'withMirror' ? 2 * batch : isHalf ? batch / 2 : batch, ...shape]);
  }
  return shapes;
}

/**
 * Whether the kernels compute an operation: a convolution is a matrix product of at least 8 columns,
 * and a depthwise convolution has a 3x3 filter that reads at most one pixel beyond the picture.
 */
export function isKernelOperation(operation: Operation, x: Shape): operation is KernelOperation {
  if (operation.kind === 'convolution') {
    return operation.groups === 1 && operation.bias.length >= PANEL;
  }
  if (operation.kind !== 'depthwise') return false;
  const [rows, columns, channels, multiplier] = operation.kernel.shape;
  const fits = rows === SIDE && columns === SIDE && multiplier === 1 && channels >= GROUP;
  if (!fits || operation.dilations.some((dilation) => dilation !== 1)) return false;
  return [...runsOf(operation, x).rows, ...runsOf(operation, x).columns].every(
    ({ taps: { from, to } }) => from <= 1 && to >= SIDE - 1,
  );
}

/** Which taps of a depthwise filter lie within the picture, along both sides. */
export function runsOf(
  { shape, strides, padding }: Depthwise,
  [, height = 0, width = 0]: Shape,
): { readonly rows: readonly Run[]; readonly columns: readonly Run[] } {
  return {
    rows: runsAlong(height, strides[0], { count: shape[0]!, before: padding.top }),
    columns: runsAlong(width, strides[1], { count: shape[1]!, before: padding.left }),
  };
}

/** Whether a convolution is a matrix product of its input as it lies in memory. */
export function isPointwise({ kernel, strides, padding }: Convolution): boolean {
  const [rows, columns] = kernel.shape;
  const { top, bottom, left, right } = padding;
  return rows * columns * strides[0] * strides[1] === 1 && top + bottom + left + right === 0;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
