import { BOUNDS } from '../kernels/wasm/clamp.ts';
import { filterName, GROUP, type FilterRows } from '../kernels/wasm/depthwise-module.ts';
import { rowCounts, strideOfFunction } from '../kernels/wasm/filter-runs.ts';
import { packPanels } from '../kernels/wasm/pack-panels.ts';
import { PANEL } from '../kernels/wasm/pointwise-module.ts';
import { prepareMultiply } from '../kernels/wasm/prepare-multiply.ts';
import type { Operation, Program } from '../../models/formats/operations/operation.ts';
import {
  runOperation,
  runProgram,
  type Answers,
  type RunOperation,
} from '../../models/formats/operations/run-program.ts';
import type { Values } from '../../models/formats/operations/values.ts';
import { startKernels, type Kernels } from './kernels.ts';
import {
  isKernelOperation,
  isPointwise,
  runsOf,
  shapesOf,
  sizeOf,
  type KernelOperation,
  type Shape,
} from './kernel-steps.ts';
import { writePatches } from './patches.ts';
import { bytesOf, planMemory, rowsAtOnce, type MemoryPlan } from './plan-memory.ts';

/** The weights of an operation in the memory of the kernels, in bytes. */
interface Weights {
  readonly kernel: number;
  /** Of a depthwise convolution; panels have the bias in them. */
  readonly bias: number;
}

/** Runs a program for one picture: `[size, size, 3]`, RGB, -1 to 1. */
export type Network = (picture: Float32Array) => Answers;

/** The fastest way to run a program here: with the WebAssembly kernels, or in plain JavaScript. */
export function networkOf(program: Program): Network {
  const run = kernelRun(program) ?? runOperation;
  return (picture) => runProgram(program, picture, run);
}

/** Computes operations with the kernels where they can; undefined in a browser without SIMD. */
export function kernelRun(program: Program): RunOperation | undefined {
  const shapes = shapesOf(program);
  const own = program.operations.filter((operation): operation is KernelOperation =>
    isKernelOperation(operation, shapes.get(operation.inputs[0]!)!),
  );
  const parts = own.map((operation) => [operation, packedWeights(operation)] as const);
  let start = 0;
  const weights = new Map<Operation, Weights>();
  for (const [operation, packed] of parts) {
    const [kernel, bias] = [start, start + bytesOf([packed.length])];
    weights.set(operation, { kernel, bias });
    start = bias + (operation.kind === 'depthwise' ? bytesOf([operation.bias.length]) : 0);
  }
  const plan = planMemory(program, start);
  const kernels = startKernels(plan.end);
  if (!kernels) return undefined;
  for (const [operation, packed] of parts) {
    const { kernel, bias } = weights.get(operation)!;
    view(kernels, kernel, packed.length).set(packed);
    if (operation.kind === 'depthwise') {
      view(kernels, bias, operation.bias.length).set(operation.bias);
    }
  }
  return (operation, inputs) => {
    const x = inputs[0]!;
    const own = weights.get(operation);
    if (!own) return detached(runOperation(operation, inputs), kernels);
    const job = { kernels, plan, weights: own, x, from: addressOf(x, kernels, plan) };
    if (operation.kind === 'depthwise') return filterDepthwise(operation, job);
    if (operation.kind === 'convolution') return convolve(operation, job);
    throw new Error(`No kernel computes ${operation.kind}`);
  };
}

interface Job {
  readonly kernels: Kernels;
  readonly plan: MemoryPlan;
  readonly weights: Weights;
  readonly x: Values;
  /** Where the input lies. */
  readonly from: number;
}

function packedWeights(operation: KernelOperation): Float32Array {
  const { kind, kernel, bias } = operation;
  if (kind === 'depthwise') return kernel.values;
  const columns = bias.length;
  const depth = kernel.values.length / columns;
  return packPanels(depth, bias, (row, column) => kernel.values[row * columns + column]!);
}

