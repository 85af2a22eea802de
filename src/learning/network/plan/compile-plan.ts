import { BOUNDS } from '../../kernels/wasm/clamp.ts';
import { GROUP } from '../../kernels/wasm/depthwise-module.ts';
import { outputsAlong } from '../../kernels/wasm/filter-runs.ts';
import type { Matrix } from '../../kernels/wasm/pack-panels.ts';
import { PANEL } from '../../kernels/wasm/pointwise-module.ts';
import { fuse, type FusedOperation, type FuseLimits } from './fuse.ts';
import type { ConvolutionOperation, OperationList } from './operation.ts';
import {
  aligned,
  ALIGNMENT,
  placeBuffers,
  type Lifetime,
} from '../../kernels/wasm/place-buffers.ts';
import { shapesOf } from './shapes.ts';
import type { MapShape } from './tensor.ts';
import { WeightsBuilder } from './weights-builder.ts';
import type { DepthwiseOperation, InputRange, Plan, PlanOperation } from './plan.ts';
import { divideChannels, divideInto, dividePointwise } from './divide.ts';

/** What the kernels of wasm express. */
export const WASM_LIMITS: FuseLimits = { columns: PANEL, group: GROUP, expands: true };
/** Bytes at the start of the memory by which threads coordinate. */
const CONTROL_BYTES = 1024;

/**
 * Compiles a frozen network for one input size.
 *
 * @param side side of the input in pixels
 * @param range what the pixels are converted to
 * @returns undefined if the kernels cannot express the network
 */
export function compilePlan(
  list: OperationList,
  side: number,
  range: InputRange,
): Plan | undefined {
  const fused = fuse(list, WASM_LIMITS);
  if (!fused) return undefined;
  const { operations, output } = fused;
  const shapes = shapesOf(operations, list.input, side, GROUP);
  const outputShape = shapes?.get(output);
  if (!shapes || !outputShape) return undefined;
  const pools = operations.at(-1)!.kind === 'pool';
  if (operations.at(-1)!.output !== output) return undefined;
  const kept = list.kept ?? [];
  const maps = placeMaps(operations, shapes, kept, !pools);
  const weights = new WeightsBuilder(CONTROL_BYTES);
  const rangeAt = weights.add(range.values);
  const noRange = weights.add(new Float32Array(8));
  const draft = operations.map((operation) => draftOf(operation, shapes, weights, range, side));
  const mapsAt = CONTROL_BYTES + aligned(weights.bytes);
  const at = (name: string) => mapsAt + (maps.offsets.get(name) ?? 0);
  const planned = draft.map((make) => make(at));
  const input = mapsAt + aligned(maps.bytes);
  // A picture as RGB float32, and what a vector reads beyond its end.
  const scratch = input + aligned(side * side * 12 + 16);
  const [height, width, channels] = outputShape;
  return {
    side,
    operations: planned,
    ...(!pools && {
      pool: {
        kind: 'pool',
        ...{ from: at(output), to: at(POOLED), places: height * width, channels },
        ...divideInto(Math.ceil(channels / GROUP), POOL_UNITS),
      },
    }),
    writeWeights: (memory) => {
      weights.writeTo(memory);
    },
    weightsAt: CONTROL_BYTES,
    range: rangeAt,
    noRange,
    input,
    output: at(output),
    outputShape: pools ? [channels] : outputShape,
    kept: kept.map((name) => ({ at: at(name), length: sizeOf(shapes.get(name)!) })),
    scratch,
    scratchBytes: Math.max(ALIGNMENT, ...planned.map(scratchOf)),
    mapBytes: maps.bytes,
  };
}

/** Name of the pooled output, which no tensor of a network has. */
const POOLED = '';
const POOL_UNITS = 4;

/**
 * Places the map of each operation, and the pooled output.
 *
 * @param kept names of maps that no other may replace
 */
function placeMaps(
  operations: readonly FusedOperation[],
  shapes: ReadonlyMap<string, MapShape>,
  kept: readonly string[],
  pools: boolean,
): { offsets: ReadonlyMap<string, number>; bytes: number } {
  const names = operations.map(({ output }) => output);
  const lifetimes: Lifetime[] = operations.map(({ output }, index) => {
    const last = kept.includes(output)
      ? Infinity
      : operations.findLastIndex(({ inputs }) => inputs.includes(output));
    return { bytes: 4 * sizeOf(shapes.get(output)!), from: index, to: Math.max(index, last) };
  });
  if (pools) {
    const end = operations.length;
    lifetimes[end - 1] = { ...lifetimes[end - 1]!, to: end };
    names.push(POOLED);
    lifetimes.push({ bytes: 4 * shapes.get(names[end - 1]!)![2], from: end, to: end });
  }
  const { offsets, bytes } = placeBuffers(lifetimes);
  return { offsets: new Map(names.map((name, index) => [name, offsets[index]!])), bytes };
}

type Locate = (name: string) => number;

