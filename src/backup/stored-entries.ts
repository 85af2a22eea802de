import { BlobReader, ZipReader } from '../platform/zip.ts';

/** 50,000 photos have half of it. */
const MAX_ENTRIES = 200_000;
/** Bytes of the list of entries, which is read at once; that of 200,000 takes half of it. */
const MAX_LIST_BYTES = 64_000_000;

const LOCAL_HEADER_BYTES = 30;
const LOCAL_HEADER_MAGIC = 0x04034b50;

/** Where an entry of a zip lies, and how: all that is kept of it, for there may be 100,000. */
interface StoredEntry {
  /** Of its local header, in bytes. */
  readonly offset: number;
  readonly bytes: number;
  /** Neither compressed nor encrypted. */
  readonly isPlain: boolean;
}

/**
 * The entries of a zip in which nothing is compressed, by their names: opaque words, looked up and
 * never joined to a path. What they hold is not checked here.
 */
export class StoredEntries {
  readonly #file: Blob;
  readonly #entries: ReadonlyMap<string, StoredEntry>;

  private constructor(file: Blob, entries: ReadonlyMap<string, StoredEntry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /** @throws Error when the file is no zip, has too many entries, or two of one name */
  static async list(file: Blob): Promise<StoredEntries> {
    const entries = new Map<string, StoredEntry>();
    for await (const entry of new ZipReader(new ListReader(file)).getEntriesGenerator()) {
      if (entry.directory) continue;
      const { filename, offset, compressedSize, uncompressedSize } = entry;
      if (entries.has(filename)) throw new Error(`${filename} is in it twice`);
      if (entries.size === MAX_ENTRIES) throw new Error('too many entries');
      const isPlain =
        !entry.encrypted && entry.compressionMethod === 0 && compressedSize === uncompressedSize;
      entries.set(filename, { offset, bytes: uncompressedSize, isPlain });
    }
    return new StoredEntries(file, entries);
  }

  /** Bytes that an entry says it has; undefined where there is none of that name. */
  sizeOf(name: string): number | undefined {
    return this.#entries.get(name)?.bytes;
  }

  /**
   * Bytes of an entry: as many as it says, or fewer where the file ends.
   *
   * @throws Error when there is none, or it is not stored as it is, so that it could grow
   */
  async read(name: string): Promise<ArrayBuffer> {
    const entry = this.#entries.get(name);
    if (!entry?.isPlain) throw new Error(`${name} is not there, or not stored as it is`);
    const { offset, bytes } = entry;
    const header = this.#file.slice(offset, offset + LOCAL_HEADER_BYTES);
    // APPNOTE.TXT 6.3.10, 4.3.7: a name and an extra field, whose lengths it says, lie between.
    const view = new DataView(await header.arrayBuffer());
    if (view.getUint32(0, true) !== LOCAL_HEADER_MAGIC) throw new Error(`${name} has no header`);
    const start = offset + LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
    return this.#file.slice(start, start + bytes).arrayBuffer();
  }
}

class ListReader extends BlobReader {
  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    if (length > MAX_LIST_BYTES) throw new Error('the list of its entries is too long');
    return super.readUint8Array(index, length);
  }
}