/** The address of an input, which is copied into the memory of the kernels if it lies elsewhere. */
function addressOf({ data }: Values, kernels: Kernels, plan: MemoryPlan): number {
  if (data.buffer === kernels.memory.buffer) return data.byteOffset;
  view(kernels, plan.input, data.length).set(data);
  return plan.input;
}

/** A result that stays when its memory is used again: a reshape shares that of its input. */
function detached({ shape, data }: Values, { memory }: Kernels): Values {
  return { shape, data: data.buffer === memory.buffer ? data.slice() : data };
}

function convolve(operation: Extract<KernelOperation, { kind: 'convolution' }>, job: Job): Values {
  const { kernels, plan, weights, x, from } = job;
  const { kernel, shape, clamp, output } = operation;
  const [rows, columns, depth, outChannels] = kernel.shape;
  const [batch] = x.shape as Shape;
  const [outHeight = 0, outWidth = 0] = shape;
  const result = resultOf(output, [batch, ...shape], kernels, plan);
  const length = rows * columns * depth;
  const [low, high] = BOUNDS[clamp];
  const layout = { depth: length, aRow: 4 * length, cRow: 4 * outChannels };
  const run = prepareMultiply(kernels.exports, layout, { low, high });
  const panels = Math.ceil(outChannels / PANEL);
  const multiply = (a: number, c: number, places: number) => {
    run(a, weights.kernel, c, places, panels, 4 * (outChannels - PANEL));
  };
  if (isPointwise(operation)) {
    multiply(from, result.data.byteOffset, batch * outHeight * outWidth);
    return result;
  }
  const source = view(kernels, from, x.data.length);
  const chunk = rowsAtOnce(operation);
  const patches = view(kernels, plan.patches, chunk * outWidth * length);
  for (let picture = 0; picture < batch; picture++) {
    for (let row = 0; row < outHeight; row += chunk) {
      const end = Math.min(outHeight, row + chunk);
      writePatches(operation, { shape: x.shape, data: source }, { picture, row, end }, patches);
      const to = (picture * outHeight + row) * outWidth * outChannels * 4;
      multiply(plan.patches, result.data.byteOffset + to, (end - row) * outWidth);
    }
  }
  return result;
}

function filterDepthwise(
  operation: Extract<KernelOperation, { kind: 'depthwise' }>,
  { kernels, plan, weights, x, from }: Job,
): Values {
  const { shape, strides, padding, clamp, output } = operation;
  const [batch, height = 0, width = 0, channels = 0] = x.shape as Shape;
  const [outHeight = 0, outWidth = 0] = shape;
  const result = resultOf(output, [batch, ...shape], kernels, plan);
  const to = result.data.byteOffset;
  const { rows, columns } = runsOf(operation, x.shape as Shape);
  const functionStride = strideOfFunction(strides[1]);
  const { left, wide, single, right, narrow } = rowCounts(columns, strides[1]);
  const pixel = 4 * channels;
  const [row, outRow] = [width * pixel, outWidth * pixel];
  const groups = Math.ceil(channels / GROUP);
  const lastGroup = 4 * (channels - GROUP);
  const [low, high] = BOUNDS[clamp];
  for (const { taps, out, count, read } of rows) {
    const filterRows = kernels.exports[filterName(taps, functionStride)] as FilterRows;
    for (let picture = 0; picture < batch; picture++) {
      filterRows(
        from + (picture * height + read) * row - padding.left * pixel,
        ...([weights.kernel, weights.bias] as const),
        to + (picture * outHeight + out) * outRow,
        ...([count, left, wide, single, right, narrow, groups, lastGroup] as const),
        ...([pixel, row, strides[1] * pixel, strides[0] * row] as const),
        ...([pixel, outRow, pixel, low, high] as const),
      );
    }
  }
  return result;
}

function resultOf(name: string, shape: Shape, kernels: Kernels, plan: MemoryPlan): Values {
  return { shape, data: view(kernels, plan.outputs.get(name)!, sizeOf(shape)) };
}

function view({ memory }: Kernels, address: number, length: number): Float32Array {
  return new Float32Array(memory.buffer, address, length);
}
