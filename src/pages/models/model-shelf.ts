import type { ModelRecord } from '../../records/model.ts';
import { activeModel, listModels } from '../../models/repository.ts';
import { listClasses } from '../../photos/classes.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { listPhotos } from '../../photos/repository.ts';
import type { ClassRecord } from '../../records/class.ts';

/** The data from the database that the Models page shows. */
export interface ModelShelf {
  /** All models, newest first. */
  readonly models: readonly ModelRecord[];
  /**
   * The active model. While its base is not in use, another model may classify: see
   * `answeringModel`.
   */
  readonly active: ModelRecord | undefined;
  readonly classes: readonly ClassRecord[];
  /** By id. */
  readonly photos: ReadonlyMap<string, PhotoRecord>;
}

/** Reads the data of the Models page from the database. */
export async function loadModelShelf(): Promise<ModelShelf> {
  const [models, active, classes, photos] = await Promise.all([
    listModels(),
    activeModel(),
    listClasses(),
    listPhotos(),
  ]);
  return { models, active, classes, photos: new Map(photos.map((photo) => [photo.id, photo])) };
}
