import { getModel, listModels, useModel } from '../models/repository.ts';
import { getSetting, saveSettings } from '../storage/settings.ts';
import type { BackupLibrary, BackupSettings } from './backup-format.ts';

/** A base model and its input size. */
export interface ChosenBase {
  readonly id: string;
  /** Width and height in pixels. */
  readonly inputSize: number;
}

/** The ids of this library by those of the backup. */
interface MappedIds {
  readonly classIds: ReadonlyMap<string, string>;
  readonly photoIds: ReadonlyMap<string, string>;
}

/**
 * Restores each setting that is not set on this phone; settings that were chosen here do not
 * change. The base is restored only if all models are from the backup, because a model of another
 * base would no longer answer.
 *
 * @returns the base that was restored, so that the engine can change to it
 */
export async function restoreSettings(
  { settings, models }: BackupLibrary,
  ids: MappedIds,
): Promise<ChosenBase | undefined> {
  const { activeModelId, trainingOptions, throughputs, rightLabels } = settings;
  const { usesKnownClasses, movesSquares } = settings;
  if ((await getSetting('activeModelId')) === undefined && activeModelId !== undefined) {
    if (await getModel(activeModelId)) await useModel(activeModelId);
  }
  const isFree = async (key: keyof BackupSettings) => (await getSetting(key)) === undefined;
  await saveSettings({
    ...(trainingOptions && (await isFree('trainingOptions')) && { trainingOptions }),
    ...(usesKnownClasses !== undefined &&
      (await isFree('usesKnownClasses')) && { usesKnownClasses }),
    ...(movesSquares !== undefined && (await isFree('movesSquares')) && { movesSquares }),
    ...(throughputs && (await isFree('throughputs')) && { throughputs }),
    ...(rightLabels &&
      (await isFree('rightLabels')) && {
        rightLabels: {
          modelId: rightLabels.modelId,
          labels: rightLabels.labels.map(
            ([photo, label]) =>
              [ids.photoIds.get(photo) ?? photo, ids.classIds.get(label) ?? label] as const,
          ),
        },
      }),
  });
  const inBackup = new Set(models.map(({ id }) => id));
  const hasOwnModels = (await listModels()).some(({ id }) => !inBackup.has(id));
  return hasOwnModels ? undefined : restoreBase(settings);
}

async function restoreBase({ baseId, inputSize }: BackupSettings): Promise<ChosenBase | undefined> {
  if (baseId === undefined || (await getSetting('baseId')) !== undefined) return undefined;
  const own = (await getSetting('ownBases')) ?? [];
  // The base is not stored: its restore was refused.
  if (baseId.startsWith('own-') && !own.some(({ id }) => id === baseId)) return undefined;
  await saveSettings({ baseId, ...(inputSize !== undefined && { inputSize }) });
  return inputSize === undefined ? undefined : { id: baseId, inputSize };
}