/** Packs the weights of an operation; what it gives makes the operation once maps are placed. */
function draftOf(
  operation: FusedOperation,
  shapes: ReadonlyMap<string, MapShape>,
  weights: WeightsBuilder,
  range: InputRange,
  side: number,
): (at: Locate) => PlanOperation {
  if (operation.kind === 'outside') {
    const { inputs, output, units, scratchBytes, prepare } = operation;
    const packed = operation.weights ? weights.add(operation.weights) : 0;
    return (at) => {
      const places = { from: inputs.map(at), to: at(output), weights: packed };
      return {
        ...{ kind: 'outside', units, unitSize: 1, scratchBytes },
        prepare: (kernels) => prepare(kernels, places),
      };
    };
  }
  const [from = '', addend] = operation.inputs;
  const { output } = operation;
  const [height, width, depth] = shapes.get(from)!;
  const [outHeight, outWidth, columns] = shapes.get(output)!;
  const places = outHeight * outWidth;
  switch (operation.kind) {
    case 'first': {
      const { convolution } = operation;
      const [kernelHeight, kernelWidth] = convolution.filterShape;
      const movement = { stride: convolution.strides[0], pad: convolution.pad };
      const packed = weights.add(firstPanels(convolution, range));
      return (at) => ({
        ...{ kind: 'first', to: at(output), side, kernelHeight, kernelWidth },
        stride: movement.stride,
        above: outputsAlong(side, movement, kernelHeight).before,
        before: outputsAlong(side, movement, kernelWidth).before,
        ...{ outHeight, outWidth, columns, weights: packed },
        ...boundsOf(convolution),
        ...divideInto(outHeight, FIRST_UNITS),
      });
    }
    case 'pointwise': {
      const { convolution } = operation;
      const packed = weights.add(pointwisePanels(convolution));
      return (at) => ({
        ...{ kind: 'pointwise', from: at(from), to: at(output) },
        ...{ rows: places, depth, columns, weights: packed },
        ...(addend !== undefined && { addend: at(addend) }),
        ...boundsOf(convolution),
        ...dividePointwise(places, Math.ceil(columns / PANEL)),
      });
    }
    case 'depthwise': {
      const { convolution, expand } = operation;
      const filter = weights.add(convolution.filter);
      const bias = weights.add(convolution.bias);
      const packed = expand && {
        ...{ depth, weights: weights.add(pointwisePanels(expand)) },
        ...boundsOf(expand),
      };
      return (at) => ({
        ...{ kind: 'depthwise', from: at(from), to: at(output), height, width },
        ...{ outHeight, outWidth, channels: columns, filter, bias },
        ...{ stride: convolution.strides[0], pad: convolution.pad },
        ...boundsOf(convolution),
        ...(packed && { expand: packed }),
        ...(packed
          ? divideChannels(columns, height * width)
          : divideInto(outHeight, DEPTHWISE_UNITS)),
      });
    }
    case 'add': {
      const groups = (places * columns) / GROUP;
      return (at) => ({
        ...{ kind: 'add', from: at(from), addend: at(addend!), to: at(output), groups },
        ...divideInto(groups, ADD_UNITS),
      });
    }
    case 'pool':
      return (at) => ({
        ...{ kind: 'pool', from: at(from), to: at(output), places: height * width },
        channels: columns,
        ...divideInto(columns / GROUP, POOL_UNITS),
      });
  }
}

const FIRST_UNITS = 28;
const DEPTHWISE_UNITS = 28;
const ADD_UNITS = 8;

function boundsOf({ activation }: ConvolutionOperation): { low: number; high: number } {
  const [low, high] = BOUNDS[activation];
  return { low, high };
}

function pointwisePanels({ filter, bias, filterShape }: ConvolutionOperation): Matrix {
  const [, , depth, columns] = filterShape;
  return { depth, bias, values: filter, startOf: (row) => row * columns };
}

/** The depth is [column, row, channel] of the filter, as `ConvertRow` lays out the pixels. */
function firstPanels(
  { filter, bias, filterShape }: ConvolutionOperation,
  { channels }: InputRange,
): Matrix {
  const [rows, across, depth, columns] = filterShape;
  return {
    ...{ depth: across * rows * depth, bias, values: filter },
    startOf: (k) => {
      const channel = channels[k % depth]!;
      const row = Math.floor(k / depth) % rows;
      const column = Math.floor(k / depth / rows);
      return ((row * across + column) * depth + channel) * columns;
    },
  };
}

/** The scratch memory that a unit of an operation needs, in bytes. */
function scratchOf(operation: PlanOperation): number {
  switch (operation.kind) {
    case 'first': {
      const { side, before, outWidth, stride, kernelWidth, kernelHeight } = operation;
      const columns = Math.max(before + side, (outWidth - 1) * stride + kernelWidth);
      return aligned(columns * kernelHeight * 12);
    }
    case 'depthwise':
      return operation.expand ? aligned(expandedBytes(operation)) : 0;
    case 'outside':
      return aligned(operation.scratchBytes);
    default:
      return 0;
  }
}

/** Bytes of the expanded channels of the largest unit. */
function expandedBytes({ height, width, channels, units, unitSize }: DepthwiseOperation): number {
  const most = Math.max(unitSize, channels - (units - 1) * unitSize);
  return 4 * height * width * most;
}

function sizeOf([height, width, channels]: MapShape): number {
  return height * width * channels;
}
