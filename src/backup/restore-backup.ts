import { listModels, putModel } from '../models/repository.ts';
import type { ModelRecord, Outcome } from '../records/model.ts';
import { mergeClasses } from '../photos/merge-classes.ts';
import { putPhotos, type WholePhoto } from '../photos/put-photos.ts';
import { Problem } from '../platform/problem.ts';
import { photoPath, thumbnailPath, weightsPath, type BackupOptions } from './backup-format.ts';
import type { Backup } from './read-backup.ts';
import { restoreBases, type OwnBases, type RestoredBases } from './restore-bases.ts';
import { restoreSettings, type ChosenBase } from './restore-settings.ts';

/** Number of photos per transaction: few enough for the memory of a phone. */
const BATCH = 20;

/** The result of a restore: what was added, and what the library had already. */
export interface RestoreReport extends RestoredBases {
  readonly photosAdded: number;
  readonly photosHereAlready: number;
  readonly modelsAdded: number;
  readonly modelsHereAlready: number;
  /** Photos of the backup without a class; they were left out. */
  readonly photosWithoutClass: number;
  /** The base that is selected now, if the backup changed it; the engine must change to it. */
  readonly base?: ChosenBase;
  /**
   * Why the restore ended early, for example because the disk is full; a second restore continues.
   */
  readonly problem?: Problem;
}

/**
 * Restores a checked backup into this library, which may contain photos already. Those do not
 * change; all other photos of the backup are added with their labels and splits, and so are its
 * models, base models and settings. Each batch of photos and each model is stored
 * completely or not at all, and what the library has already is skipped, so a restore that was
 * stopped can be repeated.
 *
 * @param ownBases stores the base models
 * @throws Problem `too-many` if there would be too many classes, or the signal's reason
 */
export async function restoreBackup(
  backup: Backup,
  ownBases: OwnBases,
  { signal, onProgress }: BackupOptions = {},
): Promise<RestoreReport> {
  const { library, read } = backup;
  const classIds = await mergeClasses(library.classes);
  const photoIds = new Map<string, string>();
  const modelsHere = new Set((await listModels()).map(({ id }) => id));
  const total = library.photos.length + library.models.length + (library.bases ?? []).length;
  let photosAdded = 0;
  let modelsAdded = 0;
  let modelsDone = 0;
  let bases: RestoredBases = { basesAdded: 0, basesHereAlready: 0, basesRefused: [] };
  let base: ChosenBase | undefined;
  let problem: Problem | undefined;
  try {
    // Oldest first, so that a partly restored library equals an earlier state of the library.
    const photos = library.photos.toSorted((a, b) => a.createdAt - b.createdAt);
    for (let start = 0; start < photos.length; start += BATCH) {
      signal?.throwIfAborted();
      const batch: WholePhoto[] = [];
      for (const record of photos.slice(start, start + BATCH)) {
        batch.push({
          record: { ...record, classId: classIds.get(record.classId)! },
          image: await read(photoPath(record.id)),
          thumbnail: await read(thumbnailPath(record.id)),
        });
      }
      const { added, ids } = await putPhotos(batch);
      batch.forEach(({ record }, i) => photoIds.set(record.id, ids[i]!));
      photosAdded += added;
      onProgress?.({ done: photoIds.size, total });
    }
    for (const model of library.models) {
      signal?.throwIfAborted();
      if (!modelsHere.has(model.id)) {
        const mapped = withMappedIds(model, classIds, photoIds);
        await putModel(mapped, await read(weightsPath(model.id)));
        modelsAdded++;
      }
      onProgress?.({ done: photoIds.size + ++modelsDone, total });
    }
    let basesDone = 0;
    bases = await restoreBases(backup, ownBases, signal, () => {
      onProgress?.({ done: photoIds.size + modelsDone + ++basesDone, total });
    });
    base = await restoreSettings(library, { classIds, photoIds });
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    problem = thrown;
  }
  return {
    photosAdded,
    photosHereAlready: photoIds.size - photosAdded,
    modelsAdded,
    modelsHereAlready: library.models.filter(({ id }) => modelsHere.has(id)).length,
    photosWithoutClass: backup.photosWithoutClass,
    ...bases,
    ...(base && { base }),
    ...(problem && { problem }),
  };
}

/** A copy of the model that refers to classes and photos by their ids in this library. */
function withMappedIds(
  model: ModelRecord,
  classIds: ReadonlyMap<string, string>,
  photoIds: ReadonlyMap<string, string>,
): ModelRecord {
  const photo = (id: string) => photoIds.get(id) ?? id;
  const outcome = (one: Outcome) => ({ ...one, photoId: photo(one.photoId) });
  const { classes, test } = model;
  const { train, validation, test: tested } = model.photoIds;
  return {
    ...model,
    classes: classes.map((one) => ({ ...one, id: classIds.get(one.id) ?? one.id })),
    photoIds: {
      train: train.map(photo),
      validation: validation.map(photo),
      test: tested.map(photo),
    },
    ...(test && {
      test: {
        ...test,
        mistakes: test.mistakes.map(outcome),
        ...(test.outcomes && { outcomes: test.outcomes.map(outcome) }),
      },
    }),
  };
}
