import { listClasses } from '../../photos/classes.ts';
import type { ClassRecord, PhotoRecord } from '../../photos/record.ts';
import { listPhotos } from '../../photos/repository.ts';

/** All that the Photos page shows, read together. */
export interface PhotoLibrary {
  readonly classes: readonly ClassRecord[];
  /** Newest first. */
  readonly photos: readonly PhotoRecord[];
  /** Number of photos by class id. */
  readonly counts: ReadonlyMap<string, number>;
}

export async function loadPhotoLibrary(): Promise<PhotoLibrary> {
  const [classes, photos] = await Promise.all([listClasses(), listPhotos()]);
  const counts = new Map(classes.map(({ id }) => [id, 0]));
  for (const { classId } of photos) counts.set(classId, (counts.get(classId) ?? 0) + 1);
  return { classes, photos, counts };
}
