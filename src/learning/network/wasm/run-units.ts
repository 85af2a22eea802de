import { filterName, GROUP, type FilterRows } from '../../kernels/wasm/depthwise-module.ts';
import {
  outputsAlong,
  rowCounts,
  runsAlong,
  strideOfFunction,
} from '../../kernels/wasm/filter-runs.ts';
import { CONVERT_NAME, type ConvertRow } from '../../kernels/wasm/input-module.ts';
import {
  ADD_NAME,
  POOL_NAME,
  type AddGroups,
  type PoolGroups,
} from '../../kernels/wasm/map-module.ts';
import { PANEL } from '../../kernels/wasm/pointwise-module.ts';
import { prepareMultiply, type Multiply } from '../../kernels/wasm/prepare-multiply.ts';
import {
  PICTURE,
  type AddOperation,
  type DepthwiseOperation,
  type FirstOperation,
  type PlanOperation,
  type PointwiseOperation,
  type PoolOperation,
  type RunUnit,
  type ThreadKernels,
} from '../plan/plan.ts';

/** An operation, ready to run on a thread. */
export interface PreparedOperation {
  readonly units: number;
  readonly run: RunUnit;
}

/** Prepares all operations for a thread, so that a pass allocates nothing; the pooling is last. */
export function prepareOperations(kernels: ThreadKernels): PreparedOperation[] {
  const { operations, pool } = kernels.plan;
  return [...operations, ...(pool ? [pool] : [])].map((operation) => ({
    units: operation.units,
    run: prepareOperation(kernels, operation),
  }));
}

function prepareOperation(kernels: ThreadKernels, operation: PlanOperation): RunUnit {
  switch (operation.kind) {
    case 'first':
      return prepareFirst(kernels, operation);
    case 'pointwise':
      return preparePointwise(kernels, operation);
    case 'depthwise':
      return prepareDepthwise(kernels, operation);
    case 'add':
      return prepareAdd(kernels, operation);
    case 'pool':
      return preparePool(kernels, operation);
    case 'outside':
      return operation.prepare(kernels);
  }
}

function prepareFirst(
  { plan, memory, exports, scratch }: ThreadKernels,
  operation: FirstOperation,
): RunUnit {
  const { side, kernelHeight, kernelWidth, stride, above, before, columns } = operation;
  const { outHeight, outWidth, to, weights, unitSize } = operation;
  const convertBytes = exports[CONVERT_NAME.bytes] as ConvertRow;
  const convertFloats = exports[CONVERT_NAME.floats] as ConvertRow;
  // For each column of the picture, the filter's rows of it follow each other.
  const column = kernelHeight * 12;
  const depth = kernelHeight * kernelWidth * 3;
  const cRow = 4 * columns;
  const multiply = prepareMultiply(exports, { depth, aRow: stride * column, cRow }, operation);
  const panels = Math.ceil(columns / PANEL);
  const lastPanel = 4 * (columns - PANEL);
  const start = scratch + before * column;
  const width = Math.max(before + side, (outWidth - 1) * stride + kernelWidth);
  return (unit, picture) => {
    // What is padded is 0 in the network's range.
    new Uint8Array(memory.buffer, scratch, before * column).fill(0);
    const end = (before + side) * column;
    new Uint8Array(memory.buffer, scratch + end, width * column - end).fill(0);
    const last = Math.min(outHeight, (unit + 1) * unitSize);
    for (let row = unit * unitSize; row < last; row++) {
      for (let tap = 0; tap < kernelHeight; tap++) {
        const from = row * stride - above + tap;
        const isInside = from >= 0 && from < side;
        const range = isInside ? plan.range : plan.noRange;
        const pixels = (isInside ? from : 0) * side;
        const result = start + tap * 12;
        if (picture === PICTURE.floats) {
          convertFloats(plan.input + pixels * 12, result, side, 12, column, range);
        } else if (picture === PICTURE.bytes) {
          convertBytes(plan.input + pixels * 4, result, side, 4, column, range);
        } else {
          convertBytes(plan.input + (pixels + side - 1) * 4, result, side, -4, column, range);
        }
      }
      multiply(scratch, weights, to + row * outWidth * cRow, outWidth, panels, lastPanel);
    }
  };
}

function preparePointwise({ exports }: ThreadKernels, operation: PointwiseOperation): RunUnit {
  const { from, to, rows, depth, columns, weights, addend, unitSize } = operation;
  const [aRow, cRow] = [4 * depth, 4 * columns];
  const delta = addend === undefined ? {} : { addend: addend - to };
  const multiply = prepareMultiply(exports, { depth, aRow, cRow, ...delta }, operation);
  const panels = Math.ceil(columns / PANEL);
  const lastPanel = 4 * (columns - PANEL);
  if (operation.by === 'rows') {
    return (unit) => {
      const first = unit * unitSize;
      const count = Math.min(unitSize, rows - first);
      multiply(from + first * aRow, weights, to + first * cRow, count, panels, lastPanel);
    };
  }
  const panelBytes = 4 * PANEL * (1 + depth);
  return (unit) => {
    const first = unit * unitSize;
    const count = Math.min(unitSize, panels - first);
    const start = 4 * PANEL * first;
    multiply(from, weights + first * panelBytes, to + start, rows, count, lastPanel - start);
  };
}

