import { getThumbnails } from '../../../photos/repository.ts';

/**
 * Object URLs of the thumbnails in or near the viewport. Thumbnails are read in batches, and their
 * URLs are revoked when they are no longer wanted, so that memory does not grow with the library.
 */
export class ThumbnailUrls {
  readonly #onRead: () => void;
  readonly #urls = new Map<string, string>();
  readonly #missing = new Set<string>();
  #wanted: readonly string[] = [];
  #reading = false;

  /** @param onRead called when thumbnails were read or became missing */
  constructor(onRead: () => void) {
    this.#onRead = onRead;
  }

  /** The object URL of a photo's thumbnail; undefined until it is read. */
  get(photoId: string): string | undefined {
    return this.#urls.get(photoId);
  }

  /** Whether the thumbnail does not exist or cannot be read. */
  isMissing(photoId: string): boolean {
    return this.#missing.has(photoId);
  }

  /** Marks a thumbnail as missing because the browser could not decode it. */
  setMissing(photoId: string): void {
    this.#missing.add(photoId);
    this.#onRead();
  }

  /** Sets the photos whose thumbnails are needed: reads new ones, and revokes all others. */
  want(photoIds: readonly string[]): void {
    this.#wanted = photoIds;
    const wanted = new Set(photoIds);
    for (const id of this.#urls.keys()) if (!wanted.has(id)) this.#release(id);
    // A missing thumbnail is read again when it comes into view again.
    for (const id of this.#missing) if (!wanted.has(id)) this.#missing.delete(id);
    void this.#read();
  }

  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    for (;;) {
      const ids = this.#wanted.filter((id) => !this.#urls.has(id) && !this.#missing.has(id));
      if (ids.length === 0) break;
      // Tiles without a thumbnail still have a name; the page reports an unreadable library.
      const stored = await getThumbnails(ids).catch(() => []);
      // The wanted thumbnails may have changed during the read.
      const wanted = new Set(this.#wanted);
      ids.forEach((id, i) => {
        const image = stored[i];
        if (!image) this.#missing.add(id);
        else if (wanted.has(id)) {
          this.#urls.set(id, URL.createObjectURL(new Blob([image.bytes], { type: image.type })));
        }
      });
      this.#onRead();
    }
    this.#reading = false;
  }

  #release(photoId: string): void {
    URL.revokeObjectURL(this.#urls.get(photoId)!);
    this.#urls.delete(photoId);
  }
}
