import type { FoundPicture } from '../../../photos/import/found-picture.ts';
import { PreparePool } from '../../../photos/import/prepare-pool.ts';

/**
 * Small pictures of what is asked about: each is read, decoded and made smaller as an import does it,
 * one after the other, and kept as an object URL.
 */
export class GroupPictures {
  readonly #onRead: () => void;
  /** Undefined for a picture that cannot be shown. */
  readonly #urls = new Map<FoundPicture, string | undefined>();
  #wanted: readonly FoundPicture[] = [];
  #isReading = false;

  /** @param onRead called when a picture was read */
  constructor(onRead: () => void) {
    this.#onRead = onRead;
  }

  /** The object URL of a picture; undefined until it is read, and if it cannot be shown. */
  get(picture: FoundPicture): string | undefined {
    return this.#urls.get(picture);
  }

  /** Sets the pictures that are needed: reads new ones, and revokes all others. */
  want(pictures: readonly FoundPicture[]): void {
    this.#wanted = pictures;
    const wanted = new Set(pictures);
    for (const [picture, url] of this.#urls) {
      if (wanted.has(picture)) continue;
      if (url !== undefined) URL.revokeObjectURL(url);
      this.#urls.delete(picture);
    }
    void this.#read();
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    let pool: PreparePool | undefined;
    for (let next = this.#next(); next; next = this.#next()) {
      pool ??= new PreparePool({ workers: 1 });
      const url = await urlOf(next, pool);
      if (this.#wanted.includes(next)) {
        this.#urls.set(next, url);
        this.#onRead();
      } else if (url !== undefined) URL.revokeObjectURL(url);
    }
    pool?.end();
    this.#isReading = false;
  }

  #next(): FoundPicture | undefined {
    return this.#wanted.find((picture) => !this.#urls.has(picture));
  }
}

/** Why a picture cannot be shown is said by the import, should the person want it. */
async function urlOf(picture: FoundPicture, pool: PreparePool): Promise<string | undefined> {
  try {
    const photo = await pool.prepare(await picture.read(), () => false);
    if (!photo) return undefined;
    const { bytes, type } = photo.thumbnail;
    return URL.createObjectURL(new Blob([bytes], { type }));
  } catch {
    return undefined;
  }
}
