import type { ByteBuffer } from 'flatbuffers';

/** A table or vector points outside the file, or a length is impossible. */
export class FlatBufferError extends Error {
  override readonly name = 'FlatBufferError';
}

/**
 * A table of a FlatBuffer, read by field id. Google's ByteBuffer reads zeros past the end and
 * follows any offset. This class checks each offset first, so a damaged file is refused and not
 * misread.
 *
 * Its methods return 0 or an empty value for an absent field, and throw a FlatBufferError.
 */
export class FlatTable {
  readonly #buffer: ByteBuffer;
  readonly #position: number;

  /** The root table, whose offset is in the first four bytes. */
  static root(buffer: ByteBuffer): FlatTable {
    return new FlatTable(buffer, follow(buffer, 0));
  }

  private constructor(buffer: ByteBuffer, position: number) {
    this.#buffer = buffer;
    this.#position = position;
    within(buffer, position, 4);
    const vtable = position - buffer.readInt32(position);
    within(buffer, vtable, 4);
    within(buffer, vtable, buffer.readUint16(vtable));
  }

  /** A `ubyte`, or a `byte` that is not negative. */
  uint8(id: number): number {
    const at = this.#field(id, 1);
    return at ? this.#buffer.readUint8(at) : 0;
  }

  uint32(id: number): number {
    const at = this.#field(id, 4);
    return at ? this.#buffer.readUint32(at) : 0;
  }

  float32(id: number): number {
    const at = this.#field(id, 4);
    return at ? this.#buffer.readFloat32(at) : 0;
  }

  /** A table; undefined if the field is absent. */
  table(id: number): FlatTable | undefined {
    const at = this.#field(id, 4);
    return at ? new FlatTable(this.#buffer, follow(this.#buffer, at)) : undefined;
  }

  string(id: number): string {
    return new TextDecoder().decode(this.bytes(id));
  }

  /** A `[ubyte]`, as a view of the file. */
  bytes(id: number): Uint8Array {
    const { start, length } = this.#vector(id, 1);
    return this.#buffer.bytes().subarray(start, start + length);
  }

  /** An `[int]`. */
  int32s(id: number): number[] {
    const { start, length } = this.#vector(id, 4);
    return Array.from({ length }, (_, i) => this.#buffer.readInt32(start + 4 * i));
  }

  /** A vector of tables. */
  tables(id: number): FlatTable[] {
    const { start, length } = this.#vector(id, 4);
    return Array.from(
      { length },
      (_, i) => new FlatTable(this.#buffer, follow(this.#buffer, start + 4 * i)),
    );
  }

  /** The position of a field's value; 0 if the field is absent. */
  #field(id: number, bytes: number): number {
    const offset = this.#buffer.__offset(this.#position, 4 + 2 * id);
    if (offset === 0) return 0;
    within(this.#buffer, this.#position + offset, bytes);
    return this.#position + offset;
  }

  #vector(id: number, bytesEach: number): { start: number; length: number } {
    const at = this.#field(id, 4);
    if (at === 0) return { start: 0, length: 0 };
    const vector = follow(this.#buffer, at);
    const length = this.#buffer.readUint32(vector);
    within(this.#buffer, vector + 4, length * bytesEach);
    return { start: vector + 4, length };
  }
}

function follow(buffer: ByteBuffer, at: number): number {
  within(buffer, at, 4);
  const target = at + buffer.readUint32(at);
  within(buffer, target, 4);
  return target;
}

function within(buffer: ByteBuffer, start: number, bytes: number): void {
  if (start < 0 || start + bytes > buffer.capacity()) {
    throw new FlatBufferError(
      `bytes ${start} to ${start + bytes} are asked for, and it has ${buffer.capacity()}`,
    );
  }
}
