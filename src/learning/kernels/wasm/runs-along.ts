import { SIDE, type Taps } from './depthwise-module.ts';

/** Adjacent outputs along one side that use the same taps. */
export interface Run {
  readonly taps: Taps;
  /** Position of the first output. */
  readonly out: number;
  /** The number of outputs. */
  readonly count: number;
  /** Position in the input that the first tap reads for the first output. */
  readonly read: number;
}

/**
 * The outputs along a side of `size` pixels, in order; outputs at the borders use fewer taps.
 *
 * @param count number of outputs
 * @param before number of pixels of padding before the side
 */
export function runsAlong(size: number, count: number, stride: number, before: number): Run[] {
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

/** How many outputs they are. */
export function countOutputs(found: readonly Run[]): number {
  return found.reduce((sum, { count }) => sum + count, 0);
}
