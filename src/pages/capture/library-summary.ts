import { listClasses } from '../../photos/classes.ts';
import { countByClass } from '../../photos/class-counts.ts';
import { photoList } from '../../photos/photo-list.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import type { ClassRecord } from '../../records/class.ts';

/** The data of the library that the Capture page shows. */
export interface LibrarySummary {
  readonly classes: readonly ClassRecord[];
  /** Number of photos by class id; a class without an entry has none. */
  readonly counts: ReadonlyMap<string, number>;
  /** Newest first. */
  readonly photos: readonly PhotoRecord[];
  /** Id of the newest photo by class id. */
  readonly newest: ReadonlyMap<string, string>;
}

/** Reads the summary from the database. */
export async function librarySummary(): Promise<LibrarySummary> {
  const [classes, photos] = await Promise.all([listClasses(), photoList.read()]);
  const newest = new Map<string, string>();
  for (const { id, classId } of photos) if (!newest.has(classId)) newest.set(classId, id);
  return { classes, counts: countByClass(photos), photos, newest };
}
