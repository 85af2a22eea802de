import { listClasses } from '../../photos/classes.ts';
import { countByClass } from '../../photos/count-by-class.ts';
import type { ClassRecord, PhotoRecord } from '../../photos/record.ts';
import { listPhotos } from '../../photos/repository.ts';

/** All that the Photos page shows, read together. */
export interface PhotoLibrary {
  readonly classes: readonly ClassRecord[];
  /** Newest first. */
  readonly photos: readonly PhotoRecord[];
  /** Number of photos by class id; a class without photos is absent. */
  readonly counts: ReadonlyMap<string, number>;
}

export async function loadPhotoLibrary(): Promise<PhotoLibrary> {
  const [classes, photos] = await Promise.all([listClasses(), listPhotos()]);
  return { classes, photos, counts: countByClass(photos) };
}
