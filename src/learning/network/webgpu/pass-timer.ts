/** Passes that are timed without being asked: of the start, of which the first compiles. */
const FIRST_PASSES = 2;
const STAMPS = 2;
/** Bytes of the two timestamps, in nanoseconds. */
const STAMP_BYTES = 8 * STAMPS;

/** Where timestamps may stand in a buffer, behind that many bytes of something else. */
export function stampsAfter(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** A pass that is timed: where its timestamps will be in the buffer that is read. */
interface TimedPass {
  readonly writes: GPUComputePassTimestampWrites;
  /** Copies the timestamps into a buffer that is read, at an offset of `stampsAfter`. */
  copyTo(encoder: GPUCommandEncoder, buffer: GPUBuffer, offset: number): void;
  /** Takes them from there. @param pictures of the pass */
  read(buffer: GPUBuffer, offset: number, pictures: number): void;
}

/** Times passes on the GPU with its own clock, a pass at a time and only when somebody looks. */
export class PassTimer {
  /** Duration of a picture in the pass that was timed last, in ms. */
  milliseconds: number | undefined;
  readonly #queries: GPUQuerySet;
  readonly #stamps: GPUBuffer;
  #wanted = FIRST_PASSES;

  private constructor(device: GPUDevice) {
    this.#queries = device.createQuerySet({ type: 'timestamp', count: STAMPS });
    const { QUERY_RESOLVE, COPY_SRC } = GPUBufferUsage;
    this.#stamps = device.createBuffer({ size: STAMP_BYTES, usage: QUERY_RESOLVE | COPY_SRC });
  }

  /** @returns undefined where the device has no such clock */
  static of(device: GPUDevice): PassTimer | undefined {
    return device.features.has('timestamp-query') ? new PassTimer(device) : undefined;
  }

  /** Bytes that a buffer for reading needs behind `stampsAfter`. */
  readonly bytes = STAMP_BYTES;

  /** Asks for the time of the next pass. */
  want(): void {
    this.#wanted = Math.max(1, this.#wanted);
  }

  /** Begins a pass; undefined if nobody asks for its time. */
  next(): TimedPass | undefined {
    if (this.#wanted === 0) return undefined;
    this.#wanted--;
    return {
      writes: { querySet: this.#queries, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
      copyTo: (encoder, buffer, offset) => {
        encoder.resolveQuerySet(this.#queries, 0, STAMPS, this.#stamps, 0);
        encoder.copyBufferToBuffer(this.#stamps, 0, buffer, offset, STAMP_BYTES);
      },
      read: (buffer, offset, pictures) => {
        const [from, to] = new BigInt64Array(buffer.getMappedRange(offset, STAMP_BYTES));
        // A clock may be reset between the two.
        if (to! > from!) this.milliseconds = Number(to! - from!) / 1e6 / pictures;
      },
    };
  }

  dispose(): void {
    this.#queries.destroy();
    this.#stamps.destroy();
  }
}
