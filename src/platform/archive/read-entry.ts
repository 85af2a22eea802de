import { crc32 } from './crc32.ts';
import { DEFLATE, DEFLATE64, STORED, type ZipEntry } from './zip-directory.ts';

/** Why an entry of an archive cannot be unpacked. */
type EntryFault = 'locked' | 'unsupported' | 'wrong-size' | 'wrong-bytes' | 'damaged';

/** Thrown for an entry that cannot be unpacked. */
export class EntryError extends Error {
  constructor(
    readonly fault: EntryFault,
    options?: { cause?: unknown },
  ) {
    super(fault, options);
  }
}

const LOCAL_HEADER_BYTES = 30;
const LOCAL_HEADER_MAGIC = 0x04034b50;

/**
 * Unpacks an entry into memory, at most as many bytes as it declares, and checks its size and CRC-32.
 *
 * @throws EntryError; a DOMException if the file cannot be read any more
 */
export async function readZipEntry(file: Blob, entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await unpackZipEntry(file, entry);
  if (crc32(bytes) !== entry.crc32) throw new EntryError('wrong-bytes');
  return bytes;
}

/** As `readZipEntry`, without the CRC-32: for entries whose bytes are checked by a better hash. */
export async function unpackZipEntry(
  file: Blob,
  entry: ZipEntry,
): Promise<Uint8Array<ArrayBuffer>> {
  return collect(await unpack(file, entry), entry.uncompressedSize);
}

/** Whether the app can unpack entries of this compression method. */
export function isKnownMethod(method: number): boolean {
  return method === STORED || method === DEFLATE || method === DEFLATE64;
}

/**
 * Unpacks an entry to a Blob, part by part, for entries that are too large for memory: browsers store
 * large Blobs on disk. One that is stored as it is is not copied. Its CRC-32 is not checked.
 *
 * @throws EntryError; a DOMException if the file cannot be read any more
 */
export async function zipEntryBlob(file: Blob, entry: ZipEntry): Promise<Blob> {
  const packed = await unpack(file, entry);
  if (packed instanceof Blob) return packed;
  return blobOf(packed, entry.uncompressedSize);
}

/** Number of bytes in one part of a Blob. */
const PART_BYTES = 4_000_000;

/**
 * Reads a stream to a Blob.
 *
 * @throws EntryError `wrong-size` if it is longer than `limit` bytes, `damaged` if it fails
 */
export async function blobOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
): Promise<Blob> {
  const parts: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let waiting = 0;
  let length = 0;
  for await (const chunk of chunksOf(stream)) {
    length += chunk.length;
    if (length > limit) throw new EntryError('wrong-size');
    chunks.push(chunk);
    waiting += chunk.length;
    if (waiting < PART_BYTES) continue;
    parts.push(new Blob(chunks));
    chunks = [];
    waiting = 0;
  }
  return new Blob([...parts, ...chunks]);
}

/** The unpacked bytes; a Blob where the entry is stored as it is. */
async function unpack(
  file: Blob,
  entry: ZipEntry,
): Promise<Blob | ReadableStream<Uint8Array<ArrayBuffer>>> {
  if (entry.encrypted) throw new EntryError('locked');
  if (!isKnownMethod(entry.method)) throw new EntryError('unsupported');
  const { whole } = entry;
  if (whole) {
    const { readable, writable } = new TransformStream<
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>
    >();
    // An error of it arrives at the readable side.
    whole.getData(writable, { useWebWorkers: false }).catch(() => undefined);
    return readable;
  }
  const data = await packedBytes(file, entry);
  if (entry.method === STORED) {
    if (data.size !== entry.uncompressedSize) throw new EntryError('wrong-size');
    return data;
  }
  return data.stream().pipeThrough(new DecompressionStream('deflate-raw'));
}

async function packedBytes(file: Blob, { offset, compressedSize }: ZipEntry): Promise<Blob> {
  const header = await file.slice(offset, offset + LOCAL_HEADER_BYTES).arrayBuffer();
  const view = new DataView(header);
  if (header.byteLength < LOCAL_HEADER_BYTES || view.getUint32(0, true) !== LOCAL_HEADER_MAGIC) {
    throw new EntryError('damaged');
  }
  // APPNOTE.TXT 6.3.10, 4.3.7: the file name and the extra field follow the fixed header.
  const start = offset + LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  return file.slice(start, start + compressedSize);
}

async function collect(
  packed: Blob | ReadableStream<Uint8Array<ArrayBuffer>>,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (packed instanceof Blob) return new Uint8Array(await packed.arrayBuffer());
  const bytes = new Uint8Array(size);
  let length = 0;
  for await (const chunk of chunksOf(packed)) {
    if (length + chunk.length > size) throw new EntryError('wrong-size');
    bytes.set(chunk, length);
    length += chunk.length;
  }
  if (length < size) throw new EntryError('wrong-size');
  return bytes;
}

/** Safari has no asynchronous iteration of streams. */
async function* chunksOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((thrown: unknown) => {
        // A file that cannot be read any more is no damaged archive.
        throw thrown instanceof DOMException
          ? thrown
          : new EntryError('damaged', { cause: thrown });
      });
      if (done) return;
      yield value;
    }
  } finally {
    // Ends what fills the stream, where it was not read to its end.
    reader.cancel().catch(() => undefined);
  }
}
