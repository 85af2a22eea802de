import { announce } from '../storage/changes.ts';
import { write } from '../storage/database.ts';
import type { RightLabels } from '../storage/schema.ts';
import { getSetting } from '../storage/settings.ts';

/**
 * What the person called right of the labels that a model disagrees with: class id by photo id. It
 * holds for this model, and for as long as the photo keeps that label.
 */
export async function rightLabels(modelId: string): Promise<ReadonlyMap<string, string>> {
  return labelsFor(await getSetting('rightLabels'), modelId);
}

/** Writes down that the labels of some photos are right, or with `right` false takes that back. */
export async function sayRight(
  modelId: string,
  labels: ReadonlyMap<string, string>,
  right = true,
): Promise<void> {
  await write(['settings'], async (transaction) => {
    const settings = transaction.objectStore('settings');
    const all = labelsFor((await settings.get('rightLabels')) as RightLabels, modelId);
    for (const [photoId, classId] of labels) {
      if (right) all.set(photoId, classId);
      else all.delete(photoId);
    }
    await settings.put({ modelId, labels: [...all] }, 'rightLabels');
  });
  announce('settings');
}

function labelsFor(stored: RightLabels | undefined, modelId: string): Map<string, string> {
  return new Map(stored?.modelId === modelId ? stored.labels : []);
}
