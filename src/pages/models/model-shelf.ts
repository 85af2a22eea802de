import type { ModelRecord } from '../../records/model.ts';
import { activeModel, listModels } from '../../models/repository.ts';
import { listClasses } from '../../photos/classes.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { listPhotos } from '../../photos/repository.ts';
import type { ClassRecord } from '../../records/class.ts';

/** All that the page shows of the database. */
export interface ModelShelf {
  /** Every one, newest first. */
  readonly models: readonly ModelRecord[];
  /** The chosen one, which another may stand in for while its base is not in use. */
  readonly active: ModelRecord | undefined;
  readonly classes: readonly ClassRecord[];
  readonly photos: ReadonlyMap<string, PhotoRecord>;
}

/** Reads it together. */
export async function loadModelShelf(): Promise<ModelShelf> {
  const [models, active, classes, photos] = await Promise.all([
    listModels(),
    activeModel(),
    listClasses(),
    listPhotos(),
  ]);
  return { models, active, classes, photos: new Map(photos.map((photo) => [photo.id, photo])) };
}
