import { BOUNDS } from '../../kernels/wasm/clamp.ts';
import { outputsAlong } from '../../kernels/wasm/filter-runs.ts';
import { fuse, type FusedOperation, type FuseLimits } from '../plan/fuse.ts';
import type { ConvolutionOperation, OperationList } from '../plan/operation.ts';
import type { InputRange } from '../plan/plan.ts';
import { shapesOf } from '../plan/shapes.ts';
import type { MapShape } from '../plan/tensor.ts';
import { GpuWeights } from './gpu-weights.ts';
import {
  REDUCING_WORKGROUP,
  TILE_ROWS,
  WORKGROUP,
  type ShaderName,
  type StepNumbers,
} from './shaders.ts';

/** Floats of a `vec4f`. */
export const VECTOR = 4;

/** What the shaders express. */
const LIMITS: FuseLimits = { columns: VECTOR, group: VECTOR, expands: false };

/** Where a step reads or writes: one of the plan's buffers, the pictures or the results. */
export type GpuPlace = number | 'input' | 'result';

/** One dispatch of a plan. */
export interface GpuStep {
  readonly shader: ShaderName;
  readonly numbers: StepNumbers;
  readonly source: GpuPlace;
  readonly target: GpuPlace;
  readonly addend?: GpuPlace;
  /** Workgroups along x and y; along z there is one for each picture. */
  readonly workgroups: readonly [number, number];
}

/** A map in one of the plan's buffers. */
interface GpuMap {
  readonly buffer: number;
  readonly places: number;
  readonly channels: number;
}

/** A frozen network for one input size, compiled to dispatches of the shaders. */
export interface GpuPlan {
  /** Side of the input in pixels. */
  readonly side: number;
  readonly steps: readonly GpuStep[];
  /** Bytes of each buffer for one picture: a buffer is reused once nothing reads its map any more. */
  readonly buffers: readonly number[];
  /** All weights; the first two vectors are the range of the input. */
  readonly weights: Float32Array<ArrayBuffer>;
  /** The network's output. */
  readonly output: GpuMap;
  /**
   * The tensors of `OperationList.kept`, which stay in their buffers until the next pass. If a kept
   * tensor is the output of a global average pooling and no operation reads it, the input of the
   * pooling is kept instead, and the reader computes the mean.
   */
  readonly kept: readonly GpuMap[];
  /** `[height, width, channels]`, or `[channels]` if the network pools by itself. */
  readonly outputShape: readonly number[];
}

/**
 * Compiles a frozen network to dispatches.
 *
 * @param side side of the input in pixels
 * @param range what the pixels are converted to
 * @returns undefined if the shaders cannot express the network
 */
export function compileGpuPlan(
  list: OperationList,
  side: number,
  range: InputRange,
): GpuPlan | undefined {
  const fused = fuse(list, LIMITS);
  const shapes = fused && shapesOf(fused.operations, list.input, side, VECTOR);
  if (!shapes) return undefined;
  const { output } = fused;
  if (fused.operations.some((operation) => !isExpressible(operation, shapes))) return undefined;
  const { operations, kept } = withoutKeptPools(fused.operations as Expressible[], list.kept ?? []);
  const { buffers, bufferOf } = placeMaps(operations, shapes, [output, ...kept]);
  const weights = new GpuWeights();
  weights.add(range.values);
  const place = (name: string): GpuPlace => (name === list.input ? 'input' : bufferOf.get(name)!);
  const steps = operations.map((operation): GpuStep => {
    const step = stepOf(operation, shapes, weights, range);
    const [source, addend] = operation.inputs;
    return {
      ...step,
      ...{ source: place(source!), target: place(operation.output) },
      ...(addend !== undefined && { addend: place(addend) }),
    };
  });
  const mapOf = (name: string): GpuMap => {
    const [height, width, channels] = shapes.get(name)!;
    return { buffer: bufferOf.get(name)!, places: height * width, channels };
  };
  const [height, width, channels] = shapes.get(output)!;
  const pools = operations.find((operation) => operation.output === output)?.kind === 'pool';
  return {
    ...{ side, steps, buffers, weights: weights.build() },
    output: mapOf(output),
    kept: kept.map(mapOf),
    outputShape: pools ? [channels] : [height, width, channels],
  };
}

/** The workgroups that cover `columns` by `rows` invocations. */
export function workgroupsFor(columns: number, rows: number): readonly [number, number] {
  return [Math.ceil(columns / WORKGROUP.x), Math.ceil(rows / WORKGROUP.y)];
}

/** Replaces kept outputs of global average poolings by their inputs. */
function withoutKeptPools(
  operations: readonly Expressible[],
  kept: readonly string[],
): { operations: readonly Expressible[]; kept: readonly string[] } {
  const isKeptPool = ({ kind, output }: Expressible) =>
    kind === 'pool' &&
    kept.includes(output) &&
    operations.every(({ inputs }) => !inputs.includes(output));
  const pools = operations.filter(isKeptPool);
  return {
    operations: operations.filter((operation) => !pools.includes(operation)),
    kept: kept.map((name) => pools.find(({ output }) => output === name)?.inputs[0] ?? name),
  };
}

/** What the shaders can express. */
type Expressible = Exclude<FusedOperation, { kind: 'outside' }>;

