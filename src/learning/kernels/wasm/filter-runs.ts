import { SIDE, WIDE, WIDE_STRIDES, type Taps } from './depthwise-module.ts';

/** How a filter moves over a picture. */
export interface Movement {
  /** Stride in both directions. */
  readonly stride: number;
  readonly pad: 'same' | 'valid';
}

/** Adjacent outputs along one side that use the same taps. */
export interface Run {
  readonly taps: Taps;
  /** Position of the first output. */
  readonly out: number;
  /** The number of outputs. */
  readonly count: number;
  /** Position in the input that the first tap within the picture reads for the first output. */
  readonly read: number;
}

/** What a filter gives along a side of a picture. */
interface Outputs {
  /** Number of outputs. */
  readonly count: number;
  /** Number of pixels that are padded before the side. */
  readonly before: number;
}

/** What a filter gives along a side of `size` pixels. */
export function outputsAlong(size: number, { stride, pad }: Movement, side = SIDE): Outputs {
  const count = Math.max(0, Math.ceil((pad === 'same' ? size : size - side + 1) / stride));
  const padding = pad === 'same' ? Math.max((count - 1) * stride + side - size, 0) : 0;
  return { count, before: Math.floor(padding / 2) };
}

/** The outputs along a side of `size` pixels, in order; outputs at the borders use fewer taps. */
export function runsAlong(size: number, stride: number, { count, before }: Outputs): Run[] {
  const found: Run[] = [];
  for (let out = 0; out < count; out++) {
    const start = out * stride - before;
    const taps = { from: Math.max(0, -start), to: Math.min(SIDE, size - start) };
    const last = found.at(-1);
    if (last && last.taps.from === taps.from && last.taps.to === taps.to) {
      found[found.length - 1] = { ...last, count: last.count + 1 };
    } else {
      found.push({ taps, out, count: 1, read: start + taps.from });
    }
  }
  return found;
}

/** The results in a row, as `FilterRows` counts them. */
interface RowCounts {
  readonly left: number;
  readonly wide: number;
  readonly single: number;
  readonly right: number;
  readonly narrow: number;
}

/** @param columns what `runsAlong` gives for a row */
export function rowCounts(columns: readonly Run[], stride: number): RowCounts {
  const countOf = (from: number, to: number) =>
    columns.find(({ taps }) => taps.from === from && taps.to === to)?.count ?? 0;
  const whole = countOf(0, SIDE);
  const wide = strideOfFunction(stride) === stride ? Math.floor(whole / WIDE) : 0;
  return {
    left: countOf(1, SIDE),
    wide,
    single: whole - wide * WIDE,
    right: countOf(0, SIDE - 1),
    narrow: countOf(1, SIDE - 1),
  };
}

/** The stride of the `FilterRows` that serves a stride. */
export function strideOfFunction(stride: number): number {
  return stride === 1 ? WIDE_STRIDES[0] : WIDE_STRIDES[1];
}
