import type { PhotoRecord } from '../../records/photo.ts';
import { fileKey } from './file-key.ts';
import type { FoundPicture } from './found-picture.ts';

/** The files that photos of a library were imported from. */
export class ImportedFiles {
  readonly #keys: ReadonlySet<string | undefined>;

  constructor(photos: readonly Pick<PhotoRecord, 'fileKey'>[]) {
    this.#keys = new Set(photos.map(({ fileKey }) => fileKey));
  }

  has(key: string | undefined): boolean {
    return key !== undefined && this.#keys.has(key);
  }

  /**
   * Whether a file of an archive was imported earlier: it need not be unpacked to be known.
   *
   * @param frames see `fileKey`
   */
  async hasEntry({ name, stated }: FoundPicture, frames: number): Promise<boolean> {
    if (!stated) return false;
    const facts = { path: name, ...stated };
    return this.has(await fileKey(facts)) || this.has(await fileKey(facts, frames));
  }
}

/**
 * The key of a file that is imported.
 *
 * @param frames see `fileKey`
 * @returns undefined for a file of an archive that states too little of it
 */
export async function keyOf(
  { name, stated }: FoundPicture,
  file: Blob,
  frames?: number,
): Promise<string | undefined> {
  const own = file instanceof File ? { size: file.size, stamp: file.lastModified } : undefined;
  const facts = stated ?? own;
  return facts && fileKey({ path: name, ...facts }, frames);
}
