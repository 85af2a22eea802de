import type { ClassRecord } from '../../records/class.ts';
import type { PhotoRecord, Split } from '../../records/photo.ts';
import { withTrainingSplits } from '../training-splits.ts';

/** A photo with its class and the split that it is in for a training. */
export interface ExportedPhoto {
  readonly photo: PhotoRecord;
  readonly label: ClassRecord;
  readonly split: Split;
}

/** A photo and its path in the archive. */
export interface ExportEntry extends ExportedPhoto {
  readonly path: string;
}

/** What an archive of photos contains; `writePhotos` writes it. */
export interface PhotoExport {
  /** Folders that exist even if they contain nothing; paths that end in `/`. */
  readonly folders: readonly string[];
  readonly entries: readonly ExportEntry[];
  /** Width and height of the pictures in pixels; as they are stored if absent. */
  readonly size?: number;
  /** The text files by path, which describe only the photos that could be written. */
  readonly texts: (written: readonly ExportEntry[]) => Readonly<Record<string, string>>;
}

/**
 * The photos to export, the oldest first, with the splits that Train uses. The splits follow from
 * the whole library, also where only some of its photos are exported. A photo whose class is gone is
 * left out.
 *
 * @param photos the whole library
 * @param chosen ids of the photos to export
 */
export function exportedPhotos(
  classes: readonly ClassRecord[],
  photos: readonly PhotoRecord[],
  chosen: ReadonlySet<string>,
): ExportedPhoto[] {
  const labels = new Map(classes.map((label) => [label.id, label]));
  return withTrainingSplits(classes, photos)
    .filter(({ id }) => chosen.has(id))
    .sort((a, b) => a.createdAt - b.createdAt)
    .flatMap((photo) => {
      const label = labels.get(photo.classId);
      return label ? [{ photo, label, split: photo.split }] : [];
    });
}

/** The classes of some photos in the order of the library. */
export function classesOf(photos: readonly ExportedPhoto[]): ClassRecord[] {
  const classes = new Map(photos.map(({ label }) => [label.id, label]));
  return [...classes.values()].sort((a, b) => a.order - b.order);
}
