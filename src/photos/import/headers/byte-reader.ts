/** Whether the bytes begin with those of `magic`; false if there are fewer. */
export function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** The four characters at `offset`; fewer at the end of the bytes. */
export function fourCharacters(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

/** A view of just these bytes, which may be a part of a larger buffer. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * What `read` returns; undefined if it reads past the end: DataView throws a RangeError for that,
 * so truncated bytes have no value.
 */
export function withinBytes<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** A part of the bytes, from `start` up to but not including `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Reads numbers one after another. Each read past the end throws a RangeError. */
export class ByteCursor {
  at: number;
  readonly end: number;
  /** Those of a FullBox; 0 otherwise. */
  readonly version: number = 0;
  readonly flags: number = 0;
  readonly #view: DataView;

  /** @param isFullBox whether version and flags come first (ISO/IEC 14496-12, 4.2) */
  constructor(bytes: Uint8Array, { start, end }: Span, isFullBox: boolean) {
    this.#view = viewOf(bytes);
    this.at = start;
    this.end = end;
    if (!isFullBox) return;
    this.version = this.read(1);
    this.flags = this.read(3);
  }

  /** The next number. @param size 0 to 8 bytes, the big end first; a number of 0 bytes is 0 */
  read(size: number): number {
    if (this.at + size > this.end) throw new RangeError('Past the end');
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + this.#view.getUint8(this.at++);
    return value;
  }
}
