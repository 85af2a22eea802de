import type { Elsewhere, RefusedFile } from '../found-picture.ts';
import type { ListedFile } from '../layout/lay-out-files.ts';

/** What an archive or a folder holds. */
export interface Listing {
  readonly files: readonly ListedFile[];
  readonly refused: readonly RefusedFile[];
  readonly elsewhere: readonly Elsewhere[];
  /** Number of files that are no pictures by their bytes, and are not among `files`. */
  readonly passedOver?: number;
}
