export function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** The four characters at `offset`; fewer at the end of the bytes. */
export function fourCharacters(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

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
