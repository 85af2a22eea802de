import { BlobReader, ZipReader } from '../platform/zip.ts';

/** Maximum number of entries; a backup of 50,000 photos has half of it. */
const MAX_ENTRIES = 200_000;
/**
 * Maximum size of the central directory, which is read at once; 200,000 entries take half of it.
 */
const MAX_DIRECTORY_BYTES = 64_000_000;

const LOCAL_HEADER_BYTES = 30;
const LOCAL_HEADER_MAGIC = 0x04034b50;

/** What is needed to read an entry of a zip archive. It is small, because there may be 100,000. */
interface StoredEntry {
  /** Position of its local file header, in bytes. */
  readonly offset: number;
  readonly bytes: number;
  /** Neither compressed nor encrypted. */
  readonly isPlain: boolean;
}

/**
 * The entries of a zip archive without compression, by name. Names are only looked up and never
 * used as paths. The contents of the entries are not checked here.
 */
export class StoredEntries {
  readonly #file: Blob;
  readonly #entries: ReadonlyMap<string, StoredEntry>;

  private constructor(file: Blob, entries: ReadonlyMap<string, StoredEntry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /**
   * Reads the central directory.
   *
   * @throws Error if the file is no zip archive, has too many entries, or two of the same name
   */
  static async list(file: Blob): Promise<StoredEntries> {
    const entries = new Map<string, StoredEntry>();
    for await (const entry of new ZipReader(new DirectoryReader(file)).getEntriesGenerator()) {
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

  /** The declared size of an entry in bytes; undefined if there is no entry of that name. */
  sizeOf(name: string): number | undefined {
    return this.#entries.get(name)?.bytes;
  }

  /**
   * The bytes of an entry: as many as it declares, or fewer if the file ends before.
   *
   * @throws Error if there is no such entry, or it is compressed or encrypted
   */
  async read(name: string): Promise<ArrayBuffer> {
    const entry = this.#entries.get(name);
    if (!entry?.isPlain) throw new Error(`${name} is not there, or not stored as it is`);
    const { offset, bytes } = entry;
    const header = this.#file.slice(offset, offset + LOCAL_HEADER_BYTES);
    // APPNOTE.TXT 6.3.10, 4.3.7: the file name and the extra field follow the fixed header.
    const view = new DataView(await header.arrayBuffer());
    if (view.getUint32(0, true) !== LOCAL_HEADER_MAGIC) throw new Error(`${name} has no header`);
    const start = offset + LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
    return this.#file.slice(start, start + bytes).arrayBuffer();
  }
}

class DirectoryReader extends BlobReader {
  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    if (length > MAX_DIRECTORY_BYTES) throw new Error('the list of its entries is too long');
    return super.readUint8Array(index, length);
  }
}
