/** Cache for parts of incomplete files; complete, checked files are in another cache. */
const CACHE_NAME = 'purrceptron-bases-arriving';

/** Bytes of a part. A tab that is closed during a download loses less than one part. */
const PART_BYTES = 512 * 1024;

/**
 * The beginning of a file, as far as it was received. It is cached in parts, so that an interrupted
 * download can resume in this visit or the next. The bytes are not checked: the caller checks the
 * complete file.
 */
export class PartialFile {
  /** As long as the complete file; only the first `received` bytes are valid. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The number of bytes received. */
  received = 0;
  /** The strong ETag that the server gave for the file; undefined if it gave none. */
  etag: string | undefined;
  readonly #cache: Cache;
  readonly #key: URL;
  #stored = 0;
  #canStore = true;

  private constructor(cache: Cache, key: URL, length: number) {
    this.#cache = cache;
    this.#key = key;
    this.bytes = new Uint8Array(length);
  }

  /**
   * Reads the cached parts of a file, and deletes the parts of other versions under the same path.
   *
   * @param key address of the file with its SHA-256
   * @param length length of the complete file in bytes
   */
  static async open(key: URL, length: number): Promise<PartialFile> {
    const cache = await caches.open(CACHE_NAME);
    const file = new PartialFile(cache, key, length);
    const parts: { readonly start: number; readonly request: Request }[] = [];
    for (const request of await cache.keys(key, { ignoreSearch: true })) {
      const start = file.#startOf(new URL(request.url));
      if (start === undefined) await cache.delete(request);
      else parts.push({ start, request });
    }
    parts.sort((a, b) => a.start - b.start);
    for (const { start, request } of parts) await file.#read(start, request);
    file.#stored = file.received;
    return file;
  }

  /** Appends received bytes. @throws RangeError beyond the end of the file */
  async append(chunk: Uint8Array): Promise<void> {
    this.bytes.set(chunk, this.received);
    this.received += chunk.length;
    if (this.received - this.#stored >= PART_BYTES) await this.store();
  }

  /** Caches the bytes received. Without space for them, they last as long as this object. */
  async store(): Promise<void> {
    if (!this.#canStore || this.received === this.#stored) return;
    const headers = this.etag === undefined ? {} : { ETag: this.etag };
    const part = this.bytes.slice(this.#stored, this.received);
    try {
      await this.#cache.put(this.#partKey(this.#stored), new Response(part, { headers }));
      this.#stored = this.received;
    } catch {
      this.#canStore = false;
    }
  }

  /** Discards all bytes, also those in the cache. */
  async clear(): Promise<void> {
    this.received = 0;
    this.#stored = 0;
    this.etag = undefined;
    const keys = await this.#cache.keys(this.#key, { ignoreSearch: true });
    for (const request of keys) await this.#cache.delete(request);
  }

  async #read(start: number, request: Request): Promise<void> {
    const response = await this.#cache.match(request);
    const part = await response?.arrayBuffer().catch(() => undefined);
    // Parts after a missing or corrupt one are useless. Parts that two tabs stored may overlap.
    if (!part || start > this.received || start + part.byteLength > this.bytes.length) return;
    this.bytes.set(new Uint8Array(part), start);
    this.received = Math.max(this.received, start + part.byteLength);
    this.etag = response?.headers.get('ETag') ?? undefined;
  }

  #partKey(start: number): URL {
    const key = new URL(this.#key);
    key.searchParams.set('from', String(start));
    return key;
  }

  /** The offset of a part in bytes; undefined for a part of another file. */
  #startOf(url: URL): number | undefined {
    const start = Number(url.searchParams.get('from'));
    return url.href === this.#partKey(start).href ? start : undefined;
  }
}
