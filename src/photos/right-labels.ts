import { announce } from '../storage/changes.ts';
import { write } from '../storage/database.ts';
import type { RightLabels } from '../storage/schema.ts';
import { getSetting } from '../storage/settings.ts';

/**
 * Labels that the person confirmed although this model predicts another class, as class ids by
 * photo id. A confirmation holds for this model only, and only as long as the photo has that label.
 */
export async function rightLabels(modelId: string): Promise<ReadonlyMap<string, string>> {
  return labelsFor(await getSetting('rightLabels'), modelId);
}

/**
 * Stores that the person confirmed the labels of some photos.
 *
 * @param labels class ids by photo id
 * @param confirmed false deletes the confirmations
 */
export async function confirmLabels(
  modelId: string,
  labels: ReadonlyMap<string, string>,
  confirmed = true,
): Promise<void> {
  await write(['settings'], async (transaction) => {
    const settings = transaction.objectStore('settings');
    const all = labelsFor((await settings.get('rightLabels')) as RightLabels, modelId);
    for (const [photoId, classId] of labels) {
      if (confirmed) all.set(photoId, classId);
      else all.delete(photoId);
    }
    await settings.put({ modelId, labels: [...all] }, 'rightLabels');
  });
  announce('settings');
}

function labelsFor(stored: RightLabels | undefined, modelId: string): Map<string, string> {
  return new Map(stored?.modelId === modelId ? stored.labels : []);
}
