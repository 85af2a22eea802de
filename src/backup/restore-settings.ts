import { getModel, listModels, useModel } from '../models/repository.ts';
import { getSetting, saveSettings } from '../storage/settings.ts';
import type { BackupLibrary, BackupSettings } from './backup-format.ts';

/** A base and the side of its input in pixels. */
export interface ChosenBase {
  readonly id: string;
  readonly inputSize: number;
}

/** What the records of a backup are called here. */
interface IdsHere {
  readonly classIds: ReadonlyMap<string, string>;
  readonly photoIds: ReadonlyMap<string, string>;
}

/**
 * Takes each setting of a backup of which this phone has none: what was chosen here stays. The base is
 * taken only where no model of this phone's own would stop answering for it.
 *
 * @returns the base that was taken, for the engine to change to
 */
export async function restoreSettings(
  { settings, models }: BackupLibrary,
  ids: IdsHere,
): Promise<ChosenBase | undefined> {
  const { activeModelId, trainingOptions, throughputs, rightLabels } = settings;
  if ((await getSetting('activeModelId')) === undefined && activeModelId !== undefined) {
    if (await getModel(activeModelId)) await useModel(activeModelId);
  }
  const isFree = async (key: keyof BackupSettings) => (await getSetting(key)) === undefined;
  await saveSettings({
    ...(trainingOptions && (await isFree('trainingOptions')) && { trainingOptions }),
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
  // One that was refused.
  if (baseId.startsWith('own-') && !own.some(({ id }) => id === baseId)) return undefined;
  await saveSettings({ baseId, ...(inputSize !== undefined && { inputSize }) });
  return inputSize === undefined ? undefined : { id: baseId, inputSize };
}