/** Channels come in whole vectors, filters are square. */
function isExpressible(
  operation: FusedOperation,
  shapes: ReadonlyMap<string, MapShape>,
): operation is Expressible {
  if (operation.kind === 'outside') return false;
  const { kind, inputs, output, ...rest } = operation;
  const [, , channels] = shapes.get(inputs[0]!)!;
  const isWhole =
    (kind === 'first' || channels % VECTOR === 0) && shapes.get(output)![2] % VECTOR === 0;
  if (!('convolution' in rest)) return isWhole;
  const [kernelHeight, kernelWidth] = rest.convolution.filterShape;
  return isWhole && kernelHeight === kernelWidth;
}

/**
 * Gives each map a buffer that no map has which is read later.
 *
 * @param read names of maps that are read after a pass
 */
function placeMaps(
  operations: readonly FusedOperation[],
  shapes: ReadonlyMap<string, MapShape>,
  read: readonly string[],
): { buffers: number[]; bufferOf: ReadonlyMap<string, number> } {
  const buffers: number[] = [];
  /** The last operation that reads what is in each buffer. */
  const usedUntil: number[] = [];
  const bufferOf = new Map<string, number>();
  for (const [index, operation] of operations.entries()) {
    const name = operation.output;
    const [height, width, channels] = shapes.get(name)!;
    const bytes = Float32Array.BYTES_PER_ELEMENT * height * width * channels;
    const lastUse = operations.findLastIndex(({ inputs }) => inputs.includes(name));
    const free = buffers.map((_, buffer) => buffer).filter((buffer) => usedUntil[buffer]! < index);
    // The smallest that is large enough, else the largest, which grows.
    free.sort((a, b) => buffers[a]! - buffers[b]!);
    const buffer =
      free.find((candidate) => buffers[candidate]! >= bytes) ?? free.at(-1) ?? buffers.length;
    buffers[buffer] = Math.max(buffers[buffer] ?? 0, bytes);
    usedUntil[buffer] = read.includes(name) ? Infinity : Math.max(index, lastUse);
    bufferOf.set(name, buffer);
  }
  return { buffers, bufferOf };
}

type StepWithoutPlaces = Pick<GpuStep, 'shader' | 'numbers' | 'workgroups'>;

function stepOf(
  operation: Expressible,
  shapes: ReadonlyMap<string, MapShape>,
  weights: GpuWeights,
  range: InputRange,
): StepWithoutPlaces {
  const [height, width, channels] = shapes.get(operation.inputs[0]!)!;
  const [outHeight, outWidth, outChannels] = shapes.get(operation.output)!;
  const depth = channels / VECTOR;
  const columns = outChannels / VECTOR;
  const rows = outHeight * outWidth;
  const numbers = {
    ...{ rows, columns, height, width, outWidth },
    sourceStride: height * width * depth,
    targetStride: rows * columns,
  };
  switch (operation.kind) {
    case 'first':
    case 'depthwise': {
      const { convolution, kind } = operation;
      const [kernel] = convolution.filterShape;
      const movement = { stride: convolution.strides[0], pad: convolution.pad };
      const filter = kind === 'first' ? inputFilter(convolution, range) : convolution.filter;
      return {
        shader: kind,
        numbers: {
          ...numbers,
          // Of the pictures, in words: see the input of the executor.
          ...(kind === 'first' && { sourceStride: height * width * 3 }),
          ...weightsOf(convolution, filter, weights),
          ...{ kernel, stride: movement.stride },
          above: outputsAlong(height, movement, kernel).before,
          before: outputsAlong(width, movement, kernel).before,
        },
        workgroups: workgroupsFor(columns, rows),
      };
    }
    case 'pointwise': {
      const { convolution, inputs } = operation;
      return {
        shader: inputs.length > 1 ? 'pointwiseAdd' : 'pointwise',
        numbers: {
          ...{ ...numbers, depth, addendStride: rows * columns },
          ...weightsOf(convolution, convolution.filter, weights),
        },
        workgroups: workgroupsFor(columns, Math.ceil(rows / TILE_ROWS)),
      };
    }
    case 'add':
      return {
        shader: 'add',
        numbers: { ...numbers, rows: rows * columns, addendStride: rows * columns },
        workgroups: [Math.ceil((rows * columns) / REDUCING_WORKGROUP), 1],
      };
    case 'pool':
      return poolStep(height * width, columns);
  }
}

/**
 * Global average pooling.
 *
 * @param columns vectors of a place
 */
export function poolStep(places: number, columns: number): StepWithoutPlaces {
  return {
    shader: 'pool',
    numbers: { rows: places, columns, sourceStride: places * columns, targetStride: columns },
    workgroups: [Math.ceil(columns / REDUCING_WORKGROUP), 1],
  };
}

function weightsOf(
  { bias, activation }: ConvolutionOperation,
  filter: Float32Array,
  weights: GpuWeights,
): StepNumbers {
  const [low, high] = BOUNDS[activation];
  return { weights: weights.add(filter), bias: weights.add(bias), low, high };
}

/** The filter of the first convolution for red, green and blue, in this order. */
function inputFilter(
  { filter, filterShape }: ConvolutionOperation,
  { channels }: InputRange,
): Float32Array {
  const [, , depth, columns] = filterShape;
  return filter.map((_, at) => {
    const tap = Math.floor(at / columns / depth);
    const channel = Math.floor(at / columns) % depth;
    return filter[(tap * depth + channels[channel]!) * columns + (at % columns)]!;
  });
}
