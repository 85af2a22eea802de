/** Files that are not whole yet, in parts; those that are whole and checked stand in another cache. */
const CACHE_NAME = 'purrceptron-bases-arriving';

/** A tab that is closed in the middle loses no more than this of what had arrived. */
const PART_BYTES = 512 * 1024;

/**
 * The bytes of a file that have arrived, from its first on. They are kept part by part, so that a
 * download that broke off goes on where it was, in this visit or the next. Nothing is known of them
 * but where they came from: whoever puts them together checks them.
 */
export class PartialFile {
  /** As long as the whole file; only the first `arrived` count. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Bytes that are here. */
  arrived = 0;
  /** A strong ETag of the file that the bytes are of, where the server gave one. */
  etag: string | undefined;
  readonly #cache: Cache;
  readonly #key: URL;
  #kept = 0;
  #keeps = true;

  private constructor(cache: Cache, key: URL, length: number) {
    this.#cache = cache;
    this.#key = key;
    this.bytes = new Uint8Array(length);
  }

  /**
   * What is kept of a file; what is kept of another under the same path is deleted.
   *
   * @param key of the file, with its SHA-256
   * @param length of the whole file in bytes
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
    file.#kept = file.arrived;
    return file;
  }

  /** Adds bytes behind those that are here. @throws RangeError beyond the end of the file */
  async append(chunk: Uint8Array): Promise<void> {
    this.bytes.set(chunk, this.arrived);
    this.arrived += chunk.length;
    if (this.arrived - this.#kept >= PART_BYTES) await this.keep();
  }

  /** Keeps what has arrived; without room for it, it lasts as long as this object. */
  async keep(): Promise<void> {
    if (!this.#keeps || this.arrived === this.#kept) return;
    const headers = this.etag === undefined ? {} : { ETag: this.etag };
    const part = this.bytes.slice(this.#kept, this.arrived);
    try {
      await this.#cache.put(this.#partKey(this.#kept), new Response(part, { headers }));
      this.#kept = this.arrived;
    } catch {
      this.#keeps = false;
    }
  }

  /** Forgets all that has arrived. */
  async clear(): Promise<void> {
    this.arrived = 0;
    this.#kept = 0;
    this.etag = undefined;
    const keys = await this.#cache.keys(this.#key, { ignoreSearch: true });
    for (const request of keys) await this.#cache.delete(request);
  }

  async #read(start: number, request: Request): Promise<void> {
    const response = await this.#cache.match(request);
    const part = await response?.arrayBuffer().catch(() => undefined);
    // Behind a part that is gone or damaged, nothing is of use. Two tabs at once make them overlap.
    if (!part || start > this.arrived || start + part.byteLength > this.bytes.length) return;
    this.bytes.set(new Uint8Array(part), start);
    this.arrived = Math.max(this.arrived, start + part.byteLength);
    this.etag = response?.headers.get('ETag') ?? undefined;
  }

  #partKey(start: number): URL {
    const key = new URL(this.#key);
    key.searchParams.set('from', String(start));
    return key;
  }

  /** Where a part begins; undefined for one of another file. */
  #startOf(url: URL): number | undefined {
    const start = Number(url.searchParams.get('from'));
    return url.href === this.#partKey(start).href ? start : undefined;
  }
}
