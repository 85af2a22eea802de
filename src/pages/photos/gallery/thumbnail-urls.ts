import { getThumbnails } from '../../../photos/repository.ts';

/**
 * Object URLs of the thumbnails that are on the screen or near it: read many at a time, and let go
 * when they are wanted no more, so that a library of thousands takes the memory of what is shown.
 */
export class ThumbnailUrls {
  readonly #onRead: () => void;
  readonly #urls = new Map<string, string>();
  readonly #missing = new Set<string>();
  #wanted: readonly string[] = [];
  #reading = false;

  /** @param onRead told when there is more to show */
  constructor(onRead: () => void) {
    this.#onRead = onRead;
  }

  /** The URL of a photo's thumbnail, once it was read. */
  get(photoId: string): string | undefined {
    return this.#urls.get(photoId);
  }

  /** Whether there is no thumbnail, or none that could be read. */
  isMissing(photoId: string): boolean {
    return this.#missing.has(photoId);
  }

  /** The picture could not be decoded. */
  setMissing(photoId: string): void {
    this.#missing.add(photoId);
    this.#onRead();
  }

  /** These are to be there, and no others. */
  want(photoIds: readonly string[]): void {
    this.#wanted = photoIds;
    const wanted = new Set(photoIds);
    for (const id of this.#urls.keys()) if (!wanted.has(id)) this.#release(id);
    // What could not be read is tried again when it comes into view again.
    for (const id of this.#missing) if (!wanted.has(id)) this.#missing.delete(id);
    void this.#read();
  }

  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    for (;;) {
      const ids = this.#wanted.filter((id) => !this.#urls.has(id) && !this.#missing.has(id));
      if (ids.length === 0) break;
      // Tiles without a picture keep their names; the page tells of a broken library.
      const stored = await getThumbnails(ids).catch(() => []);
      // What was scrolled past meanwhile is not wanted any more.
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