function prepareDepthwise(kernels: ThreadKernels, operation: DepthwiseOperation): RunUnit {
  const { exports, scratch } = kernels;
  const { from, height, width, channels, unitSize, units, expand } = operation;
  const filter = prepareFilter(exports, operation);
  if (!expand) {
    const { outHeight } = operation;
    return (unit) => {
      const first = unit * unitSize;
      filter(from, 4 * channels, 0, channels, first, Math.min(outHeight, first + unitSize), 1);
    };
  }
  const { depth, weights } = expand;
  const rows = height * width;
  const multiplies = new Map<number, Multiply>();
  for (const count of [unitSize, channels - (units - 1) * unitSize]) {
    const sizes = { depth, aRow: 4 * depth, cRow: 4 * count };
    multiplies.set(count, prepareMultiply(exports, sizes, expand));
  }
  const panelBytes = 4 * PANEL * (1 + depth);
  return (unit) => {
    const first = unit * unitSize;
    const count = unit === units - 1 ? channels - first : unitSize;
    const b = weights + (first / PANEL) * panelBytes;
    multiplies.get(count)!(from, b, scratch, rows, Math.ceil(count / PANEL), 4 * (count - PANEL));
    filter(scratch, 4 * count, first, count, 0, operation.outHeight, Infinity);
  };
}

/**
 * Filters some channels and rows of a map.
 *
 * @param x address of the map, whose first channel is `firstChannel` of the result
 * @param pixel bytes from a pixel of the map to the next
 * @param firstRow first row of the result
 * @param lastRow the row after the last
 * @param together rows of which a group of channels is computed before the next group
 */
type Filter = (
  x: number,
  pixel: number,
  firstChannel: number,
  channelCount: number,
  firstRow: number,
  lastRow: number,
  together: number,
) => void;

function prepareFilter(exports: WebAssembly.Exports, operation: DepthwiseOperation): Filter {
  const { height, width, outWidth, channels, filter, bias, to, stride } = operation;
  const { low, high } = operation;
  const [down, across] = [outputsAlong(height, operation), outputsAlong(width, operation)];
  const { before } = across;
  const columns = runsAlong(width, stride, across);
  const { left, wide, single, right, narrow } = rowCounts(columns, stride);
  const runs = runsAlong(height, stride, down).map(({ taps, ...run }) => ({
    ...run,
    rows: exports[filterName(taps, strideOfFunction(stride))] as FilterRows,
  }));
  const outPixel = 4 * channels;
  const outRow = outWidth * outPixel;
  return (x, pixel, firstChannel, channelCount, firstRow, lastRow, together) => {
    const groups = Math.ceil(channelCount / GROUP);
    const lastGroup = 4 * (channelCount - GROUP);
    const offset = 4 * firstChannel;
    const row = width * pixel;
    for (const { out, count, read, rows } of runs) {
      const end = Math.min(lastRow, out + count);
      for (let at = Math.max(firstRow, out); at < end; at += together) {
        rows(
          x + (read + (at - out) * stride) * row - before * pixel,
          filter + offset,
          bias + offset,
          to + at * outRow + offset,
          Math.min(together, end - at),
          ...([left, wide, single, right, narrow, groups, lastGroup] as const),
          pixel,
          row,
          stride * pixel,
          stride * row,
          outPixel,
          outRow,
          outPixel,
          low,
          high,
        );
      }
    }
  };
}

function prepareAdd({ exports }: ThreadKernels, operation: AddOperation): RunUnit {
  const { from, addend, to, groups, unitSize } = operation;
  const add = exports[ADD_NAME] as AddGroups;
  return (unit) => {
    const first = unit * unitSize;
    const offset = 4 * GROUP * first;
    add(from + offset, addend + offset, to + offset, Math.min(unitSize, groups - first));
  };
}

function preparePool({ exports }: ThreadKernels, operation: PoolOperation): RunUnit {
  const { from, to, places, channels, unitSize } = operation;
  const pool = exports[POOL_NAME] as PoolGroups;
  return (unit) => {
    const first = unit * unitSize;
    const offset = 4 * GROUP * first;
    const groups = Math.min(unitSize, channels / GROUP - first);
    pool(from + offset, to + offset, places, groups, 4 * channels, 1 / places);
  };
}
