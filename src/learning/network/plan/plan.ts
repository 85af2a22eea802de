import type { Movement } from '../../kernels/wasm/filter-runs.ts';
import type { Address, Span } from './tensor.ts';

interface Bounded {
  /** The results are clamped to these bounds. */
  readonly low: number;
  readonly high: number;
}

/** Work that threads may share: each unit can be computed independently of the others. */
interface Divided {
  readonly units: number;
  /** Rows, panels, channels or groups of a unit; the last unit may have more or fewer. */
  readonly unitSize: number;
}

/** A convolution of the picture's RGB. */
export interface FirstOperation extends Bounded, Divided {
  readonly kind: 'first';
  readonly to: Address;
  /** Side of the picture in pixels. */
  readonly side: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly stride: number;
  /** Padded rows above the picture, and columns before it. */
  readonly above: number;
  readonly before: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly columns: number;
  /** Panels for `MultiplyTiles`: the depth is [column, row, channel] of the filter. */
  readonly weights: Address;
}

/** A 1x1 convolution, perhaps with the addition that follows it. */
export interface PointwiseOperation extends Bounded, Divided {
  readonly kind: 'pointwise';
  readonly from: Address;
  readonly to: Address;
  /** Places of the map. */
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly weights: Address;
  /** The map that is added to the result. */
  readonly addend?: Address;
  /** Whether a unit is a part of the rows, or of the panels of columns. */
  readonly by: 'rows' | 'panels';
}

/**
 * A depthwise 3x3 convolution. With `expand`, the 1x1 convolution before it is computed in the same
 * unit, for a few channels at a time, so that the expanded map is never whole in memory.
 */
export interface DepthwiseOperation extends Bounded, Divided, Movement {
  readonly kind: 'depthwise';
  readonly from: Address;
  readonly to: Address;
  readonly height: number;
  readonly width: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly channels: number;
  readonly filter: Address;
  readonly bias: Address;
  readonly expand?: Bounded & { readonly depth: number; readonly weights: Address };
}

/** The sum of two maps. */
export interface AddOperation extends Divided {
  readonly kind: 'add';
  readonly from: Address;
  readonly addend: Address;
  readonly to: Address;
  readonly groups: number;
}

/** Global average pooling. */
export interface PoolOperation extends Divided {
  readonly kind: 'pool';
  readonly from: Address;
  readonly to: Address;
  readonly places: number;
  readonly channels: number;
}

/** An operation that brings what computes it: see `OutsideOperation` of operation.ts. */
interface PreparedOutside extends Divided {
  readonly kind: 'outside';
  /** Bytes of scratch memory that a unit needs. */
  readonly scratchBytes: number;
  readonly prepare: (kernels: ThreadKernels) => RunUnit;
}

export type PlanOperation =
  | FirstOperation
  | PointwiseOperation
  | DepthwiseOperation
  | AddOperation
  | PoolOperation
  | PreparedOutside;

/** What pixels are converted to: a product and a sum for each channel. */
export interface InputRange {
  /**
   * `[2, 4]`: what red, green and blue are multiplied by, and what is added; the fourth is unused.
   */
  readonly values: Float32Array;
  /** For red, green and blue, the channel of the network's input. */
  readonly channels: readonly [number, number, number];
}

/**
 * A frozen network for one input size, compiled to calls of the kernels on one memory. It computes
 * one picture at a time: the maps of a picture stay in the cache, those of several would not.
 */
export interface Plan {
  /** Side of the input in pixels. */
  readonly side: number;
  readonly operations: readonly PlanOperation[];
  /** Global average pooling of the output; undefined if the network pools by itself. */
  readonly pool?: PoolOperation;
  /** Writes all weights, as the kernels read them, from `weightsAt` on, before the maps. */
  readonly writeWeights: (memory: Float32Array) => void;
  readonly weightsAt: Address;
  /** Where two `ConvertRow` ranges are: that of the network, and one that gives 0. */
  readonly range: Address;
  readonly noRange: Address;
  /** Where the picture is written: RGBA bytes or RGB float32. */
  readonly input: Address;
  readonly output: Address;
  /** `[height, width, channels]`, or `[channels]` if the network pools by itself. */
  readonly outputShape: readonly number[];
  /** The tensors of `OperationList.kept`, which stay in the memory until the next pass. */
  readonly kept: readonly Span[];
  /** Start of the scratch memory of the first thread, and the bytes of each thread. */
  readonly scratch: Address;
  readonly scratchBytes: number;
  /** Bytes of all maps: buffers are reused once nothing reads them any more. */
  readonly mapBytes: number;
}

/** How the picture in the memory is stored: RGBA bytes, also from right to left, or RGB floats. */
export const PICTURE = { bytes: 0, mirrored: 1, floats: 2 } as const;

/**
 * Computes one unit of an operation.
 *
 * @param unit 0 to `units - 1`
 * @param picture one of `PICTURE`; only operations that read the picture need it
 */
export type RunUnit = (unit: number, picture: number) => void;

/** A plan whose weights are in the memory. */
export type PlanInMemory = Omit<Plan, 'writeWeights'>;

/** What a thread computes with. */
export interface ThreadKernels {
  readonly plan: PlanInMemory;
  readonly memory: WebAssembly.Memory;
  /** The functions of `networkModule`, working on `memory`. */
  readonly exports: WebAssembly.Exports;
  /** Address of the scratch memory that only this thread uses. */
  readonly scratch: number;
}

/** The bytes of memory that a plan needs. */
export function memoryBytes(
  { scratch, scratchBytes }: Pick<Plan, 'scratch' | 'scratchBytes'>,
  threads: number,
): number {
  return scratch + threads * scratchBytes;
}
