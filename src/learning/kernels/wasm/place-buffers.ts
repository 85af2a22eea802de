/** A buffer and the operations, by index, between which it is needed. */
export interface Lifetime {
  readonly bytes: number;
  /** The operation that writes it. */
  readonly from: number;
  /** The last operation that reads it. */
  readonly to: number;
}

/** Buffers begin at the start of a cache line. */
export const ALIGNMENT = 64;

/**
 * Places buffers so that those which are needed at the same time do not overlap: the largest first,
 * each at the lowest offset that is free. Greedy by size: Pisarchyk and Lee, "Efficient Memory
 * Management for Deep Neural Net Inference" (2020, arXiv:2001.03288).
 *
 * @returns the offset of each buffer, in the order of `buffers`, and the bytes of all
 */
export function placeBuffers(buffers: readonly Lifetime[]): { offsets: number[]; bytes: number } {
  const offsets = buffers.map(() => 0);
  const placed: number[] = [];
  const order = buffers.map((_, index) => index).sort((a, b) => bytesOf(b) - bytesOf(a) || a - b);
  function bytesOf(index: number): number {
    return aligned(buffers[index]!.bytes);
  }
  for (const index of order) {
    const { from, to } = buffers[index]!;
    const rivals = placed
      .filter((other) => buffers[other]!.from <= to && buffers[other]!.to >= from)
      .sort((a, b) => offsets[a]! - offsets[b]!);
    let offset = 0;
    for (const other of rivals) {
      if (offset + bytesOf(index) <= offsets[other]!) break;
      offset = Math.max(offset, offsets[other]! + bytesOf(other));
    }
    offsets[index] = offset;
    placed.push(index);
  }
  const bytes = buffers.reduce((most, _, i) => Math.max(most, offsets[i]! + bytesOf(i)), 0);
  return { offsets, bytes };
}

/** The next multiple of `ALIGNMENT`. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
