import { listClasses } from '../../photos/classes.ts';
import { countByClass } from '../../photos/class-counts.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { photoList } from '../../photos/photo-list.ts';
import { withTrainingSplits } from '../../photos/training-splits.ts';
import { rightLabels } from '../../photos/right-labels.ts';
import { getSetting } from '../../storage/settings.ts';
import type { ClassRecord } from '../../records/class.ts';

/** All the data that the Photos page shows. */
export interface PhotoLibrary {
  readonly classes: readonly ClassRecord[];
  /** Newest first, in the splits that they have in a training. */
  readonly photos: readonly PhotoRecord[];
  /** Number of photos by class id; a class without photos is absent. */
  readonly counts: ReadonlyMap<string, number>;
  /** Id of the stored model that is in use; empty before the first training. */
  readonly modelId: string;
  /** Class ids by photo id: labels that the user confirmed although that model disagrees. */
  readonly right: ReadonlyMap<string, string>;
}

/** Reads the data of the Photos page from the database. */
export async function loadPhotoLibrary(): Promise<PhotoLibrary> {
  const [classes, stored, modelId = ''] = await Promise.all([
    listClasses(),
    photoList.read(),
    getSetting('activeModelId'),
  ]);
  const photos = withTrainingSplits(classes, stored);
  const right = await rightLabels(modelId);
  return { classes, photos, counts: countByClass(photos), modelId, right };
}
