import { listModels, putModel } from '../models/repository.ts';
import type { ModelRecord, Outcome } from '../records/model.ts';
import { mergeClasses } from '../photos/merge-classes.ts';
import { putPhotos, type WholePhoto } from '../photos/put-photos.ts';
import { Problem } from '../platform/problem.ts';
import { photoPath, thumbnailPath, weightsPath, type BackupOptions } from './backup-format.ts';
import type { Backup } from './read-backup.ts';
import { restoreBases, type OwnBases, type RestoredBases } from './restore-bases.ts';
import { restoreSettings, type ChosenBase } from './restore-settings.ts';

/** Photos that are stored together: few enough for a phone's memory. */
const BATCH = 20;

export interface RestoreReport extends RestoredBases {
  readonly photosAdded: number;
  readonly photosHereAlready: number;
  readonly modelsAdded: number;
  readonly modelsHereAlready: number;
  /** The base that the backup brought into use, for the engine to change to. */
  readonly base?: ChosenBase;
  /** Why it ended early: the storage is full. What was restored stays; a second try goes on. */
  readonly problem?: Problem;
}

/**
 * Brings a checked backup into this library, which may hold photos already: what is here stays as
 * it is, and what the backup has besides is added, with its labels, sides of the split, models, base
 * models and settings.
 * Each batch of photos and each model is stored wholly or not at all, and what is here already is
 * passed over, so that a restore that was stopped is gone on with by doing it again.
 *
 * @param ownBases where base models go
 * @throws Problem `too-many` classes, or the signal's reason
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
    // Oldest first, so that a library that is restored in part is one from before.
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
        const here = withIdsHere(model, classIds, photoIds);
        await putModel(here, await read(weightsPath(model.id)));
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
    ...bases,
    ...(base && { base }),
    ...(problem && { problem }),
  };
}

function withIdsHere(
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
