import { activeModel, listModels } from '../../models/repository.ts';
import type { ModelRecord } from '../../records/model.ts';
import { listClasses } from '../../photos/classes.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { listPhotos } from '../../photos/repository.ts';
import { getSetting } from '../../storage/settings.ts';
import type { TrainOptions } from '../../records/training.ts';
import type { ClassRecord } from '../../records/class.ts';

/**
 * The number of photos that are in none of a model's splits.
 *
 * @param unreadable ids of photos that cannot be decoded: another training would ignore them too
 */
export function newPhotos(
  model: Pick<ModelRecord, 'photoIds'>,
  photos: readonly PhotoRecord[],
  unreadable: readonly string[] = [],
): number {
  const { train, validation, test } = model.photoIds;
  const known = new Set([...train, ...validation, ...test, ...unreadable]);
  return photos.filter(({ id }) => !known.has(id)).length;
}

/** All data of the database that the Train page shows. */
export interface TrainingInput {
  readonly classes: readonly ClassRecord[];
  readonly photos: readonly PhotoRecord[];
  /** The model in use. */
  readonly model: ModelRecord | undefined;
  /** All models, newest first. */
  readonly models: readonly ModelRecord[];
  /** The options that the user chose for the next training; undefined before the first choice. */
  readonly options: TrainOptions | undefined;
}

/** Reads all of it from the database. */
export async function loadTrainingInput(): Promise<TrainingInput> {
  const [classes, photos, model, models, options] = await Promise.all([
    listClasses(),
    listPhotos(),
    activeModel(),
    listModels(),
    getSetting('trainingOptions'),
  ]);
  return { classes, photos, model, models, options };
}
